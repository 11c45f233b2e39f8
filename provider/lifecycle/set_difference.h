#pragma once

#include <vector>

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// For each element of two lists whose order and repetitions mean nothing, whether the other list
/// has none that means the same.
struct SetDifference {
  std::vector<bool> gone;  ///< by index into the old list
  std::vector<bool> come;  ///< by index into the new one
};

/// In a time that hardly grows faster than the lists, because a set may have many thousands.
SetDifference DifferenceOfSets(const schema::PropertyShape& element,
                               const value::PropertyArray& olds, const value::PropertyArray& news);

}  // namespace palisade::lifecycle

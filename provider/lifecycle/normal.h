#pragma once

#include <optional>

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// The one form in which two spellings of the same value are equal: nulls dropped, values that the
/// shape calls the same (`x-same`) brought to one spelling, and nullopt for what is as good as
/// absent: null, a map without entries, the default, the service's own default. Expects no secrets;
/// unknowns stay.
std::optional<value::PropertyValue> Normal(const schema::PropertyShape& shape,
                                           const value::PropertyValue& value);

/// Whether two values mean the same to the service.
bool SameMeaning(const schema::PropertyShape& shape, const value::PropertyValue& a,
                 const value::PropertyValue& b);

}  // namespace palisade::lifecycle

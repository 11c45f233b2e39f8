#pragma once

#include <functional>

#include "provider/schema/shape.h"

namespace palisade::lifecycle {

/// Whether `matches` holds for the shape or for any inside it, in whatever form a value may come.
bool AnyPart(const schema::PropertyShape& shape,
             const std::function<bool(const schema::PropertyShape&)>& matches);

}  // namespace palisade::lifecycle

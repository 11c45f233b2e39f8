#pragma once

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// Whether a value that comes or goes as a whole brings or takes a property whose change replaces
/// the resource: one that it holds or, if it is unknown, may hold.
bool Replaces(const schema::PropertyShape& shape, const value::PropertyValue& value);

}  // namespace palisade::lifecycle

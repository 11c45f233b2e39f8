#pragma once

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// Whether a value is of the shape's type, looking at nothing inside it. Unknowns are of every
/// type; a number that is not finite, or a fraction where a whole number is wanted, is not.
bool HasTypeOf(const schema::PropertyShape& shape, const value::PropertyValue& value);

/// The alternative of a union that a value is meant as: the first that suits its type, constants,
/// names and required properties, looking no deeper than one level; else the one that suits best.
/// Null when none is of the value's type. A shape that is no union is its own alternative.
const schema::PropertyShape* ChosenAlternative(const schema::PropertyShape& shape,
                                               const value::PropertyValue& value);

}  // namespace palisade::lifecycle

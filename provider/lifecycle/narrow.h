#pragma once

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// What a refresh answers as inputs: the properties of `prior`, the ones that the user manages,
/// with the values that were read; in the user's own spelling where both mean the same. A property
/// that the object no longer has is gone; what only the object has is not added. Works inside
/// objects.
value::PropertyMap Narrow(const schema::ObjectShape& shape, const value::PropertyMap& prior,
                          const value::PropertyMap& read);

/// What an import answers: what was read, without values that absence would give as well.
value::PropertyMap WithoutDefaults(const schema::ObjectShape& shape,
                                   const value::PropertyMap& read);

}  // namespace palisade::lifecycle

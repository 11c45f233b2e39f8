#pragma once

#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// `bag` with everything that the shape marks as secret wrapped, also inside lists, maps, objects
/// and the alternatives of a union; an unknown in such a place becomes a secret unknown. What is
/// wrapped already stays as it is, so wrapping twice is wrapping once.
value::PropertyMap WithShapeSecrets(const schema::ObjectShape& shape, value::PropertyMap bag);
value::PropertyValue WithShapeSecrets(const schema::PropertyShape& shape,
                                      value::PropertyValue value);

/// Whether the shape marks what stands at `path`, or something around it.
bool MarksSecret(const schema::ObjectShape& shape, const value::PropertyPath& path);

/// Whether the shape marks anything inside as secret. Safe on types that contain themselves.
bool HasSecrets(const schema::PropertyShape& shape);

}  // namespace palisade::lifecycle

#pragma once

#include "provider/resource/resource.h"
#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// The differences between two property bags that mean something to the service, at the deepest
/// paths that tell them apart. Paths lead into the new value, those of deletions into the old one;
/// an element of a set is added or deleted where it stands, or changed where both sides differ.
/// Names that begin with "__", `skipChecks` and write-only properties are not compared. Expects no
/// secrets; an unknown new value is a change, and one of everything that it may hold.
resource::Changes Compare(const schema::ObjectShape& shape, const value::PropertyMap& olds,
                          const value::PropertyMap& news);

}  // namespace palisade::lifecycle

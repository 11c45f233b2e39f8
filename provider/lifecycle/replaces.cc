#include "provider/lifecycle/replaces.h"

#include <algorithm>

#include "provider/lifecycle/any_part.h"
#include "provider/lifecycle/normal.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

bool MayReplace(const PropertyShape& shape) {
  return AnyPart(shape, [](const PropertyShape& part) { return part.replaces; });
}

// What Compare would descend into, had both sides the value.
const PropertyShape* ShapeOf(const PropertyShape& object, const std::string& name) {
  return object.kind == Kind::kObject ? object.object->Find(name) : object.element.get();
}

bool Holds(const PropertyShape& shape, const PropertyValue& value) {
  if (shape.write_only || value.IsNull()) return false;
  if (value.IsUnknown()) return MayReplace(shape);
  if (shape.replaces) return Normal(shape, value).has_value();
  if (const auto* list = value.If<value::PropertyArray>()) {
    return shape.element && std::ranges::any_of(*list, [&shape](const PropertyValue& item) {
             return Holds(*shape.element, item);
           });
  }
  const auto* object = value.If<value::PropertyMap>();
  return object != nullptr && std::ranges::any_of(*object, [&shape](const auto& entry) {
           const PropertyShape* inside = ShapeOf(shape, entry.first);
           return inside != nullptr && Holds(*inside, entry.second);
         });
}

}  // namespace

bool Replaces(const PropertyShape& shape, const PropertyValue& value) {
  return MayReplace(shape) && Holds(shape, value);
}

}  // namespace palisade::lifecycle

#include "provider/lifecycle/type_match.h"

#include <algorithm>
#include <cmath>

#include "provider/lifecycle/internal_names.h"
#include "provider/value/number.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

// Nothing here looks deeper than the values directly inside: a full trial of each alternative at
// each level of a type that contains itself would cost exponential time.
std::size_t Misfits(const PropertyShape& shape, const PropertyValue& value) {
  std::size_t misfits = 0;
  if (shape.constant && value != *shape.constant) ++misfits;
  if (!shape.enum_values.empty() &&
      std::none_of(shape.enum_values.begin(), shape.enum_values.end(),
                   [&](const schema::EnumValue& allowed) { return allowed.value == value; })) {
    ++misfits;
  }
  if (const auto* list = value.If<value::PropertyArray>(); list != nullptr && shape.element) {
    misfits += static_cast<std::size_t>(
        std::count_if(list->begin(), list->end(),
                      [&](const PropertyValue& item) { return !HasTypeOf(*shape.element, item); }));
  }
  const auto* object = value.If<value::PropertyMap>();
  if (object == nullptr) return misfits;
  if (shape.kind == Kind::kMap && shape.element) {
    for (const auto& [name, item] : *object) misfits += HasTypeOf(*shape.element, item) ? 0 : 1;
  }
  if (shape.kind != Kind::kObject || shape.object == nullptr) return misfits;
  for (const auto& [name, item] : *object) {
    const PropertyShape* property = shape.object->Find(name);
    if (property == nullptr) {
      misfits += IsInternalName(name) ? 0 : 1;
    } else if (!HasTypeOf(*property, item)) {
      ++misfits;
    } else if (property->constant && item != *property->constant && !item.IsUnknown()) {
      misfits += 100;  // A discriminator outweighs everything else.
    }
  }
  for (const auto& [name, property] : shape.object->properties) {
    const bool filled = property.default_value || !property.default_environment.empty();
    if (property.required && !filled && !object->contains(name)) ++misfits;
  }
  return misfits;
}

}  // namespace

bool HasTypeOf(const PropertyShape& shape, const PropertyValue& value) {
  if (value.IsUnknown()) return true;
  switch (shape.kind) {
    case Kind::kAny:
      return !value.IsNull();
    case Kind::kBoolean:
      return value.Is<bool>();
    case Kind::kInteger: {
      const auto* number = value.If<double>();
      return number != nullptr && value::ExactInteger(*number).has_value();
    }
    case Kind::kNumber: {
      const auto* number = value.If<double>();
      return number != nullptr && std::isfinite(*number);
    }
    case Kind::kString:
      return value.Is<std::string>();
    case Kind::kArray:
      return value.Is<value::PropertyArray>();
    case Kind::kMap:
    case Kind::kObject:
      return value.Is<value::PropertyMap>();
    case Kind::kAsset:
      return value.Is<value::Asset>() || value.Is<value::Archive>();
    case Kind::kArchive:
      return value.Is<value::Archive>();
    case Kind::kUnion:
      return std::any_of(
          shape.alternatives.begin(), shape.alternatives.end(),
          [&](const PropertyShape& alternative) { return HasTypeOf(alternative, value); });
  }
  return false;
}

const PropertyShape* ChosenAlternative(const PropertyShape& shape, const PropertyValue& value) {
  if (shape.kind != Kind::kUnion) return &shape;
  const PropertyShape* best = nullptr;
  std::size_t fewest = 0;
  for (const PropertyShape& alternative : shape.alternatives) {
    const PropertyShape* chosen = ChosenAlternative(alternative, value);
    if (chosen == nullptr || !HasTypeOf(*chosen, value)) continue;
    const std::size_t misfits = Misfits(*chosen, value);
    if (best != nullptr && misfits >= fewest) continue;
    best = chosen;
    fewest = misfits;
    if (misfits == 0) break;
  }
  return best;
}

}  // namespace palisade::lifecycle

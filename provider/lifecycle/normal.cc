#include "provider/lifecycle/normal.h"

#include <algorithm>
#include <string>
#include <utility>

#include "provider/lifecycle/same_text.h"
#include "provider/value/json.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using schema::Same;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

// Sorted by their JSON text; an item that is there twice counts once.
PropertyValue AsSet(PropertyArray items) {
  std::vector<std::pair<std::string, PropertyValue>> keyed;
  keyed.reserve(items.size());
  for (PropertyValue& item : items) keyed.emplace_back(value::ToJsonText(item), std::move(item));
  std::ranges::sort(keyed, {}, [](const auto& entry) { return entry.first; });
  PropertyArray sorted;
  for (std::size_t i = 0; i < keyed.size(); ++i) {
    // Values without a JSON form (unknowns, assets) all read "null" and must not be merged.
    const bool again = i > 0 && keyed[i].second == keyed[i - 1].second;
    if (!again || keyed[i].second.IsUnknown()) sorted.push_back(std::move(keyed[i].second));
  }
  return sorted;
}

PropertyMap NormalObject(const schema::ObjectShape& shape, const PropertyMap& object) {
  PropertyMap normal;
  for (const auto& [name, item] : object) {
    const PropertyShape* property = shape.Find(name);
    static const PropertyShape kAny;
    if (auto value = Normal(property == nullptr ? kAny : *property, item)) {
      normal.emplace_hint(normal.end(), name, *std::move(value));
    }
  }
  return normal;
}

PropertyValue NormalContent(const PropertyShape& shape, const PropertyValue& value) {
  if (const auto* text = value.If<std::string>()) return NormalText(shape.same, *text);
  if (const auto* list = value.If<PropertyArray>()) {
    PropertyArray items;
    items.reserve(list->size());
    for (const PropertyValue& item : *list) {
      // A null keeps its place: dropping it would move every later item.
      items.push_back(shape.element ? Normal(*shape.element, item).value_or(item) : item);
    }
    return shape.same == Same::kSet ? AsSet(std::move(items)) : PropertyValue(std::move(items));
  }
  if (const auto* object = value.If<PropertyMap>()) {
    if (shape.kind == Kind::kObject) return NormalObject(*shape.object, *object);
    PropertyMap normal;
    for (const auto& [name, item] : *object) {
      if (item.IsNull()) continue;
      normal.emplace_hint(normal.end(), name,
                          shape.element ? Normal(*shape.element, item).value_or(item) : item);
    }
    return normal;
  }
  return value;
}

bool IsContent(const std::optional<PropertyValue>& standard, const PropertyShape& shape,
               const PropertyValue& normal) {
  return standard && NormalContent(shape, *standard) == normal;
}

}  // namespace

std::optional<PropertyValue> Normal(const PropertyShape& shape, const PropertyValue& value) {
  if (value.IsNull()) return std::nullopt;
  PropertyValue normal = NormalContent(shape, value);
  if (IsContent(shape.default_value, shape, normal) ||
      IsContent(shape.server_default, shape, normal)) {
    return std::nullopt;
  }
  return normal;
}

bool SameMeaning(const PropertyShape& shape, const PropertyValue& a, const PropertyValue& b) {
  if (value::PropertyValue() == a && b == a) return true;
  return Normal(shape, a) == Normal(shape, b);
}

}  // namespace palisade::lifecycle

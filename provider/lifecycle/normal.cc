#include "provider/lifecycle/normal.h"

#include <algorithm>
#include <string>
#include <utility>

#include "provider/lifecycle/same_text.h"
#include "provider/value/json.h"
#include "provider/value/transform.h"

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
  for (auto& [text, item] : keyed) {
    // Two unknowns look alike but need not be the same item.
    const bool again = !sorted.empty() && sorted.back() == item && !item.IsUnknown();
    if (!again) sorted.push_back(std::move(item));
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
  // A document may as well be given as a value.
  const bool document = shape.same == Same::kJson || shape.same == Same::kPolicy;
  if (document && !value::ContainsUnknown(value)) {
    return NormalText(shape.same, value::ToJsonText(value));
  }
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
  // The engine elides the content of assets that it has sent before and keeps their hash.
  if (const auto* asset = value.If<value::Asset>(); asset != nullptr && !asset->hash.empty()) {
    return value::Asset{asset->hash, {}, {}, {}};
  }
  if (const auto* archive = value.If<value::Archive>();
      archive != nullptr && !archive->hash.empty()) {
    return value::Archive{archive->hash, nullptr, {}, {}};
  }
  // The same resource, whichever version of its package it is told of with. An id that a preview
  // does not know may be another one.
  if (const auto* reference = value.If<value::ResourceReference>()) {
    return value::ResourceReference{reference->urn, reference->id, {}, {}, {}};
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
  // A map without entries says no more than none.
  const auto* entries = shape.kind == Kind::kMap ? normal.If<PropertyMap>() : nullptr;
  if (entries != nullptr && entries->empty()) return std::nullopt;
  if (IsContent(shape.default_value, shape, normal) ||
      IsContent(shape.server_default, shape, normal)) {
    return std::nullopt;
  }
  return normal;
}

bool SameMeaning(const PropertyShape& shape, const PropertyValue& a, const PropertyValue& b) {
  // The usual case, without making either normal form.
  if (a == b) return true;
  return Normal(shape, a) == Normal(shape, b);
}

}  // namespace palisade::lifecycle

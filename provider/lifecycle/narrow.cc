#include "provider/lifecycle/narrow.h"

#include "provider/lifecycle/normal.h"

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;
using value::PropertyMap;
using value::PropertyValue;

PropertyValue NarrowValue(const PropertyShape& shape, const PropertyValue& prior,
                          const PropertyValue& read) {
  if (SameMeaning(shape, prior, read)) return prior;
  const auto* prior_object = prior.If<PropertyMap>();
  const auto* read_object = read.If<PropertyMap>();
  if (shape.kind == PropertyShape::Kind::kObject && prior_object != nullptr &&
      read_object != nullptr) {
    return Narrow(*shape.object, *prior_object, *read_object);
  }
  return read;
}

}  // namespace

PropertyMap Narrow(const schema::ObjectShape& shape, const PropertyMap& prior,
                   const PropertyMap& read) {
  static const PropertyShape kAny;
  PropertyMap narrow;
  for (const auto& [name, prior_value] : prior) {
    const PropertyShape* property = shape.Find(name);
    const PropertyShape& known = property == nullptr ? kAny : *property;
    // Nothing can tell a write-only value; the engine would lose it if it were not echoed.
    if (known.write_only) {
      narrow.emplace(name, prior_value);
      continue;
    }
    const auto now = read.find(name);
    if (now != read.end() && !now->second.IsNull()) {
      narrow.emplace(name, NarrowValue(known, prior_value, now->second));
    } else if (!Normal(known, prior_value)) {
      narrow.emplace(name, prior_value);  // as good as absent
    }
  }
  return narrow;
}

PropertyMap WithoutDefaults(const schema::ObjectShape& shape, const PropertyMap& read) {
  PropertyMap told;
  for (const auto& [name, item] : read) {
    const PropertyShape* property = shape.Find(name);
    if (property == nullptr || property->required || Normal(*property, item)) {
      told.emplace(name, item);
    }
  }
  return told;
}

}  // namespace palisade::lifecycle

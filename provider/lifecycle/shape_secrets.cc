#include "provider/lifecycle/shape_secrets.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "provider/lifecycle/any_part.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using schema::ObjectShape;
using schema::PropertyShape;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

// Every shape that a value may be meant as. All alternatives of a union count: what one of them
// calls secret must not be shown because another was chosen. Each shape appears once, so that types
// which contain themselves through unions do not multiply at each level.
using Shapes = std::vector<const PropertyShape*>;

void AddTo(Shapes& shapes, const PropertyShape& shape) {
  if (std::find(shapes.begin(), shapes.end(), &shape) != shapes.end()) return;
  shapes.push_back(&shape);
  for (const PropertyShape& alternative : shape.alternatives) AddTo(shapes, alternative);
}

Shapes ShapesOfItems(const Shapes& shapes, Kind kind) {
  Shapes items;
  for (const PropertyShape* shape : shapes) {
    if (shape->kind == kind && shape->element) AddTo(items, *shape->element);
  }
  return items;
}

Shapes ShapesOfProperty(const Shapes& shapes, const Shapes& map_items, const std::string& name) {
  Shapes found = map_items;
  for (const PropertyShape* shape : shapes) {
    if (shape->kind != Kind::kObject || !shape->object) continue;
    if (const PropertyShape* property = shape->object->Find(name)) AddTo(found, *property);
  }
  return found;
}

bool AreSecret(const Shapes& shapes) {
  return std::ranges::any_of(shapes, [](const PropertyShape* shape) { return shape->secret; });
}

void Wrap(const Shapes& shapes, PropertyValue& value) {
  // That there is nothing is no secret.
  if (shapes.empty() || value.IsNull() || value.Is<value::Secret>()) return;
  if (AreSecret(shapes)) {
    // Secrets inside a secret would be another spelling of the same value.
    value = value::MakeSecret(value::Unwrapped(value));
    return;
  }
  if (auto* list = value.If<value::PropertyArray>()) {
    const Shapes items = ShapesOfItems(shapes, Kind::kArray);
    for (PropertyValue& item : *list) Wrap(items, item);
  } else if (auto* object = value.If<value::PropertyMap>()) {
    const Shapes map_items = ShapesOfItems(shapes, Kind::kMap);
    for (auto& [name, item] : *object) Wrap(ShapesOfProperty(shapes, map_items, name), item);
  }
}

}  // namespace

value::PropertyMap WithShapeSecrets(const ObjectShape& shape, value::PropertyMap bag) {
  for (auto& [name, item] : bag) {
    if (const PropertyShape* property = shape.Find(name)) {
      item = WithShapeSecrets(*property, std::move(item));
    }
  }
  return bag;
}

value::PropertyValue WithShapeSecrets(const PropertyShape& shape, value::PropertyValue value) {
  Shapes shapes;
  AddTo(shapes, shape);
  Wrap(shapes, value);
  return value;
}

bool MarksSecret(const ObjectShape& shape, const value::PropertyPath& path) {
  const PropertyShape* top = shape.Find(path.top());
  if (top == nullptr) return false;
  Shapes shapes;
  AddTo(shapes, *top);
  for (std::size_t i = 1; i < path.steps().size() && !AreSecret(shapes); ++i) {
    const auto* name = std::get_if<std::string>(&path.steps()[i]);
    shapes = name == nullptr ? ShapesOfItems(shapes, Kind::kArray)
                             : ShapesOfProperty(shapes, ShapesOfItems(shapes, Kind::kMap), *name);
  }
  return AreSecret(shapes);
}

bool HasSecrets(const PropertyShape& shape) {
  return AnyPart(shape, [](const PropertyShape& part) { return part.secret; });
}

}  // namespace palisade::lifecycle

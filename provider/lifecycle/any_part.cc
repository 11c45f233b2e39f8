#include "provider/lifecycle/any_part.h"

#include <algorithm>
#include <set>

namespace palisade::lifecycle {
namespace {

using schema::PropertyShape;

// `seen` ends the search in types that contain themselves.
bool Search(const PropertyShape& shape, const std::function<bool(const PropertyShape&)>& matches,
            std::set<const schema::ObjectShape*>& seen) {
  const auto inside = [&](const PropertyShape& part) { return Search(part, matches, seen); };
  if (matches(shape)) return true;
  if (shape.element && inside(*shape.element)) return true;
  if (std::ranges::any_of(shape.alternatives, inside)) return true;
  if (!shape.object || !seen.insert(shape.object.get()).second) return false;
  return std::ranges::any_of(shape.object->properties,
                             [&](const auto& entry) { return inside(entry.second); });
}

}  // namespace

bool AnyPart(const PropertyShape& shape, const std::function<bool(const PropertyShape&)>& matches) {
  std::set<const schema::ObjectShape*> seen;
  return Search(shape, matches, seen);
}

}  // namespace palisade::lifecycle

#include "provider/schema/shape.h"

namespace palisade::schema {

const PropertyShape* ObjectShape::Find(std::string_view name) const {
  const auto it = properties.find(name);
  return it == properties.end() ? nullptr : &it->second;
}

}  // namespace palisade::schema

#include "provider/lifecycle/config_keys.h"

#include "provider/lifecycle/config_text.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

bool IsEngineKey(std::string_view name) {
  return IsInternalName(name) || name == "version" || name == "pluginDownloadURL";
}

value::PropertyMap NativeConfig(const schema::ObjectShape& shape, const value::PropertyMap& raw,
                                std::set<value::PropertyPath>* secret_paths) {
  value::PropertyMap native = value::Unwrapped(raw, secret_paths);
  std::erase_if(native, [](const auto& entry) { return IsEngineKey(entry.first); });
  for (auto& [name, item] : native) {
    const schema::PropertyShape* property = shape.Find(name);
    if (property != nullptr) item = FromText(*property, item);
  }
  return WithoutNulls(std::move(native));
}

}  // namespace palisade::lifecycle

#include <algorithm>
#include <vector>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/config_keys.h"
#include "provider/value/property_path.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyPath;

PropertyMap WithDefaults(const schema::ObjectShape& shape, PropertyMap values) {
  for (const auto& [name, property] : shape.properties) {
    if (property.default_value) values.emplace(name, *property.default_value);
  }
  return values;
}

bool IsIgnored(const std::vector<std::string>& patterns, const PropertyPath& path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& text) {
    const auto pattern = PropertyPath::Parse(text);
    return pattern.ok() && pattern->Covers(path);
  });
}

}  // namespace

absl::StatusOr<DiffResult> DiffConfig(const ConfigContext& context, const DiffInput& input) {
  const PropertyMap& old_raw = input.old_inputs ? *input.old_inputs : input.olds;
  const PropertyMap olds = WithDefaults(context.shape, NativeConfig(context.shape, old_raw, nullptr));
  const PropertyMap news =
      WithDefaults(context.shape, NativeConfig(context.shape, input.news, nullptr));

  DiffResult result;
  const auto add = [&](const std::string& name, resource::ChangeKind kind) {
    // Whole keys: one side may be JSON text, into which no path leads.
    const PropertyPath path(name);
    if (!IsIgnored(input.ignore_changes, path)) result.changes[path] = {kind, false, true};
  };
  for (const auto& [name, item] : news) {
    const auto old = olds.find(name);
    if (old == olds.end()) {
      add(name, resource::ChangeKind::kAdd);
    } else if (value::ContainsUnknown(item) || old->second != item) {
      add(name, resource::ChangeKind::kUpdate);
    }
  }
  for (const auto& [name, item] : olds) {
    if (!news.contains(name)) add(name, resource::ChangeKind::kDelete);
  }
  return result;
}

}  // namespace palisade::lifecycle

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/config_keys.h"
#include "provider/lifecycle/normal.h"
#include "provider/value/property_path.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyPath;

// nullopt for absent and for what is as good as absent.
std::optional<value::PropertyValue> Meaning(const schema::ObjectShape& shape,
                                            const PropertyMap& bag, const std::string& name) {
  const auto it = bag.find(name);
  if (it == bag.end()) return std::nullopt;
  const schema::PropertyShape* property = shape.Find(name);
  return property == nullptr ? it->second : Normal(*property, it->second);
}

bool IsIgnored(const std::vector<std::string>& patterns, const PropertyPath& path) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& text) {
    const auto pattern = PropertyPath::Parse(text);
    return pattern.ok() && pattern->Covers(path);
  });
}

}  // namespace

absl::StatusOr<DiffResult> DiffConfig(const ConfigContext& context, const DiffInput& input) {
  const PropertyMap olds =
      NativeConfig(context.shape, input.old_inputs ? *input.old_inputs : input.olds, nullptr);
  const PropertyMap news = NativeConfig(context.shape, input.news, nullptr);

  std::set<std::string> names;
  for (const auto& entry : olds) names.insert(entry.first);
  for (const auto& entry : news) names.insert(entry.first);
  DiffResult result;
  for (const std::string& name : names) {
    const auto before = Meaning(context.shape, olds, name);
    const auto after = Meaning(context.shape, news, name);
    if (before == after && !(after && value::ContainsUnknown(*after))) continue;
    // Whole keys: one side may be JSON text, into which no path leads.
    const PropertyPath path(name);
    if (IsIgnored(input.ignore_changes, path)) continue;
    const auto kind = !before  ? resource::ChangeKind::kAdd
                      : !after ? resource::ChangeKind::kDelete
                               : resource::ChangeKind::kUpdate;
    result.changes[path] = {kind, /*replace=*/false, /*input=*/true};
  }
  return result;
}

}  // namespace palisade::lifecycle

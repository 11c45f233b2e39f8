#include "provider/clouds/aws/resources/networkfirewall/rule_order.h"

#include <optional>

#include "keys/aws/networkfirewall.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;
using value::PropertyPath;

constexpr char kDefaultOrder[] = "DEFAULT_ACTION_ORDER";

// nullopt when it is not known yet.
std::optional<std::string> OrderAt(const value::PropertyMap& inputs,
                                   std::initializer_list<std::string_view> path) {
  PropertyPath at;
  for (const std::string_view step : path) {
    at = at.Child(step);
    const value::PropertyValue* found = value::Find(inputs, at);
    if (found == nullptr || found->IsNull()) return kDefaultOrder;
    if (found->IsUnknown()) return std::nullopt;
    if (const auto* text = found->If<std::string>()) return *text;
  }
  return std::nullopt;
}

}  // namespace

void ReplaceOnNewOrder(const resource::DiffRequest& request,
                       std::initializer_list<std::string_view> path, resource::Changes& changes) {
  const auto before = OrderAt(request.old_inputs, path), after = OrderAt(request.new_inputs, path);
  if (!before || !after || before == after) return;
  PropertyPath at;
  for (const std::string_view step : path) at = at.Child(step);
  bool found = false;
  for (auto& [changed, change] : changes) {
    if (!changed.Covers(at)) continue;
    change.replace = true;
    found = true;
  }
  if (!found) changes[at] = {resource::ChangeKind::kUpdate, true, true};
}

void WarnOfDroppedDescription(const resource::Changes& changes, resource::Findings& findings) {
  const PropertyPath path(names::kDescription);
  const auto it = changes.find(path);
  if (it == changes.end() || it->second.kind != resource::ChangeKind::kDelete) return;
  findings.Warn(path, "aws.nf.description-kept",
                "is left out, but the service cannot take a description away and may keep the old "
                "one; write another text to change it");
}

}  // namespace palisade::aws::networkfirewall

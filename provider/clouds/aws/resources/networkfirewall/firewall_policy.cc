#include "provider/clouds/aws/resources/networkfirewall/firewall_policy.h"

#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/classic.h"
#include "provider/clouds/aws/resources/networkfirewall/content.h"
#include "provider/clouds/aws/resources/networkfirewall/rule_order.h"
#include "provider/clouds/aws/rules/firewall_policy.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;

json IdentityOf(const PropertyMap& inputs) { return Body(inputs, {names::kFirewallPolicyName}); }

// The whole policy each time: what an update leaves out, the service removes.
json ContentOf(const PropertyMap& inputs) {
  return Body(inputs, {names::kFirewallPolicy, names::kDescription});
}

}  // namespace

const AwsTraits& FirewallPolicy::aws() const {
  static const AwsTraits traits{
      .service = kNetworkFirewall,
      .tagging = Tagging::kArn,
      .not_found = {kNotFound},
      .create_timeout = std::chrono::minutes(10),
      .update_timeout = std::chrono::minutes(10),
      .delete_timeout = std::chrono::minutes(20),
  };
  return traits;
}

std::optional<std::string> FirewallPolicy::ExplainUnknown(std::string_view name) const {
  return ExplainForeignName(name, names::kFirewallPolicyArn, names::kFirewallPolicyName);
}

void FirewallPolicy::CheckInputs(const resource::CheckRequest& request,
                                 resource::Findings& findings) const {
  rules::CheckFirewallPolicy(request.inputs, findings);
}

void FirewallPolicy::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                                resource::Findings& findings) const {
  ReplaceOnNewOrder(
      request, {names::kFirewallPolicy, names::kStatefulEngineOptions, names::kRuleOrder}, changes);
  WarnOfDroppedDescription(changes, findings);
}

absl::StatusOr<std::string> FirewallPolicy::Make(Session& session, const PropertyMap& inputs,
                                                 const Tags& tags) const {
  return CreateNamed(session, kFirewallPolicy, IdentityOf(inputs), ContentOf(inputs), tags);
}

absl::StatusOr<std::optional<Found>> FirewallPolicy::Look(Session& session, const std::string& id,
                                                          const PropertyMap*) const {
  PALISADE_RETURN_IF_ERROR(CheckId(session, kFirewallPolicy, {"firewall-policy/"}, id));
  PALISADE_ASSIGN_OR_RETURN(const json described, Describe(session, kFirewallPolicy, id));
  const json& info = Member(described, kFirewallPolicy.info);
  Found found;
  ReadStatus(info, "FirewallPolicyStatus", found);
  found.inputs = Properties(info, {names::kFirewallPolicyName, names::kDescription});
  found.inputs.merge(Properties(described, {names::kFirewallPolicy}));
  found.outputs = Properties(info, {names::kFirewallPolicyArn, names::kFirewallPolicyId});
  found.tags = TagsFrom(Member(info, "Tags"));
  return found;
}

absl::Status FirewallPolicy::Change(Session& session,
                                    const resource::UpdateRequest& request) const {
  if (!Differs(request, {names::kFirewallPolicy, names::kDescription})) return absl::OkStatus();
  WarnIfDescriptionStays(session, request);
  return UpdateNamed(session, kFirewallPolicy, request.id, [&](const json& described) {
    json update = ContentOf(request.new_inputs);
    CarryOver(Member(described, kFirewallPolicy.info), update);
    return update;
  });
}

absl::Status FirewallPolicy::Remove(Session& session,
                                    const resource::DeleteRequest& request) const {
  return DeleteNamed(session, kFirewallPolicy, request.id,
                     "the firewalls that use the policy " + NameOf(request.id) + " to let it go");
}

absl::StatusOr<ListedPage> FirewallPolicy::Enumerate(Session& session,
                                                     const std::string& continuation,
                                                     std::size_t page_size) const {
  return EnumerateNamed(session, kFirewallPolicy, json::object(), continuation, page_size);
}

absl::StatusOr<std::optional<std::string>> FirewallPolicy::FindMarked(
    Session& session, const std::string& marker, const PropertyMap& inputs) const {
  return FindMarkedNamed(session, kFirewallPolicy, IdentityOf(inputs), marker);
}

void FirewallPolicy::MigrateState(int version, PropertyMap& inputs, PropertyMap& outputs) const {
  if (version > 0) return;
  MigrateFirewallPolicy(inputs);
  MigrateFirewallPolicy(outputs);
  DropForeignInputs(kFirewallPolicy, inputs);
}

}  // namespace palisade::aws::networkfirewall

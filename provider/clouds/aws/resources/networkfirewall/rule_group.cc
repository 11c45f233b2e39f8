#include "provider/clouds/aws/resources/networkfirewall/rule_group.h"

#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/classic.h"
#include "provider/clouds/aws/resources/networkfirewall/content.h"
#include "provider/clouds/aws/resources/networkfirewall/rule_order.h"
#include "provider/clouds/aws/rules/rule_group.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;

json IdentityOf(const PropertyMap& inputs) {
  return Body(inputs, {names::kRuleGroupName, names::kType});
}

// Exactly one of RuleGroup and Rules, as the inputs have it: the service refuses both together.
json ContentOf(const PropertyMap& inputs) {
  return Body(inputs, {names::kRuleGroup, names::kRules, names::kDescription,
                       names::kSummaryConfiguration});
}

// Rules that came as one text are told as the text and, by some accounts, parsed as well: what
// stands beside another source was not sent by anybody.
json OneSource(json rule_group) {
  const auto source = rule_group.find("RulesSource");
  if (source == rule_group.end() || !source->is_object()) return rule_group;
  for (const char* parsed :
       {"RulesSourceList", "StatefulRules", "StatelessRulesAndCustomActions"}) {
    const json& other = Member(*source, parsed);
    if (other.is_null() || (other.is_array() && other.empty())) {
      source->erase(parsed);
    } else {
      source->erase("RulesString");
    }
  }
  return rule_group;
}

// The group as `rules`, where the user gave it so and it still is nothing but a text; otherwise as
// `ruleGroup`.
void ReadContent(const json& rule_group, const PropertyMap* prior, PropertyMap& inputs) {
  const bool as_text = prior != nullptr && value::View(*prior).Has(names::kRules) &&
                       !value::View(*prior).Has(names::kRuleGroup);
  const json& text = Member(Member(rule_group, "RulesSource"), "RulesString");
  if (as_text && text.is_string()) {
    inputs[names::kRules] = text.get<std::string>();
  } else {
    inputs[names::kRuleGroup] = FromWire(names::kRuleGroup, OneSource(rule_group));
  }
}

}  // namespace

const AwsTraits& RuleGroup::aws() const {
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

std::optional<std::string> RuleGroup::ExplainUnknown(std::string_view name) const {
  return ExplainForeignName(name, names::kRuleGroupArn, names::kRuleGroupName);
}

void RuleGroup::CheckInputs(const resource::CheckRequest& request,
                            resource::Findings& findings) const {
  rules::CheckRuleGroup(request.inputs, findings);
}

void RuleGroup::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                           resource::Findings& findings) const {
  ReplaceOnNewOrder(request, {names::kRuleGroup, names::kStatefulRuleOptions, names::kRuleOrder},
                    changes);
  WarnOfDroppedDescription(changes, findings);
}

absl::StatusOr<std::string> RuleGroup::Make(Session& session, const PropertyMap& inputs,
                                            const Tags& tags) const {
  json request = ContentOf(inputs);
  request.update(Body(inputs, {names::kCapacity}));
  return CreateNamed(session, kRuleGroup, IdentityOf(inputs), std::move(request), tags);
}

absl::StatusOr<std::optional<Found>> RuleGroup::Look(Session& session, const std::string& id,
                                                     const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(
      CheckId(session, kRuleGroup, {"stateful-rulegroup/", "stateless-rulegroup/"}, id));
  PALISADE_ASSIGN_OR_RETURN(const json described, Describe(session, kRuleGroup, id));
  const json& info = Member(described, kRuleGroup.info);
  const json& rule_group = Member(described, "RuleGroup");
  Found found;
  ReadStatus(info, "RuleGroupStatus", found);
  if (!rule_group.is_object() && found.failures.empty()) {
    return base::Unimplemented("the rule group " + NameOf(id) + " is of the type " +
                               Text(info, "Type") +
                               ", whose rules this resource cannot manage; it takes STATELESS and "
                               "STATEFUL");
  }
  found.inputs = Properties(info, {names::kRuleGroupName, names::kType, names::kCapacity,
                                   names::kDescription, names::kSummaryConfiguration});
  // What an update that takes the selection away leaves behind.
  if (Member(Member(info, "SummaryConfiguration"), "RuleOptions").empty()) {
    found.inputs.erase(names::kSummaryConfiguration);
  }
  ReadContent(rule_group, inputs, found.inputs);
  found.outputs = Properties(info, {names::kRuleGroupArn, names::kRuleGroupId});
  found.tags = TagsFrom(Member(info, "Tags"));
  return found;
}

absl::Status RuleGroup::Change(Session& session, const resource::UpdateRequest& request) const {
  if (!Differs(request, {names::kRuleGroup, names::kRules, names::kDescription,
                         names::kSummaryConfiguration})) {
    return absl::OkStatus();
  }
  WarnIfDescriptionStays(session, request);
  return UpdateNamed(session, kRuleGroup, request.id, [&](const json& described) {
    json update = ContentOf(request.new_inputs);
    // Left out, the fields that were selected stay selected: only a list without any ends that.
    if (request.old_inputs.contains(names::kSummaryConfiguration)) {
      update.emplace(WireName(names::kSummaryConfiguration),
                     json{{WireName(names::kRuleOptions), json::array()}});
    }
    CarryOver(Member(described, kRuleGroup.info), update);
    return update;
  });
}

absl::Status RuleGroup::Remove(Session& session, const resource::DeleteRequest& request) const {
  return DeleteNamed(
      session, kRuleGroup, request.id,
      "the firewall policies that use the rule group " + NameOf(request.id) + " to let it go");
}

absl::StatusOr<ListedPage> RuleGroup::Enumerate(Session& session, const std::string& continuation,
                                                std::size_t page_size) const {
  // Without the groups that AWS manages.
  return EnumerateNamed(session, kRuleGroup, {{"Scope", "ACCOUNT"}}, continuation, page_size);
}

absl::StatusOr<std::optional<std::string>> RuleGroup::FindMarked(Session& session,
                                                                 const std::string& marker,
                                                                 const PropertyMap& inputs) const {
  return FindMarkedNamed(session, kRuleGroup, IdentityOf(inputs), marker);
}

void RuleGroup::MigrateState(int version, PropertyMap& inputs, PropertyMap& outputs) const {
  if (version > 0) return;
  MigrateRuleGroup(inputs);
  MigrateRuleGroup(outputs);
  DropForeignInputs(kRuleGroup, inputs);
}

}  // namespace palisade::aws::networkfirewall

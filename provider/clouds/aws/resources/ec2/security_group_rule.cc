#include "provider/clouds/aws/resources/ec2/security_group_rule.h"

#include <algorithm>
#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/security_group_calls.h"
#include "provider/clouds/aws/resources/ec2/security_group_state.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr char kList[] = "securityGroupRuleSet";

const std::vector<std::string_view> kNotFound = {"InvalidSecurityGroupRuleId.NotFound",
                                                 "InvalidGroup.NotFound",
                                                 "InvalidSecurityGroupID.NotFound"};

// What makes a rule another rule, and all of its spellings.
constexpr const char* kPermission[] = {names::kIpProtocol,
                                       names::kFromPort,
                                       names::kToPort,
                                       names::kCidrIp,
                                       names::kCidrIpv6,
                                       names::kSourcePrefixListId,
                                       names::kSourceSecurityGroupId,
                                       names::kSourceSecurityGroupName,
                                       names::kSourceSecurityGroupOwnerId,
                                       names::kDestinationPrefixListId,
                                       names::kDestinationSecurityGroupId};

bool IsPermission(std::string_view name) {
  return std::ranges::find(kPermission, name) != std::end(kPermission);
}

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeSecurityGroupRules",
                       Params().AddList("SecurityGroupRuleId", {id}), kList);
}

void AddGroup(const PropertyMap& inputs, Params& params) {
  const std::string id = TextOf(inputs, names::kGroupId);
  if (!id.empty()) {
    params.Add("GroupId", id);
  } else {
    params.Add("GroupName", TextOf(inputs, names::kGroupName));
  }
}

bool PermissionKnown(const PropertyMap& inputs) {
  return std::ranges::none_of(
      kPermission, [&](const char* name) { return value::View(inputs).IsUnknown(name); });
}

// The group has a name or an id; a change from one to the other means nothing if it stays the same.
void ForgetSameGroup(const resource::DiffRequest& request, resource::Changes& changes) {
  const std::string is = TextOf(request.old_outputs, names::kGroupId);
  const std::string now = TextOf(request.new_inputs, names::kGroupId);
  if (is.empty() || is != now || request.old_inputs.contains(names::kGroupId)) return;
  changes.erase(value::PropertyPath(names::kGroupId));
  changes.erase(value::PropertyPath(names::kGroupName));
}

}  // namespace

std::string SecurityGroupRule::TypeName() const {
  return direction_ == Direction::kIngress ? "SecurityGroupIngress" : "SecurityGroupEgress";
}

const AwsTraits& SecurityGroupRule::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "security-group-rule",
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = std::chrono::minutes(5)};
  return traits;
}

std::optional<std::string> SecurityGroupRule::ExplainUnknown(std::string_view name) const {
  const bool ingress = direction_ == Direction::kIngress;
  if (name == "securityGroupId") return "became groupId";
  if (name == "cidrIpv4") return "became cidrIp";
  if (name == "cidrBlocks" || name == "ipv6CidrBlocks") {
    return "are one range per rule here: make a rule of each, with cidrIp or cidrIpv6";
  }
  if (name == "protocol") return "became ipProtocol";
  if (name == "prefixListId") {
    return ingress ? "became sourcePrefixListId" : "became destinationPrefixListId";
  }
  if (name == "referencedSecurityGroupId") {
    return ingress ? "became sourceSecurityGroupId" : "became destinationSecurityGroupId";
  }
  return std::nullopt;
}

void SecurityGroupRule::CheckInputs(const resource::CheckRequest& request,
                                    resource::Findings& findings) const {
  if (direction_ == Direction::kIngress) {
    rules::CheckSecurityGroupIngress(request.inputs, findings);
  } else {
    rules::CheckSecurityGroupEgress(request.inputs, findings);
  }
}

void SecurityGroupRule::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                                   resource::Findings&) const {
  ForgetSameGroup(request, changes);
  if (!PermissionKnown(request.old_inputs) || !PermissionKnown(request.new_inputs)) return;
  if (!SamePermission(RuleOfInputs(request.old_inputs, direction_),
                      RuleOfInputs(request.new_inputs, direction_))) {
    return;
  }
  std::erase_if(changes, [](const auto& entry) { return IsPermission(entry.first.top()); });
}

absl::StatusOr<std::string> SecurityGroupRule::Make(Session& session, const PropertyMap& inputs,
                                                    const Tags& tags) const {
  Params params;
  AddGroup(inputs, params);
  AddPermission(params, 1, RuleOfInputs(inputs, direction_), /*describe=*/true);
  params.AddTagSpecification("security-group-rule", tags);
  std::string id;
  const absl::Status made = session.RetryWhile(
      kNoSecurityGroup, kParentLimit, "the security groups of the rule to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(
            const Xml reply,
            session.Ec2(VerbsOf(direction_).authorize, params, Idempotency::kNonIdempotent));
        id = Text(reply.root.child(kList).child("item"), "securityGroupRuleId");
        return absl::OkStatus();
      });
  if (HasCode(made, {"InvalidPermission.Duplicate"})) {
    return AfterDuplicate(session, inputs, tags, made);
  }
  PALISADE_RETURN_IF_ERROR(made);
  return id;
}

// The rule is there. An earlier try of this create may have made it, and its marker tells so.
absl::StatusOr<std::string> SecurityGroupRule::AfterDuplicate(Session& session,
                                                              const PropertyMap& inputs,
                                                              const Tags& tags,
                                                              const absl::Status& refused) const {
  const GroupRule wanted = RuleOfInputs(inputs, direction_);
  const std::string group = TextOf(inputs, names::kGroupId);
  if (group.empty()) return refused;
  std::string id;
  Tags theirs;
  Params params;
  params.AddFilter("group-id", {group});
  const absl::Status listed =
      session.Ec2Pages("DescribeSecurityGroupRules", params, [&](const Xml& page) {
        for (const pugi::xml_node item : Items(page.root, kList)) {
          if (Flag(item, "isEgress") != (direction_ == Direction::kEgress)) continue;
          const GroupRule rule = RuleOfReply(item);
          if (!MatchRules({wanted}, {rule}, /*by_name=*/true).of_wanted.front()) continue;
          id = Text(item, "securityGroupRuleId");
          theirs = TagSet(item);
        }
      });
  if (!listed.ok() || id.empty()) return refused;
  if (SameMarker(tags, theirs)) return id;
  return base::Annotate(
      refused,
      "the security group " + group + " has this rule (" + RuleText(wanted, direction_) +
          ") already: " + id + ". Take it over with `pulumi import palisade:aws/ec2:" + TypeName() +
          " NAME " + id +
          "`, or remove it where it was made, which may be in the group's own lists; if it "
          "is this resource's predecessor, set the option deleteBeforeReplace");
}

absl::Status SecurityGroupRule::Settle(Session& session, const std::string& id, const PropertyMap&,
                                       bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen,
      WatchUntil(session, {.what = "waiting for the security group rule " + id + " to be visible",
                           .not_found = kNotFound,
                           .fresh = fresh,
                           .describe = [&] { return Describe(session, id); },
                           .judge = [](pugi::xml_node) -> absl::StatusOr<Sight> {
                             return Sight{.done = true, .state = ""};
                           }}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> SecurityGroupRule::Look(Session& session,
                                                             const std::string& id,
                                                             const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kSecurityGroupRule));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node) return std::nullopt;
  if (Flag(seen.node, "isEgress") != (direction_ == Direction::kEgress)) {
    const bool ingress = direction_ == Direction::kIngress;
    return base::InvalidArgument("the security group rule " + id + " is one for traffic that " +
                                 (ingress ? "goes out" : "comes in") + "; import it as a " +
                                 (ingress ? "SecurityGroupEgress" : "SecurityGroupIngress"));
  }
  const GroupRule rule = RuleOfReply(seen.node);
  const std::string group = Text(seen.node, "groupId");
  const std::string owner = Text(seen.node, "groupOwnerId");
  Found found;
  found.inputs = InputsOfRule(rule, direction_, owner);
  if (inputs != nullptr) {
    const GroupRule before = RuleOfInputs(*inputs, direction_);
    if (MatchRules({before}, {rule}, /*by_name=*/true).of_wanted.front()) {
      for (const char* name : kPermission) {
        found.inputs.erase(name);
        const auto given = inputs->find(name);
        if (given != inputs->end()) found.inputs[name] = given->second;
      }
    }
  }
  const bool named = inputs != nullptr && !inputs->contains(names::kGroupId);
  if (named) {
    PutText(found.inputs, names::kGroupName, TextOf(*inputs, names::kGroupName));
  } else {
    found.inputs[names::kGroupId] = group;
  }
  found.outputs[names::kSecurityGroupRuleId] = id;
  if (direction_ == Direction::kIngress) found.outputs[names::kGroupId] = group;
  PutText(found.outputs, names::kArn, Text(seen.node, "securityGroupRuleArn"));
  if (!found.outputs.contains(names::kArn)) {
    PALISADE_ASSIGN_OR_RETURN(const std::string account, session.AccountId());
    PutText(found.outputs, names::kArn,
            ArnOf(session, owner.empty() ? account : owner, "security-group-rule/" + id));
  }
  found.tags = TagSet(seen.node);
  return found;
}

absl::Status SecurityGroupRule::Change(Session& session,
                                       const resource::UpdateRequest& request) const {
  const GroupRule rule = RuleOfInputs(request.new_inputs, direction_);
  if (rule.description == TextOf(request.old_inputs, names::kDescription)) return absl::OkStatus();
  Params params;
  AddGroup(request.new_inputs, params);
  AddPermission(params, 1, rule, /*describe=*/true);
  return session.Ec2(VerbsOf(direction_).describe, params, Idempotency::kIdempotent).status();
}

absl::Status SecurityGroupRule::Remove(Session& session,
                                       const resource::DeleteRequest& request) const {
  std::string group = TextOf(request.inputs, names::kGroupId);
  if (group.empty()) group = TextOf(request.outputs, names::kGroupId);
  if (group.empty()) {
    PALISADE_ASSIGN_OR_RETURN(const Seen seen, Describe(session, request.id));
    if (!seen.node) return absl::OkStatus();
    group = Text(seen.node, "groupId");
  }
  Params params;
  params.Add("GroupId", group).AddList("SecurityGroupRuleId", {request.id});
  const absl::Status status =
      session.Ec2(VerbsOf(direction_).revoke, params, Idempotency::kIdempotent).status();
  return HasCode(status, {"InvalidPermission.NotFound"}) ? absl::OkStatus() : status;
}

absl::StatusOr<ListedPage> SecurityGroupRule::Enumerate(Session& session,
                                                        const std::string& continuation,
                                                        std::size_t page_size) const {
  const auto ids = [this](pugi::xml_node item) -> std::vector<std::string> {
    if (Flag(item, "isEgress") != (direction_ == Direction::kEgress)) return {};
    return {Text(item, "securityGroupRuleId")};
  };
  return ListOnePage(session, {"DescribeSecurityGroupRules", kList, 1000, ids}, continuation,
                     page_size);
}

void SecurityGroupRule::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MoveSecurityGroupRule(direction_, inputs, outputs);
}

}  // namespace palisade::aws::ec2

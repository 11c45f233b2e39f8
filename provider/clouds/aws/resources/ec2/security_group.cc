#include "provider/clouds/aws/resources/ec2/security_group.h"

#include <algorithm>
#include <array>
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

constexpr std::chrono::minutes kPatience{15};

const std::vector<std::string_view> kInUse = {"DependencyViolation", "InvalidGroup.InUse"};

struct RuleList {
  Direction direction;
  const char* name;
};
constexpr std::array<RuleList, 2> kLists{{{Direction::kIngress, names::kSecurityGroupIngress},
                                          {Direction::kEgress, names::kSecurityGroupEgress}}};

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeSecurityGroups", Params().AddList("GroupId", {id}),
                       "securityGroupInfo");
}

// The rules that the inputs ask for, of the directions that they speak of and that the user does
// not ignore.
struct Wanted {
  std::vector<std::pair<Direction, GroupRules>> lists;

  // What is not as it should be, in words; empty when all is.
  std::string Missing(pugi::xml_node group) const {
    for (const auto& [direction, rules] : lists) {
      const RulePlan plan = PlanRules(rules, RulesOfGroup(group, direction));
      for (const GroupRules* part : {&plan.add, &plan.describe, &plan.remove}) {
        if (!part->empty()) return RuleText(part->front(), direction);
      }
    }
    return "";
  }
};

Wanted WantedOf(const PropertyMap& inputs, const resource::Call& call) {
  Wanted wanted;
  for (const RuleList& list : kLists) {
    if (call.Ignores(value::PropertyPath(list.name))) continue;
    const PropertyArray* given = value::View(inputs).Array(list.name);
    if (given != nullptr) {
      wanted.lists.emplace_back(list.direction, RulesOfList(*given, list.direction));
    }
  }
  return wanted;
}

// Of an import, a direction without rules is left out of the program: it may be empty there or not
// be spoken of.
void PutRules(pugi::xml_node group, const PropertyMap* prior, Found& found) {
  for (const RuleList& list : kLists) {
    const PropertyArray* given = prior == nullptr ? nullptr : value::View(*prior).Array(list.name);
    if (prior != nullptr && given == nullptr) continue;
    PropertyArray rules = SpelledRules(given, RulesOfGroup(group, list.direction), list.direction,
                                       Text(group, "ownerId"));
    if (prior == nullptr && rules.empty()) {
      found.unreadable.emplace_back(list.name);
    } else {
      found.inputs[list.name] = std::move(rules);
    }
  }
}

}  // namespace

const AwsTraits& SecurityGroup::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "security-group",
                                .not_found = kNoSecurityGroup,
                                .create_timeout = std::chrono::minutes(10),
                                .update_timeout = std::chrono::minutes(10),
                                .delete_timeout = kPatience + kAfterWait};
  return traits;
}

std::optional<std::string> SecurityGroup::ExplainUnknown(std::string_view name) const {
  if (name == "name") return "became groupName";
  if (name == "description") return "became groupDescription";
  if (name == "ingress") return "became securityGroupIngress, with one source per rule";
  if (name == "egress") return "became securityGroupEgress, with one destination per rule";
  if (name == "namePrefix") return "is not needed: a groupName that is left out is made";
  if (name == "revokeRulesOnDelete") return "is no input of this type; remove it";
  return std::nullopt;
}

void SecurityGroup::CheckInputs(const resource::CheckRequest& request,
                                resource::Findings& findings) const {
  rules::CheckSecurityGroup(request.inputs, findings);
}

void SecurityGroup::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                               resource::Findings& findings) const {
  const value::View olds(request.old_inputs), news(request.new_inputs);
  for (const RuleList& list : kLists) {
    const PropertyArray* before = olds.Array(list.name);
    if (before == nullptr) continue;
    const PropertyArray* after = news.Array(list.name);
    const bool dropped = !news.Has(list.name);
    if (dropped && !before->empty()) {
      findings.Warn(value::PropertyPath(list.name), "aws.ec2.rules-left",
                    "is not in the program (any more), so that the rules of this direction are "
                    "not managed here and stay as they are; write an empty list to remove them");
    }
    if (!dropped && (after == nullptr || !SameRules(*before, *after, list.direction))) continue;
    std::erase_if(changes, [&](const auto& entry) { return entry.first.top() == list.name; });
  }
}

absl::StatusOr<std::string> SecurityGroup::Make(Session& session, const PropertyMap& inputs,
                                                const Tags& tags) const {
  const std::string vpc = TextOf(inputs, names::kVpcId);
  Params params;
  params.Add("GroupDescription", TextOf(inputs, names::kGroupDescription))
      .Add("GroupName", TextOf(inputs, names::kGroupName));
  if (!vpc.empty()) params.Add("VpcId", vpc);
  params.AddTagSpecification("security-group", tags);
  std::string id;
  const absl::Status made = session.RetryWhile(
      {"InvalidVpcID.NotFound"}, kParentLimit, "the VPC " + vpc + " to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(const Xml reply, session.Ec2("CreateSecurityGroup", params,
                                                               Idempotency::kNonIdempotent));
        id = Text(reply.root, "groupId");
        return absl::OkStatus();
      });
  if (HasCode(made, {"InvalidGroup.Duplicate"})) {
    return AfterDuplicate(session, inputs, tags, made);
  }
  PALISADE_RETURN_IF_ERROR(made);
  return id;
}

// The group of that name may be what an earlier try of this create has made; its marker tells.
absl::StatusOr<std::string> SecurityGroup::AfterDuplicate(Session& session,
                                                          const PropertyMap& inputs,
                                                          const Tags& tags,
                                                          const absl::Status& refused) const {
  Params params;
  params.AddFilter("group-name", {TextOf(inputs, names::kGroupName)});
  const std::string vpc = TextOf(inputs, names::kVpcId);
  if (!vpc.empty()) params.AddFilter("vpc-id", {vpc});
  const auto seen = DescribeFirst(session, "DescribeSecurityGroups", params, "securityGroupInfo");
  if (!seen.ok() || !seen->node) return refused;
  const std::string id = Text(seen->node, "groupId");
  if (SameMarker(tags, TagSet(seen->node))) return id;
  // Without vpcId the group that was found may be another VPC's.
  if (vpc.empty()) return refused;
  return base::Annotate(
      refused, "the VPC has a security group of that name, " + id +
                   "; choose another groupName, or take the group over with `pulumi import "
                   "palisade:aws/ec2:SecurityGroup NAME " +
                   id +
                   "`; if it is this resource's predecessor, set the option "
                   "deleteBeforeReplace");
}

absl::Status SecurityGroup::Settle(Session& session, const std::string& id,
                                   const PropertyMap& inputs, bool fresh) const {
  const auto watch = [&](const std::string& what, auto judge) {
    return WatchUntil(session, {.what = what,
                                .not_found = kNoSecurityGroup,
                                .fresh = fresh,
                                .describe = [&] { return Describe(session, id); },
                                .judge = judge});
  };
  PALISADE_ASSIGN_OR_RETURN(Seen seen,
                            watch("waiting for the security group " + id + " to be visible",
                                  [](pugi::xml_node) -> absl::StatusOr<Sight> {
                                    return Sight{.done = true, .state = ""};
                                  }));
  Wanted wanted = WantedOf(inputs, session.call());
  bool changed = false;
  for (auto& [direction, rules] : wanted.lists) {
    PALISADE_RETURN_IF_ERROR(ResolveGroupNames(session, Text(seen.node, "vpcId"), rules));
    const RulePlan plan = PlanRules(rules, RulesOfGroup(seen.node, direction));
    if (plan.empty()) continue;
    PALISADE_RETURN_IF_ERROR(CarryOut(session, id, direction, plan));
    changed = true;
  }
  if (changed) {
    const base::SteadyTime start = session.call().clock().Steady();
    PALISADE_ASSIGN_OR_RETURN(
        seen, watch("waiting for the rules of the security group " + id + " to show",
                    [&](pugi::xml_node group) -> absl::StatusOr<Sight> {
                      const std::string missing = wanted.Missing(group);
                      if (missing.empty()) return Sight{.done = true, .state = ""};
                      if (session.call().clock().Steady() - start < kUnseenLimit) {
                        return Sight{.done = false, .state = "rules not visible yet"};
                      }
                      return base::FailedPrecondition(
                          "the security group " + id +
                          " does not show its rules as they were asked for: " + missing);
                    }));
  }
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> SecurityGroup::Look(Session& session, const std::string& id,
                                                         const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kSecurityGroup));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.inputs[names::kGroupDescription] = Text(seen.node, "groupDescription");
  PutText(found.inputs, names::kGroupName, Text(seen.node, "groupName"));
  PutText(found.inputs, names::kVpcId, Text(seen.node, "vpcId"));
  PutRules(seen.node, inputs, found);
  found.outputs[names::kGroupId] = id;
  PutText(found.outputs, names::kVpcId, Text(seen.node, "vpcId"));
  PutText(found.outputs, names::kArn,
          ArnOf(session, Text(seen.node, "ownerId"), "security-group/" + id));
  found.tags = TagSet(seen.node);
  return found;
}

absl::Status SecurityGroup::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  std::chrono::seconds limit = kPatience;
  if (const auto left = session.call().Left()) {
    limit = std::max(std::chrono::floor<std::chrono::seconds>(*left) - kAfterWait,
                     std::chrono::seconds(0));
  }
  const absl::Status status = session.RetryWhile(
      kInUse, limit, "what uses the security group " + id + " (interfaces, rules) to be gone", [&] {
        return session
            .Ec2("DeleteSecurityGroup", Params().Add("GroupId", id), Idempotency::kIdempotent)
            .status();
      });
  if (HasCode(status, kInUse)) {
    return base::Annotate(status,
                          "the security group " + id +
                              " is still used: look for network interfaces that have it and for "
                              "rules of other groups that name it");
  }
  PALISADE_RETURN_IF_ERROR(status);
  return WaitUntilGone(session, "waiting for the security group " + id + " to be gone",
                       kNoSecurityGroup, [&] { return Describe(session, id); });
}

absl::StatusOr<ListedPage> SecurityGroup::Enumerate(Session& session,
                                                    const std::string& continuation,
                                                    std::size_t page_size) const {
  const auto ids = [](pugi::xml_node group) -> std::vector<std::string> {
    return {Text(group, "groupId")};
  };
  return ListOnePage(session, {"DescribeSecurityGroups", "securityGroupInfo", 1000, ids},
                     continuation, page_size);
}

void SecurityGroup::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MoveSecurityGroup(inputs, outputs);
}

}  // namespace palisade::aws::ec2

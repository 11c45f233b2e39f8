#include "provider/clouds/aws/resources/ec2/security_group_calls.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;

constexpr std::string_view kDuplicate = "InvalidPermission.Duplicate";
constexpr std::string_view kAbsent = "InvalidPermission.NotFound";
constexpr std::string_view kNoRoom = "RulesPerSecurityGroupLimitExceeded";

struct Order {
  std::string_view operation;
  /// The code that says that it is done.
  std::string_view done;
  bool describe = false;
};

absl::Status SendRules(Session& session, const std::string& group, const Order& order,
                       const GroupRules& rules) {
  if (rules.empty()) return absl::OkStatus();
  Params params;
  params.Add("GroupId", group);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    AddPermission(params, i + 1, rules[i], order.describe);
  }
  // A new group, this one or one that a rule names, may not be known everywhere yet.
  const absl::Status status = session.RetryWhile(
      kNoSecurityGroup, kParentLimit, "the security groups of the rules to be visible",
      [&] { return session.Ec2(order.operation, params, Idempotency::kIdempotent).status(); });
  if (order.done.empty() || !HasCode(status, {order.done})) return status;
  if (rules.size() == 1) return absl::OkStatus();
  // EC2 refuses all of them for the sake of one.
  for (const GroupRule& rule : rules) {
    PALISADE_RETURN_IF_ERROR(SendRules(session, group, order, {rule}));
  }
  return absl::OkStatus();
}

}  // namespace

const RuleVerbs& VerbsOf(Direction direction) {
  static constexpr RuleVerbs kIngress{"AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress",
                                      "UpdateSecurityGroupRuleDescriptionsIngress"};
  static constexpr RuleVerbs kEgress{"AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress",
                                     "UpdateSecurityGroupRuleDescriptionsEgress"};
  return direction == Direction::kIngress ? kIngress : kEgress;
}

RulePlan PlanRules(const GroupRules& wanted, const GroupRules& seen) {
  RulePlan plan;
  const RuleMatch match = MatchRules(wanted, seen, /*by_name=*/true);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& at = match.of_wanted[i];
    if (!at) {
      plan.add.push_back(wanted[i]);
    } else if (seen[*at].description != wanted[i].description) {
      plan.describe.push_back(wanted[i]);
    }
  }
  for (const std::size_t at : match.others) plan.remove.push_back(seen[at]);
  return plan;
}

absl::Status CarryOut(Session& session, const std::string& group, Direction direction,
                      const RulePlan& plan) {
  const RuleVerbs& verbs = VerbsOf(direction);
  const Order add{verbs.authorize, kDuplicate, /*describe=*/true};
  const Order revoke{verbs.revoke, kAbsent};
  const absl::Status added = SendRules(session, group, add, plan.add);
  const bool no_room = HasCode(added, {kNoRoom}) && !plan.remove.empty();
  if (!no_room) PALISADE_RETURN_IF_ERROR(added);
  PALISADE_RETURN_IF_ERROR(
      SendRules(session, group, {verbs.describe, "", /*describe=*/true}, plan.describe));
  PALISADE_RETURN_IF_ERROR(SendRules(session, group, revoke, plan.remove));
  return no_room ? SendRules(session, group, add, plan.add) : absl::OkStatus();
}

absl::Status ResolveGroupNames(Session& session, const std::string& vpc, GroupRules& rules) {
  for (GroupRule& rule : rules) {
    // Another account's groups cannot be seen.
    if (rule.peer != GroupRule::Peer::kGroupName || !rule.owner.empty()) continue;
    Params params;
    params.AddFilter("vpc-id", {vpc}).AddFilter("group-name", {rule.far_end});
    PALISADE_ASSIGN_OR_RETURN(const Seen seen, DescribeFirst(session, "DescribeSecurityGroups",
                                                             params, "securityGroupInfo"));
    if (!seen.node) {
      return base::FailedPrecondition("sourceSecurityGroupName: the VPC " + vpc +
                                      " has no security group \"" + rule.far_end +
                                      "\"; name one that exists, or use sourceSecurityGroupId");
    }
    rule.peer = GroupRule::Peer::kGroup;
    rule.far_end = Text(seen.node, "groupId");
  }
  return absl::OkStatus();
}

bool SameMarker(const Tags& ours, const Tags& theirs) {
  const auto our = ours.find(kMarkerKey);
  const auto their = theirs.find(kMarkerKey);
  return our != ours.end() && their != theirs.end() && our->second == their->second;
}

}  // namespace palisade::aws::ec2

#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/clouds/aws/resources/ec2/security_group_rules.h"

namespace palisade::aws::ec2 {

/// EC2's operations on the rules of one direction.
struct RuleVerbs {
  std::string_view authorize, revoke, describe;
};
const RuleVerbs& VerbsOf(Direction direction);

/// What has to happen so that a group has the rules that are wanted.
struct RulePlan {
  GroupRules add, describe, remove;
  bool empty() const { return add.empty() && describe.empty() && remove.empty(); }
};
RulePlan PlanRules(const GroupRules& wanted, const GroupRules& seen);

/// Carries it out: adds, describes, then revokes; where the group has no room for both, it revokes
/// first. What is done already is no error, so that it may run again after a lost reply.
absl::Status CarryOut(Session& session, const std::string& group, Direction direction,
                      const RulePlan& plan);

/// Puts the id in the place of names of groups, which belong to the default VPC `vpc`.
/// FAILED_PRECONDITION when there is no such group.
absl::Status ResolveGroupNames(Session& session, const std::string& vpc, GroupRules& rules);

/// Whether both carry the marker of the same unfinished create.
bool SameMarker(const Tags& ours, const Tags& theirs);

}  // namespace palisade::aws::ec2

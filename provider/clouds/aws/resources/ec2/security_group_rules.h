#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "provider/clouds/aws/core/params.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

enum class Direction { kIngress, kEgress };

/// One rule of a security group in the one form that all its spellings share: that in which EC2
/// answers.
struct GroupRule {
  enum class Peer { kCidr, kCidrV6, kPrefixList, kGroup, kGroupName };

  std::string protocol;  ///< "tcp", "udp", "icmp", "icmpv6", "-1" or another number
  /// Ports, or ICMP's type and code; -1 for all, and where the protocol has none.
  std::int64_t from = -1, to = -1;
  Peer peer = Peer::kCidr;
  std::string far_end;     ///< the range or id that `peer` speaks of
  std::string owner = {};  ///< the account of a group; may be empty
  std::string description = {};
};
using GroupRules = std::vector<GroupRule>;

/// The same permission; EC2 takes it once per group, whatever its description.
bool SamePermission(const GroupRule& a, const GroupRule& b);

/// "tcp 443 from 10.0.0.0/16"
std::string RuleText(const GroupRule& rule, Direction direction);

/// A rule as a program writes it, inline or as a resource. What is unknown counts as absent.
GroupRule RuleOfInputs(const value::PropertyMap& inputs, Direction direction);
/// The rules of a list of such; of two that are the same permission the first.
GroupRules RulesOfList(const value::PropertyArray& list, Direction direction);

/// What a program would write for the rule. The account of a group is left out where it is
/// `group_owner`, which owns the rule's own group.
value::PropertyMap InputsOfRule(const GroupRule& rule, Direction direction,
                                const std::string& group_owner);

/// The rules of a group in DescribeSecurityGroups' reply.
GroupRules RulesOfGroup(pugi::xml_node group, Direction direction);
/// The rule of an item of securityGroupRuleSet.
GroupRule RuleOfReply(pugi::xml_node item);

/// IpPermissions.`number`, with or without the description.
void AddPermission(Params& params, std::size_t number, const GroupRule& rule, bool describe);

/// Which rule of `seen` each of `wanted` is, by permission.
struct RuleMatch {
  std::vector<std::optional<std::size_t>> of_wanted;
  std::vector<std::size_t> others;  ///< those of `seen` that are none of them
};
/// `by_name`: a rule that names its group may be any rule with a group that no other one is.
RuleMatch MatchRules(const GroupRules& wanted, const GroupRules& seen, bool by_name);

/// Whether two lists of a program mean the same rules, descriptions included. False if one holds
/// unknowns.
bool SameRules(const value::PropertyArray& a, const value::PropertyArray& b, Direction direction);

/// What the group shows, in the order and spelling of `prior` where that means the same.
value::PropertyArray SpelledRules(const value::PropertyArray* prior, const GroupRules& seen,
                                  Direction direction, const std::string& group_owner);

}  // namespace palisade::aws::ec2

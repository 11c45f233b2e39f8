#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// The names that a list of custom actions (`customActions` of a rule group,
/// `statelessCustomActions` of a policy) defines; nullopt when one of them is unknown. Fails at a
/// name that is defined twice (`aws.nf.custom-action`).
std::optional<std::set<std::string>> CustomActions(const Place& place, std::string_view name);

/// The list of actions `name` holds exactly one of aws:pass, aws:drop and aws:forward_to_sfe
/// (`aws.nf.actions`), and beside it only names in `custom` (`aws.nf.custom-action`). With
/// `custom` absent any name is taken.
void CheckStatelessActions(const Place& place, std::string_view name,
                           const std::optional<std::set<std::string>>& custom);

/// Rules of `statelessRulesAndCustomActions`: the above, and `aws.nf.priority`,
/// `aws.nf.address-is-domain`, `aws.nf.address`, `aws.nf.ports`, `aws.nf.tcp-flags`,
/// `aws.nf.protocol`. Ports without TCP or UDP, and flags without TCP, are warned of: the service's
/// model says that they are "only used for" those.
void CheckStatelessRules(const Place& source);

/// Fails (`aws.nf.priority`) at each item of the list `name` whose `priority` an earlier one has.
void CheckPriorities(const Place& place, std::string_view name);

}  // namespace palisade::aws::rules

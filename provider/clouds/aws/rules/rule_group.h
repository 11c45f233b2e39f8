#pragma once

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// Every rule of a Network Firewall rule group's inputs that needs no cloud: those of
/// domain_list.h, stateless.h, five_tuple.h, suricata_check.h, suricata_group.h and capacity.h, and
/// `aws.nf.rules-source` (one source, `rules` or `ruleGroup`), `aws.nf.rule-group-type` (the type
/// against the source, and what only stateful groups have).
void CheckRuleGroup(const PropertyMap& inputs, Findings& findings);

}  // namespace palisade::aws::rules

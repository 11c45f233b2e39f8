#pragma once

#include <cstdint>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

// What a group's rules need. Each is a lower bound: what is unknown counts as little as it can, so
// that a capacity below it is wrong whatever the unknown turns out to be.

/// The sum over `statelessRules` of the product of the sizes of the six match settings, an empty
/// one counting 1 (Capacity of CreateRuleGroup in the service's model).
std::int64_t StatelessNeed(const PropertyMap& source);

/// The number of rules: of `text` (Suricata), or of `statefulRules`. The model calls it the
/// minimum.
std::int64_t SuricataNeed(std::string_view text);
std::int64_t StatefulRulesNeed(const PropertyMap& source);

/// Targets times target types (of TLS_SNI and HTTP_HOST): one rule for each name and protocol. The
/// model counts rules, the developer guide does not say how many the service generates; a
/// measurement that was published (100 names over HTTP need 101) found one more for each target
/// type, which CheckCapacity warns of.
std::int64_t DomainListNeed(const PropertyMap& list);

/// Fails (`aws.nf.capacity`) at `capacity` when it is lower than the rules of `ruleGroup` or
/// `rules` need, with the number.
void CheckCapacity(const PropertyMap& inputs, Findings& findings);

}  // namespace palisade::aws::rules

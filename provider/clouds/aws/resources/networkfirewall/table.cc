#include "provider/clouds/aws/resources/networkfirewall/table.h"

#include <algorithm>
#include <array>

#include "provider/clouds/aws/resources/networkfirewall/firewall.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_policy.h"
#include "provider/clouds/aws/resources/networkfirewall/logging_configuration.h"
#include "provider/clouds/aws/resources/networkfirewall/rule_group.h"

namespace palisade::aws {
namespace {

constexpr std::array<AwsResourceRow, 4> kRows = {{
    {"palisade:aws/networkfirewall:Firewall", MakeAwsResource<networkfirewall::Firewall>},
    {"palisade:aws/networkfirewall:FirewallPolicy",
     MakeAwsResource<networkfirewall::FirewallPolicy>},
    {"palisade:aws/networkfirewall:LoggingConfiguration",
     MakeAwsResource<networkfirewall::LoggingConfiguration>},
    {"palisade:aws/networkfirewall:RuleGroup", MakeAwsResource<networkfirewall::RuleGroup>},
}};
static_assert(std::ranges::is_sorted(kRows, {}, &AwsResourceRow::token));

}  // namespace

std::span<const AwsResourceRow> NetworkFirewallRows() { return kRows; }

}  // namespace palisade::aws

#include "provider/clouds/aws/rules/firewall.h"

#include <map>
#include <string>

#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kRule = "aws.nf.attachment";

// Fails at each item of the list `list` whose text `name` an earlier one has.
void CheckUnique(const Place& place, std::string_view list, std::string_view name,
                 std::string_view why) {
  std::map<std::string, std::string> seen;
  place.Objects(list, [&](const Place& item) {
    const auto text = View(item.bag).String(name);
    if (!text) return;
    const auto [first, is_new] = seen.emplace(*text, item.path.Text());
    if (is_new) return;
    item.Fail(name, "aws.nf.duplicate",
              Quoted(*text) + " stands in " + first->second + " already; " + std::string(why));
  });
}

bool IsEmptyList(const Place& place, std::string_view name) {
  const PropertyArray* items = View(place.bag).Array(name);
  return items != nullptr ? items->empty() : !View(place.bag).Has(name);
}

void CheckVpcForm(const Place& firewall) {
  if (!IsEmptyList(firewall, "availabilityZoneMappings")) {
    firewall.Fail("availabilityZoneMappings", kRule,
                  "belongs to a firewall with a transitGatewayId; a firewall in a VPC has "
                  "subnetMappings");
  }
  if (IsEmptyList(firewall, "subnetMappings")) {
    firewall.Warn("subnetMappings", kRule,
                  "names no subnet, so that the firewall has no endpoint that traffic could pass; "
                  "list one subnet for each availability zone");
  }
}

void CheckGatewayForm(const Place& firewall) {
  if (!IsEmptyList(firewall, "subnetMappings")) {
    firewall.Fail("subnetMappings", kRule,
                  "belongs to a firewall with a vpcId; one with a transitGatewayId has "
                  "availabilityZoneMappings");
  }
  if (IsEmptyList(firewall, "availabilityZoneMappings")) {
    firewall.Fail("availabilityZoneMappings", kRule,
                  "names no zone; a firewall with a transitGatewayId needs at least one");
  }
}

}  // namespace

void CheckFirewall(const PropertyMap& inputs, Findings& findings) {
  const Place firewall{inputs, PropertyPath(), findings};
  const View view(inputs);
  const bool vpc = view.Has("vpcId"), gateway = view.Has("transitGatewayId");
  if (vpc && gateway) {
    firewall.Fail("transitGatewayId", kRule,
                  "vpcId and transitGatewayId are both set; a firewall has one of the two");
  } else if (vpc) {
    CheckVpcForm(firewall);
  } else if (gateway) {
    CheckGatewayForm(firewall);
  } else {
    firewall.Fail("vpcId", kRule,
                  "is missing; set vpcId and subnetMappings, or transitGatewayId and "
                  "availabilityZoneMappings");
  }
  CheckId(firewall, "vpcId", kVpc);
  CheckId(firewall, "transitGatewayId", kTransitGateway);
  CheckArn(firewall, "firewallPolicyArn", kPolicyArn);
  firewall.Objects("subnetMappings",
                   [](const Place& mapping) { CheckId(mapping, "subnetId", kSubnet); });
  CheckUnique(firewall, "subnetMappings", "subnetId",
              "each subnet is mapped once, one for each availability zone");
  CheckUnique(firewall, "availabilityZoneMappings", "availabilityZone", "each zone is mapped once");
}

}  // namespace palisade::aws::rules

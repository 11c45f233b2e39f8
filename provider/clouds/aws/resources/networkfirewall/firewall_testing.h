#pragma once

// Descriptions of a firewall, as the tests of its files need them.

#include "provider/clouds/aws/resources/networkfirewall/firewall.h"
#include "provider/clouds/aws/resources/networkfirewall/testing.h"

namespace palisade::aws::networkfirewall {

inline const std::string kFirewallArn = Arn("firewall");
inline const std::string kPolicyArn = Arn("firewall-policy");
inline const std::string kOtherPolicyArn = Arn("firewall-policy", "other");
inline constexpr char kSubnetA[] = "subnet-0000000000000000a";
inline constexpr char kSubnetB[] = "subnet-0000000000000000b";
inline constexpr char kSubnetC[] = "subnet-0000000000000000c";

inline PropertyValue Mappings(std::vector<std::string> subnets) {
  PropertyArray mappings;
  for (std::string& subnet : subnets) {
    mappings.push_back(PropertyMap{{"subnetId", std::move(subnet)}});
  }
  return mappings;
}

inline PropertyMap FirewallInputs() {
  return {{"firewallName", "egress"},
          {"firewallPolicyArn", kPolicyArn},
          {"vpcId", "vpc-0123456789abcdef0"},
          {"subnetMappings", Mappings({kSubnetA})},
          {"region", "eu-west-1"}};
}

/// A description: `subnets` are those with an endpoint that is READY, in zones a, b, ...
struct Description {
  std::string status = "READY";
  std::vector<std::string> subnets = {kSubnetA};
  json firewall = json::object();  ///< members that differ
  json states = json::object();    ///< zones that differ
  std::string summary = "IN_SYNC";
  std::string token = kToken;

  json Reply() const {
    json firewall_wire{{"FirewallName", "egress"},
                       {"FirewallArn", kFirewallArn},
                       {"FirewallId", "99999999-2222-3333-4444-555555555555"},
                       {"FirewallPolicyArn", kPolicyArn},
                       {"VpcId", "vpc-0123456789abcdef0"},
                       {"SubnetMappings", json::array()},
                       {"DeleteProtection", false},
                       {"SubnetChangeProtection", false},
                       {"FirewallPolicyChangeProtection", false}};
    json sync = json::object();
    for (std::size_t i = 0; i < subnets.size(); ++i) {
      firewall_wire["SubnetMappings"].push_back(
          {{"SubnetId", subnets[i]}, {"IPAddressType", "IPV4"}});
      const std::string zone = std::string("eu-west-1") + static_cast<char>('a' + i);
      sync[zone] = {{"Attachment",
                     {{"SubnetId", subnets[i]},
                      {"EndpointId", "vpce-" + subnets[i].substr(subnets[i].size() - 1)},
                      {"Status", "READY"}}}};
    }
    firewall_wire.update(firewall);
    sync.update(states);
    return {
        {"UpdateToken", token},
        {"Firewall", firewall_wire},
        {"FirewallStatus",
         {{"Status", status}, {"ConfigurationSyncStateSummary", summary}, {"SyncStates", sync}}}};
  }
};

class FirewallTest : public testing::Test {
 protected:
  Made Update(const PropertyMap& olds, const PropertyMap& news) {
    return world.Update(type, kFirewallArn, olds, news);
  }

  World world;
  FakeService& service = world.service;
  const Firewall type{world.cloud};
};

}  // namespace palisade::aws::networkfirewall

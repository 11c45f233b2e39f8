#include "provider/clouds/aws/rules/ec2.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

PropertyMap With(PropertyMap base, PropertyMap more) {
  for (auto& [name, value] : more) base[name] = value;
  return base;
}

PropertyMap Without(PropertyMap base, const char* name) {
  base.erase(name);
  return base;
}

void ExpectGood(void (*rule)(const PropertyMap&, Findings&), const PropertyMap& good) {
  EXPECT_THAT(Check(rule, good).reasons, IsEmpty());
  ExpectUnknownsPass(rule, good);
}

const PropertyMap kVpcInputs{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}};

TEST(Vpc, ChecksRangeAndDns) {
  ExpectGood(CheckVpc, kVpcInputs);
  ExpectGood(CheckVpc, {{"ipv4IpamPoolId", "ipam-pool-1"}, {"ipv4NetmaskLength", 24}});
  const auto failures = [](const PropertyMap& inputs) { return Check(CheckVpc, inputs).failures; };
  EXPECT_THAT(failures({}), ElementsAre("cidrBlock aws.ec2.ipam"));
  EXPECT_THAT(failures({{"cidrBlock", "10.0.0.0/8"}}), ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(failures(With(kVpcInputs, {{"ipv4NetmaskLength", 24}})),
              ElementsAre("ipv4NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(failures({{"ipv4IpamPoolId", "p"}, {"ipv4NetmaskLength", 29}}),
              ElementsAre("ipv4NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(failures(With(kVpcInputs, {{"enableDnsSupport", false}})),
              ElementsAre("enableDnsHostnames aws.ec2.dns"));
  for (const char* tenancy : {"default", "dedicated"}) {
    ExpectGood(CheckVpc, With(kVpcInputs, {{"instanceTenancy", tenancy}}));
  }
  const Found host = Check(CheckVpc, With(kVpcInputs, {{"instanceTenancy", "host"}}));
  EXPECT_THAT(host.failures, ElementsAre("instanceTenancy aws.ec2.tenancy"));
  EXPECT_THAT(host.reasons, ElementsAre(HasSubstr("write \"dedicated\"")));
  EXPECT_THAT(Check(CheckVpc, {{"ipv4IpamPoolId", "p"}}).warnings,
              ElementsAre("ipv4NetmaskLength aws.ec2.ipam"));
}

const PropertyMap kSubnetInputs{
    {"vpcId", "vpc-0a1b2c3d"}, {"cidrBlock", "10.0.0.0/28"}, {"availabilityZone", "us-west-2a"}};

TEST(Subnet, ChecksRangesAndZone) {
  ExpectGood(CheckSubnet, kSubnetInputs);
  ExpectGood(CheckSubnet, With(kSubnetInputs, {{"ipv6CidrBlock", "2001:db8::/64"}}));
  ExpectGood(CheckSubnet,
             {{"vpcId", kUnknown}, {"ipv6Native", true}, {"ipv6CidrBlock", "2001:db8::/64"}});
  const auto failures = [](const PropertyMap& more) {
    return Check(CheckSubnet, With(kSubnetInputs, more)).failures;
  };
  EXPECT_THAT(failures({{"vpcId", "subnet-0a1b2c3d"}}), ElementsAre("vpcId aws.ec2.id"));
  EXPECT_THAT(failures({{"cidrBlock", "10.0.0.0/29"}}), ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(failures({{"ipv6CidrBlock", "10.0.0.0/24"}}),
              ElementsAre("ipv6CidrBlock aws.ec2.cidr"));
  EXPECT_THAT(failures({{"availabilityZoneId", "usw2-az1"}}),
              ElementsAre("availabilityZoneId aws.ec2.zone"));
  for (const char* id : {"usw2-az1", "usw2-lax1-az1"}) {
    EXPECT_THAT(failures({{"availabilityZone", id}}), ElementsAre("availabilityZone aws.ec2.zone"));
  }
  for (const char* zone : {"us-west-2-lax-1a", "us-east-1-wl1-bos-wlz-1", "us-west-2-aza-1a"}) {
    ExpectGood(CheckSubnet, With(kSubnetInputs, {{"availabilityZone", zone}}));
  }
  EXPECT_THAT(failures({{"ipv6Native", true}}),
              UnorderedElementsAre("cidrBlock aws.ec2.ipv6", "ipv6CidrBlock aws.ec2.ipv6"));
  EXPECT_THAT(Check(CheckSubnet, Without(kSubnetInputs, "cidrBlock")).failures,
              ElementsAre("cidrBlock aws.ec2.ipam"));
  for (const char* range : {"2001:db8::/65", "2001:db8::/62", "2001:db8::/40"}) {
    EXPECT_THAT(failures({{"ipv6CidrBlock", range}}), ElementsAre("ipv6CidrBlock aws.ec2.cidr"));
  }
}

TEST(Subnet, ChecksPoolsOfBothFamilies) {
  const PropertyMap pools{{"vpcId", "vpc-0a1b2c3d"},   {"ipv4IpamPoolId", "p4"},
                          {"ipv4NetmaskLength", 24},   {"ipv6IpamPoolId", "p6"},
                          {"ipv6NetmaskLength", 64},   {"enableDns64", true},
                          {"availabilityZone", "a-1a"}};
  ExpectGood(CheckSubnet, pools);
  const auto check = [](const PropertyMap& inputs) { return Check(CheckSubnet, inputs); };
  EXPECT_THAT(check(With(kSubnetInputs, {{"ipv6NetmaskLength", 64}})).failures,
              ElementsAre("ipv6NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(check(With(pools, {{"ipv6CidrBlock", "2001:db8::/64"}})).failures,
              ElementsAre("ipv6NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(check(Without(pools, "ipv6NetmaskLength")).warnings,
              ElementsAre("ipv6NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(check({{"vpcId", kUnknown}, {"ipv6Native", kUnknown}}).reasons, IsEmpty());
}

TEST(Subnet, ChecksWhatNeedsAnIpv6Range) {
  const auto aaaa = [](const PropertyValue& on) {
    return PropertyMap{
        {"privateDnsNameOptionsOnLaunch", PropertyMap{{"enableResourceNameDnsAaaaRecord", on}}}};
  };
  const auto failures = [](const PropertyMap& more) {
    return Check(CheckSubnet, With(kSubnetInputs, more)).failures;
  };
  EXPECT_THAT(failures({{"assignIpv6AddressOnCreation", true}}),
              ElementsAre("assignIpv6AddressOnCreation aws.ec2.ipv6"));
  EXPECT_THAT(failures({{"enableDns64", true}}), ElementsAre("enableDns64 aws.ec2.ipv6"));
  // One mistake is told once.
  EXPECT_THAT(Check(CheckSubnet, {{"vpcId", kUnknown}, {"ipv6Native", true}, {"enableDns64", true}})
                  .failures,
              ElementsAre("ipv6CidrBlock aws.ec2.ipv6"));
  EXPECT_THAT(
      failures(aaaa(true)),
      ElementsAre("privateDnsNameOptionsOnLaunch.enableResourceNameDnsAaaaRecord aws.ec2.ipv6"));
  for (const PropertyValue& off : {PropertyValue(false), kUnknown}) {
    EXPECT_THAT(failures(With(aaaa(off), {{"enableDns64", off}})), IsEmpty());
  }
  for (const char* source : {"ipv6CidrBlock", "ipv6IpamPoolId"}) {
    EXPECT_THAT(failures(With(aaaa(true), {{"enableDns64", true}, {source, kUnknown}})), IsEmpty());
  }
}

TEST(Subnet, LiesInOneOfTheRangesOfItsVpc) {
  const auto check = [](const PropertyValue& block, const std::vector<std::string>& ranges) {
    Findings findings;
    CheckSubnetRange({{"cidrBlock", block}}, ranges, findings);
    EXPECT_THAT(In(findings).failures, IsEmpty());
    return In(findings);
  };
  const std::vector<std::string> two = {"10.0.0.0/16", "100.64.0.0/16"};
  EXPECT_THAT(check("10.0.255.0/24", two).warnings, IsEmpty());
  EXPECT_THAT(check("10.0.0.0/16", two).warnings, IsEmpty());
  EXPECT_THAT(check("100.64.1.7/24", two).warnings, IsEmpty());
  const Found outside = check("10.1.0.0/24", two);
  EXPECT_THAT(outside.warnings, ElementsAre("cidrBlock aws.ec2.subnet-range"));
  EXPECT_THAT(outside.reasons, ElementsAre(HasSubstr("10.0.0.0/16, 100.64.0.0/16")));
  EXPECT_THAT(check("10.0.0.0/15", two).warnings, Not(IsEmpty()));
  // What is no range fails elsewhere, and of a VPC that nobody has seen nothing is said.
  EXPECT_THAT(check("10.1.0.0", two).warnings, IsEmpty());
  EXPECT_THAT(check(kUnknown, two).warnings, IsEmpty());
  EXPECT_THAT(check("10.1.0.0/24", {}).warnings, IsEmpty());
}

TEST(Subnet, OnAnOutpostNamesItsZone) {
  const PropertyMap outpost =
      With(kSubnetInputs, {{"outpostArn", "arn:aws:outposts:us-west-2:111122223333:outpost/op-1"}});
  ExpectGood(CheckSubnet, outpost);
  EXPECT_THAT(Check(CheckSubnet, Without(outpost, "availabilityZone")).failures,
              ElementsAre("outpostArn aws.ec2.zone"));
}

const PropertyMap kIngress{{"groupId", "sg-0a1b2c3d"},
                           {"ipProtocol", "tcp"},
                           {"fromPort", 443},
                           {"toPort", 443},
                           {"cidrIp", "10.0.0.0/8"}};

Found Ingress(const PropertyMap& more) {
  return Check(CheckSecurityGroupIngress, With(kIngress, more));
}

TEST(SecurityGroupRule, TakesGoodRulesWhateverIsUnknown) {
  ExpectGood(CheckSecurityGroupIngress, kIngress);
  ExpectGood(CheckSecurityGroupEgress,
             {{"groupId", "sg-0a1b2c3d"}, {"ipProtocol", "-1"}, {"cidrIpv6", "::/0"}});
  ExpectGood(CheckSecurityGroupEgress, {{"groupId", "sg-0a1b2c3d"},
                                        {"ipProtocol", "udp"},
                                        {"fromPort", 0},
                                        {"toPort", 65535},
                                        {"destinationSecurityGroupId", "sg-0a1b2c3e"}});
}

TEST(SecurityGroupRule, JudgesProtocols) {
  const struct {
    const char *given, *reason;
  } rows[] = {{"all", "write \"-1\""}, {"any", "write \"-1\""},  {"https", "write \"tcp\""},
              {"icmp6", "\"icmpv6\""}, {"256", "from 0 to 255"}, {"quic", "from 0 to 255"},
              {"-2", "from 0 to 255"}};
  for (const auto& row : rows) {
    const Found found = Ingress({{"ipProtocol", row.given}});
    EXPECT_THAT(found.failures, ElementsAre("ipProtocol aws.ec2.protocol")) << row.given;
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason)));
  }
}

TEST(SecurityGroupRule, JudgesPorts) {
  const struct {
    const char* protocol;
    int from, to;
    const char* failure;
  } rows[] = {
      {"tcp", 443, 80, "fromPort aws.ec2.ports"},
      {"17", 0, 65536, "toPort aws.ec2.ports"},
      {"udp", -2, 80, "fromPort aws.ec2.ports"},
      {"icmp", -1, 0, "toPort aws.ec2.ports"},
      {"icmp", 256, 0, "fromPort aws.ec2.ports"},
      {"icmpv6", -1, 3, "toPort aws.ec2.ports"},
      {"icmp", -1, -1, nullptr},
      {"icmp", 8, -1, nullptr},
      {"1", 8, 0, nullptr},
      {"6", 0, 65535, nullptr},
      {"-1", -1, -1, nullptr},
      {"-1", 0, 0, nullptr},
  };
  for (const auto& row : rows) {
    const Found found =
        Ingress({{"ipProtocol", row.protocol}, {"fromPort", row.from}, {"toPort", row.to}});
    if (row.failure == nullptr) {
      EXPECT_THAT(found.reasons, IsEmpty()) << row.protocol << row.from;
    } else {
      EXPECT_THAT(found.failures, ElementsAre(row.failure)) << row.protocol << row.from;
    }
  }
  EXPECT_THAT(Ingress({{"ipProtocol", "-1"}}).warnings, ElementsAre("fromPort aws.ec2.ports"));
  EXPECT_THAT(Ingress({{"ipProtocol", "50"}}).warnings, ElementsAre("fromPort aws.ec2.ports"));
  EXPECT_THAT(Check(CheckSecurityGroupIngress, Without(kIngress, "toPort")).failures,
              ElementsAre("toPort aws.ec2.ports"));
  PropertyMap icmp = With(kIngress, {{"ipProtocol", "icmp"}});
  EXPECT_THAT(Check(CheckSecurityGroupIngress, Without(icmp, "fromPort")).failures,
              UnorderedElementsAre("fromPort aws.ec2.ports", "toPort aws.ec2.ports"));
  icmp["ipProtocol"] = "icmpv6";
  EXPECT_THAT(
      Check(CheckSecurityGroupIngress, Without(Without(icmp, "fromPort"), "toPort")).reasons,
      IsEmpty());
}

TEST(SecurityGroupRule, HasExactlyOnePeer) {
  EXPECT_THAT(Ingress({{"cidrIpv6", "2001:db8::/32"}}).failures,
              ElementsAre("cidrIpv6 aws.ec2.peer"));
  EXPECT_THAT(Check(CheckSecurityGroupIngress, Without(kIngress, "cidrIp")).failures,
              ElementsAre("cidrIp aws.ec2.peer"));
  EXPECT_THAT(Ingress({{"cidrIp", "2001:db8::/32"}}).failures, ElementsAre("cidrIp aws.ec2.cidr"));
  EXPECT_THAT(Ingress({{"cidrIp", "10.0.0.1"}}).reasons, ElementsAre(HasSubstr("10.0.0.1/32")));
  EXPECT_THAT(Check(CheckSecurityGroupEgress,
                    With(Without(kIngress, "cidrIp"), {{"destinationPrefixListId", "sg-0a1b2c3d"}}))
                  .failures,
              ElementsAre("destinationPrefixListId aws.ec2.id"));
}

TEST(SecurityGroupRule, NamesItsGroup) {
  EXPECT_THAT(Check(CheckSecurityGroupIngress, Without(kIngress, "groupId")).failures,
              ElementsAre("groupId aws.ec2.exclusive"));
  EXPECT_THAT(Ingress({{"groupName", "a"}}).failures, ElementsAre("groupName aws.ec2.exclusive"));
}

TEST(SecurityGroupRule, WarnsOfWhatIsOpenToTheWorld) {
  const PropertyMap world{{"cidrIp", "0.0.0.0/0"}};
  EXPECT_THAT(Ingress(world).reasons, IsEmpty());
  EXPECT_THAT(Ingress(With(world, {{"fromPort", 0}})).warnings,
              ElementsAre("cidrIp aws.ec2.open-to-world"));
  EXPECT_THAT(Ingress(With(world, {{"fromPort", 3000}, {"toPort", 4000}})).reasons,
              ElementsAre(HasSubstr("3389")));
  EXPECT_THAT(Check(CheckSecurityGroupIngress,
                    {{"groupId", "sg-0a1b2c3d"}, {"ipProtocol", "-1"}, {"cidrIpv6", "::/0"}})
                  .warnings,
              ElementsAre("cidrIpv6 aws.ec2.open-to-world"));
}

TEST(SecurityGroup, ChecksTextsAndItsRules) {
  const PropertyMap rule = Without(kIngress, "groupId");
  const PropertyMap good{{"groupDescription", "web servers (a/b)"},
                         {"groupName", "web"},
                         {"vpcId", "vpc-0a1b2c3d"},
                         {"securityGroupIngress", PropertyArray{rule}},
                         {"securityGroupEgress", PropertyArray{rule}}};
  ExpectGood(CheckSecurityGroup, good);
  const auto failures = [&](const PropertyMap& more) {
    return Check(CheckSecurityGroup, With(good, more)).failures;
  };
  EXPECT_THAT(failures({{"groupDescription", "web's"}}),
              ElementsAre("groupDescription aws.ec2.text"));
  EXPECT_THAT(failures({{"groupDescription", std::string(256, 'a')}}),
              ElementsAre("groupDescription aws.ec2.text"));
  EXPECT_THAT(failures({{"groupName", "sg-web"}}), ElementsAre("groupName aws.ec2.text"));
  EXPECT_THAT(failures({{"securityGroupIngress",
                         PropertyArray{rule, With(rule, {{"description", "again"}})}}}),
              ElementsAre("securityGroupIngress[1] aws.ec2.duplicate"));
  EXPECT_THAT(failures({{"securityGroupEgress", PropertyArray{With(rule, {{"cidrIp", "x"}})}}}),
              ElementsAre("securityGroupEgress[0].cidrIp aws.ec2.cidr"));
}

const PropertyMap kRouteInputs{{"routeTableId", "rtb-0a1b2c3d"},
                               {"destinationCidrBlock", "0.0.0.0/0"},
                               {"vpcEndpointId", "vpce-0123456789abcdef0"}};

Found RouteWith(const PropertyMap& more) { return Check(CheckRoute, With(kRouteInputs, more)); }

TEST(Route, HasOneDestinationAndOneTarget) {
  ExpectGood(CheckRoute, kRouteInputs);
  for (const char* gateway : {"igw-0a1b2c3d", "vgw-0a1b2c3d", "local"}) {
    ExpectGood(CheckRoute, With(Without(kRouteInputs, "vpcEndpointId"), {{"gatewayId", gateway}}));
  }
  EXPECT_THAT(RouteWith({{"destinationIpv6CidrBlock", kUnknown}}).failures,
              ElementsAre("destinationIpv6CidrBlock aws.ec2.destination"));
  EXPECT_THAT(Check(CheckRoute, Without(kRouteInputs, "destinationCidrBlock")).failures,
              ElementsAre("destinationCidrBlock aws.ec2.destination"));
  EXPECT_THAT(RouteWith({{"gatewayId", kUnknown}}).failures,
              ElementsAre("vpcEndpointId aws.ec2.target"));
  EXPECT_THAT(Check(CheckRoute, Without(kRouteInputs, "vpcEndpointId")).failures,
              ElementsAre("gatewayId aws.ec2.target"));
}

TEST(Route, SaysWhereAnIdBelongs) {
  const Found zoned = RouteWith({{"vpcEndpointId", "us-west-2a:vpce-0123456789abcdef0"}});
  EXPECT_THAT(zoned.failures, ElementsAre("vpcEndpointId aws.ec2.endpoint-zone"));
  EXPECT_THAT(zoned.reasons, ElementsAre(HasSubstr("write only \"vpce-0123456789abcdef0\"")));
  EXPECT_THAT(zoned.reasons,
              ElementsAre(HasSubstr("endpointIdsByZone with the key \"us-west-2a\"")));
  const PropertyMap none = Without(kRouteInputs, "vpcEndpointId");
  EXPECT_THAT(Check(CheckRoute, With(none, {{"gatewayId", "nat-0a1b2c3d"}})).reasons,
              ElementsAre(HasSubstr("write it as natGatewayId")));
  EXPECT_THAT(Check(CheckRoute, With(none, {{"natGatewayId", "igw-0a1b2c3d"}})).reasons,
              ElementsAre(HasSubstr("write it as gatewayId")));
  EXPECT_THAT(Check(CheckRoute, With(none, {{"gatewayId", "igw-XYZ"}})).failures,
              ElementsAre("gatewayId aws.ec2.id"));
  const std::string network = "arn:aws:networkmanager::111122223333:core-network/core-network-1";
  ExpectGood(CheckRoute, With(none, {{"coreNetworkArn", network}}));
  EXPECT_THAT(Check(CheckRoute, With(none, {{"gatewayId", network}})).reasons,
              ElementsAre(HasSubstr("write it as coreNetworkArn")));
  EXPECT_THAT(Check(CheckRoute, With(none, {{"coreNetworkArn", "arn:aws:ec2:a:1:vpc/b"}})).failures,
              ElementsAre("coreNetworkArn aws.arn"));
  EXPECT_THAT(Check(CheckRoute, none).reasons, ElementsAre(Not(HasSubstr("odbNetworkArn"))));
}

TEST(Route, HoldsTheFamiliesApart) {
  const PropertyMap none = Without(kRouteInputs, "vpcEndpointId");
  EXPECT_THAT(
      Check(CheckRoute, With(none, {{"egressOnlyInternetGatewayId", "eigw-0a1b2c3d"}})).failures,
      ElementsAre("egressOnlyInternetGatewayId aws.ec2.family"));
  const PropertyMap nat =
      With(Without(none, "destinationCidrBlock"), {{"natGatewayId", "nat-0a1b2c3d"}});
  EXPECT_THAT(Check(CheckRoute, With(nat, {{"destinationIpv6CidrBlock", "::/0"}})).warnings,
              ElementsAre("natGatewayId aws.ec2.family"));
  EXPECT_THAT(Check(CheckRoute, With(nat, {{"destinationIpv6CidrBlock", "64:ff9b::/96"}})).reasons,
              IsEmpty());
}

const PropertyMap kGatewayEndpoint{{"vpcId", "vpc-0a1b2c3d"},
                                   {"serviceName", "com.amazonaws.us-west-2.s3"},
                                   {"routeTableIds", PropertyArray{"rtb-0a1b2c3d"}}};
const PropertyMap kInterfaceEndpoint{{"vpcId", "vpc-0a1b2c3d"},
                                     {"serviceName", "com.amazonaws.us-west-2.kms"},
                                     {"vpcEndpointType", "Interface"},
                                     {"subnetIds", PropertyArray{"subnet-0a1b2c3d"}},
                                     {"securityGroupIds", PropertyArray{"sg-0a1b2c3d"}},
                                     {"privateDnsEnabled", true}};

TEST(VpcEndpoint, HoldsTheTypesApart) {
  ExpectGood(CheckVpcEndpoint, kGatewayEndpoint);
  ExpectGood(CheckVpcEndpoint, kInterfaceEndpoint);
  const auto check = [](const PropertyMap& inputs) { return Check(CheckVpcEndpoint, inputs); };
  const Found no_type = check(Without(kInterfaceEndpoint, "vpcEndpointType"));
  EXPECT_THAT(no_type.failures, ElementsAre("subnetIds aws.ec2.endpoint-type",
                                            "securityGroupIds aws.ec2.endpoint-type",
                                            "privateDnsEnabled aws.ec2.endpoint-type"));
  EXPECT_THAT(no_type.reasons[0], HasSubstr("set vpcEndpointType to Interface"));
  EXPECT_THAT(no_type.warnings, ElementsAre("serviceName aws.ec2.endpoint-type"));
  EXPECT_THAT(
      check(With(kInterfaceEndpoint, {{"routeTableIds", PropertyArray{kUnknown}}})).failures,
      ElementsAre("routeTableIds aws.ec2.endpoint-type"));
  EXPECT_THAT(
      check(With(kInterfaceEndpoint, {{"vpcEndpointType", "GatewayLoadBalancer"},
                                      {"subnetIds", PropertyArray{kUnknown, kUnknown}}}))
          .failures,
      ElementsAre("securityGroupIds aws.ec2.endpoint-type", "subnetIds aws.ec2.endpoint-type"));
  EXPECT_THAT(check(Without(kGatewayEndpoint, "serviceName")).failures,
              ElementsAre("serviceName aws.ec2.endpoint-type"));
  EXPECT_THAT(check({{"vpcId", kUnknown}, {"vpcEndpointType", "Resource"}}).reasons, IsEmpty());
}

TEST(RouteTables, CheckIds) {
  ExpectGood(CheckRouteTable, {{"vpcId", "vpc-0a1b2c3d"}});
  ExpectGood(CheckSubnetRouteTableAssociation,
             {{"routeTableId", "rtb-0a1b2c3d"}, {"subnetId", "subnet-0a1b2c3d"}});
  EXPECT_THAT(Check(CheckSubnetRouteTableAssociation,
                    {{"routeTableId", "subnet-0a1b2c3d"}, {"subnetId", "rtb-0a1b2c3d"}})
                  .failures,
              ElementsAre("routeTableId aws.ec2.id", "subnetId aws.ec2.id"));
}

TEST(VpcGatewayAttachment, HasOneGateway) {
  const PropertyMap good{{"vpcId", "vpc-0a1b2c3d"}, {"internetGatewayId", "igw-0a1b2c3d"}};
  ExpectGood(CheckVpcGatewayAttachment, good);
  EXPECT_THAT(
      Check(CheckVpcGatewayAttachment, With(good, {{"vpnGatewayId", "vgw-0a1b2c3d"}})).failures,
      ElementsAre("vpnGatewayId aws.ec2.exclusive"));
  EXPECT_THAT(Check(CheckVpcGatewayAttachment, {{"vpcId", kUnknown}}).failures,
              ElementsAre("internetGatewayId aws.ec2.exclusive"));
}

}  // namespace
}  // namespace palisade::aws::rules

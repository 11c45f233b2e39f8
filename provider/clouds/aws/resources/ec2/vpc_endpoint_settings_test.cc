#include "provider/clouds/aws/resources/ec2/testing.h"
#include "provider/clouds/aws/resources/ec2/vpc_endpoint.h"
#include "provider/clouds/aws/resources/ec2/vpc_endpoint_parts.h"

namespace palisade::aws::ec2 {
namespace {

using resource::ChangeKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kId = "vpce-0123456789abcdef0";
const std::string kDescribe = "DescribeVpcEndpoints VpcEndpointId.1=" + kId;
const std::string kModify = "ModifyVpcEndpoint VpcEndpointId=" + kId + "&";
const PropertyMap kInterface{{"vpcId", "vpc-0123456789abcdef0"},
                             {"serviceName", "com.amazonaws.eu-west-1.sts"},
                             {"vpcEndpointType", "Interface"}};
const PropertyMap kGateway{{"vpcId", "vpc-0123456789abcdef0"},
                           {"serviceName", "com.amazonaws.eu-west-1.s3"},
                           {"vpcEndpointType", "Gateway"}};
const std::string kShown = ec2::List(
    "vpcEndpointSet", Item(Element("vpcEndpointId", kId) + Element("state", "available")));

PropertyMap With(PropertyMap inputs, const std::string& name, PropertyValue item) {
  inputs[name] = std::move(item);
  return inputs;
}

TEST(PrivateDns, IsOffUnlessAskedFor) {
  const struct {
    const char *type, *service;
    std::optional<bool> said;
    const char* sent;
  } rows[] = {{"Interface", "sts", std::nullopt, "PrivateDnsEnabled=false&"},
              {"Interface", "sts", false, "PrivateDnsEnabled=false&"},
              {"Interface", "sts", true, "PrivateDnsEnabled=true&"},
              {"Gateway", "s3", std::nullopt, ""},
              {"Gateway", "s3", false, "PrivateDnsEnabled=false&"},
              {"GatewayLoadBalancer", "vpce-svc-1", std::nullopt, ""}};
  for (const auto& row : rows) {
    World world;
    const VpcEndpoint type(*world.cloud);
    world
        .On(std::string("CreateVpcEndpoint VpcEndpointType=") + row.type +
                "&VpcId=vpc-0123456789abcdef0&ServiceName=" + row.service + "&" + row.sent +
                "ClientToken=*",
            Element("vpcEndpoint", Element("vpcEndpointId", kId)))
        .On(kDescribe, kShown);
    PropertyMap inputs{{"vpcId", "vpc-0123456789abcdef0"},
                       {"serviceName", row.service},
                       {"vpcEndpointType", row.type}};
    if (row.said) inputs["privateDnsEnabled"] = *row.said;
    EXPECT_TRUE(world.Create(type, inputs).status.ok());
  }
}

TEST(PrivateDns, IsTurnedOnAndOffInPlace) {
  World world;
  const VpcEndpoint type(*world.cloud);
  const PropertyMap on = With(kInterface, "privateDnsEnabled", true);
  world.On(kDescribe, kShown).On(kModify + "PrivateDnsEnabled=true").On(kDescribe, kShown);
  EXPECT_TRUE(world.Update(type, kId, kInterface, on).ok());
  world.On(kDescribe, kShown).On(kModify + "PrivateDnsEnabled=false").On(kDescribe, kShown);
  EXPECT_TRUE(world.Update(type, kId, on, kInterface).ok());
  // It is the same for other types that can have it, although they may have it by themselves.
  const PropertyMap other = With(kInterface, "vpcEndpointType", "Resource");
  world.On(kDescribe, kShown).On(kModify + "PrivateDnsEnabled=false").On(kDescribe, kShown);
  EXPECT_TRUE(world.Update(type, kId, With(other, "privateDnsEnabled", true), other).ok());
  // Nothing to do: no call.
  world.On(kDescribe, kShown).On(kDescribe, kShown);
  EXPECT_TRUE(
      world.Update(type, kId, kInterface, With(kInterface, "privateDnsEnabled", false)).ok());
}

struct Diffed {
  std::vector<std::string> changes, warnings;
};

Diffed Diff(const PropertyMap& olds, const PropertyMap& news, resource::Changes changes) {
  const World world;
  resource::Findings findings;
  VpcEndpoint(*world.cloud)
      .Diff({kId, olds, {}, news, world.clock, *world.settings}, changes, findings);
  Diffed diffed;
  for (const auto& [path, change] : changes) diffed.changes.push_back(path.Text());
  for (const auto& one : findings.warnings()) {
    diffed.warnings.push_back(one.path.Text() + " " + one.rule);
    EXPECT_THAT(one.reason, HasSubstr("stays as it is"));
  }
  EXPECT_THAT(findings.failures(), IsEmpty());
  return diffed;
}

const resource::Change kGone{ChangeKind::kDelete, false, true};
const resource::Change kChanged{ChangeKind::kUpdate, false, true};

TEST(LeftSettings, StayWithAWarningEach) {
  PropertyMap olds = With(kInterface, "ipAddressType", "dualstack");
  olds["securityGroupIds"] = PropertyArray{"sg-1"};
  olds["dnsOptions"] = PropertyMap{{"dnsRecordIpType", "ipv4"}};
  olds["privateDnsEnabled"] = true;
  olds["routeTableIds"] = PropertyArray{"rtb-1"};
  const Diffed all = Diff(olds, kInterface,
                          {{PropertyPath("ipAddressType"), kGone},
                           {PropertyPath("securityGroupIds"), kGone},
                           {PropertyPath("dnsOptions"), kGone},
                           {PropertyPath("privateDnsEnabled"), kGone},
                           {PropertyPath("routeTableIds").Child(std::size_t{0}), kGone}});
  // The others have a default to go back to.
  EXPECT_THAT(all.changes, ElementsAre("privateDnsEnabled", "routeTableIds[0]"));
  EXPECT_THAT(all.warnings,
              ElementsAre("dnsOptions aws.ec2.setting-left", "ipAddressType aws.ec2.setting-left",
                          "securityGroupIds aws.ec2.setting-left"));
}

TEST(LeftSettings, AreWhatAnEmptyListAndAWordLeaveToEc2) {
  PropertyMap olds = With(kInterface, "ipAddressType", "dualstack");
  olds["securityGroupIds"] = PropertyArray{"sg-1"};
  PropertyMap news = With(kInterface, "ipAddressType", "not-specified");
  news["securityGroupIds"] = PropertyArray{};
  const Diffed words = Diff(olds, news,
                            {{PropertyPath("ipAddressType"), kChanged},
                             {PropertyPath("securityGroupIds").Child(std::size_t{0}), kGone}});
  EXPECT_THAT(words.changes, IsEmpty());
  EXPECT_THAT(words.warnings, ElementsAre("ipAddressType aws.ec2.setting-left",
                                          "securityGroupIds aws.ec2.setting-left"));
}

TEST(LeftSettings, WarnOncePerProperty) {
  const PropertyMap olds = With(kInterface, "dnsOptions",
                                PropertyMap{{"dnsRecordIpType", "ipv4"},
                                            {"privateDnsPreference", "ALL_DOMAINS"},
                                            {"privateDnsSpecifiedDomains", PropertyArray{"a"}}});
  const PropertyMap news = With(kInterface, "dnsOptions",
                                PropertyMap{{"privateDnsSpecifiedDomains", PropertyArray{"b"}}});
  const PropertyPath options("dnsOptions");
  const PropertyPath domain = options.Child("privateDnsSpecifiedDomains").Child(std::size_t{0});
  const Diffed some = Diff(olds, news,
                           {{options.Child("dnsRecordIpType"), kGone},
                            {options.Child("privateDnsPreference"), kGone},
                            {domain, kChanged}});
  EXPECT_THAT(some.changes, ElementsAre("dnsOptions.privateDnsSpecifiedDomains[0]"));
  EXPECT_THAT(some.warnings, ElementsAre("dnsOptions aws.ec2.setting-left"));
}

TEST(LeftSettings, AreNoMatterOfAnEndpointThatIsMadeAnew) {
  const Diffed anew =
      Diff(With(kInterface, "ipAddressType", "ipv4"), With(kInterface, "serviceName", "x"),
           {{PropertyPath("ipAddressType"), kGone},
            {PropertyPath("serviceName"), {ChangeKind::kUpdate, true, true}}});
  EXPECT_THAT(anew.changes, ElementsAre("serviceName"));
  EXPECT_THAT(anew.warnings, IsEmpty());
}

TEST(Settings, ThatMeanTheSameAreNoDifference) {
  const World world;
  const VpcEndpoint type(*world.cloud);
  const std::vector<std::string> replacing{"serviceName"};
  EXPECT_THAT(world.Diff(type, kGateway, With(kGateway, "policyDocument", kFullAccessPolicy), {}),
              IsEmpty());
  EXPECT_THAT(world.Diff(type, kGateway, With(kGateway, "subnetIds", PropertyArray{}), {}),
              IsEmpty());
  EXPECT_THAT(world.Diff(type, kGateway, With(kGateway, "serviceName", "x"), replacing),
              ElementsAre("serviceName!"));
}

}  // namespace
}  // namespace palisade::aws::ec2

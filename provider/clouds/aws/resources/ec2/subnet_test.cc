#include "provider/clouds/aws/resources/ec2/subnet.h"

#include "provider/clouds/aws/resources/ec2/testing.h"
#include "provider/clouds/aws/resources/ec2/vpc.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string kId = "subnet-0123456789abcdef0";
const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kDescribe = "DescribeSubnets SubnetId.1=" + kId;
const std::string kAcl =
    "DescribeNetworkAcls Filter.1.Name=association.subnet-id&Filter.1.Value.1=" + kId;
const std::string kAclReply =
    List("networkAclSet",
         Item(List("associationSet", Item(Element("networkAclAssociationId", "aclassoc-0") +
                                          Element("subnetId", "subnet-other")) +
                                         Item(Element("networkAclAssociationId", "aclassoc-1") +
                                              Element("subnetId", kId)))));
const std::string kModify = "ModifySubnetAttribute SubnetId=" + kId + "&";
const PropertyMap kInputs{{"vpcId", kVpc}, {"cidrBlock", "10.0.1.0/24"}};

std::string Range(const std::string& range, const std::string& state,
                  const std::string& id = "subnet-cidr-assoc-1") {
  return Item(Element("associationId", id) + Element("ipv6CidrBlock", range) +
              Element("ipv6CidrBlockState", Element("state", state)));
}

struct Shown {
  std::string state = "available";
  bool public_ip = false, assign = false;
  std::string ranges = "";
  std::string more = "";
};

std::string Subnets(const Shown& seen) {
  const auto flag = [](bool on) { return std::string(on ? "true" : "false"); };
  return List(
      "subnetSet",
      Item(Element("subnetId", kId) + Element("vpcId", kVpc) + Element("state", seen.state) +
           Element("subnetArn", "arn:aws:ec2:eu-west-1:111122223333:subnet/" + kId) +
           Element("cidrBlock", "10.0.1.0/24") + Element("availabilityZone", "eu-west-1a") +
           Element("availabilityZoneId", "euw1-az1") + Element("ipv6Native", "false") +
           Element("mapPublicIpOnLaunch", flag(seen.public_ip)) +
           Element("assignIpv6AddressOnCreation", flag(seen.assign)) +
           Element("enableDns64", "false") +
           Element("privateDnsNameOptionsOnLaunch",
                   Element("hostnameType", "ip-name") +
                       Element("enableResourceNameDnsARecord", "false") +
                       Element("enableResourceNameDnsAAAARecord", "false")) +
           Element("blockPublicAccessStates", Element("internetGatewayBlockMode", "off")) +
           List("ipv6CidrBlockAssociationSet", seen.ranges) + seen.more));
}

TEST(Subnet, IsMadeInThreeRequests) {
  World world;
  const Subnet type(*world.cloud);
  world
      .On("CreateSubnet VpcId=" + kVpc + "&CidrBlock=10.0.1.0/24&AvailabilityZone=eu-west-1a",
          Element("subnet", Element("subnetId", kId) + Element("state", "pending")))
      .On(kDescribe, Subnets({}))
      .On(kAcl, kAclReply);
  PropertyMap inputs = kInputs;
  inputs["availabilityZone"] = "eu-west-1a";
  inputs["mapPublicIpOnLaunch"] = false;  // EC2's own default needs no call
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("subnetId"), PropertyValue(kId));
  EXPECT_EQ(made.outputs.at("availabilityZoneId"), PropertyValue("euw1-az1"));
  EXPECT_EQ(made.outputs.at("networkAclAssociationId"), PropertyValue("aclassoc-1"));
  EXPECT_EQ(made.outputs.at("ipv6CidrBlocks"), PropertyValue(PropertyArray{}));
  EXPECT_EQ(made.outputs.at("blockPublicAccessStates"),
            PropertyValue(PropertyMap{{"internetGatewayBlockMode", "off"}}));
  EXPECT_FALSE(made.outputs.contains("ipv6CidrBlock"));
}

TEST(Subnet, SetsOneAttributePerCallAndWaitsForAllAtOnce) {
  World world;
  const Subnet type(*world.cloud);
  world
      .On("CreateSubnet VpcId=" + kVpc + "&CidrBlock=10.0.1.0/24&Ipv6CidrBlock=2001:db8::/64",
          Element("subnet", Element("subnetId", kId)))
      .Refuse(kDescribe, "InvalidSubnetID.NotFound")
      .On(kDescribe, Subnets({.state = "pending"}))
      .On(kDescribe, Subnets({.ranges = Range("2001:db8::/64", "associating")}))
      .On(kDescribe, Subnets({.ranges = Range("2001:db8::/64", "associated")}))
      .On(kModify + "MapPublicIpOnLaunch.Value=true")
      .Refuse(kModify + "AssignIpv6AddressOnCreation.Value=true", "InvalidSubnetID.NotFound")
      .On(kModify + "AssignIpv6AddressOnCreation.Value=true")
      .On(kDescribe, Subnets({.public_ip = true, .ranges = Range("2001:db8::/64", "associated")}))
      .On(kDescribe,
          Subnets(
              {.public_ip = true, .assign = true, .ranges = Range("2001:db8::/64", "associated")}))
      .On(kAcl, kAclReply);
  PropertyMap inputs = kInputs;
  inputs["ipv6CidrBlock"] = "2001:db8::/64";
  inputs["mapPublicIpOnLaunch"] = true;
  inputs["assignIpv6AddressOnCreation"] = true;
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("ipv6CidrBlock"), PropertyValue("2001:db8::/64"));
  EXPECT_EQ(made.outputs.at("ipv6CidrBlocks"), PropertyValue(PropertyArray{"2001:db8::/64"}));
  EXPECT_EQ(made.outputs.at("mapPublicIpOnLaunch"), PropertyValue(true));
}

TEST(Subnet, SendsPoolsAndPlacesOfEveryKind) {
  World world;
  const Subnet type(*world.cloud);
  world
      .On("CreateSubnet VpcId=" + kVpc +
              "&AvailabilityZoneId=euw1-az1&OutpostArn=arn:aws:outposts:eu-west-1:1:outpost/op-1&"
              "Ipv4IpamPoolId=ipam-pool-4&Ipv6IpamPoolId=ipam-pool-6&Ipv4NetmaskLength=24&"
              "Ipv6NetmaskLength=64",
          Element("subnet", Element("subnetId", kId)))
      .On(kDescribe, Subnets({.more = Element("enableLniAtDeviceIndex", "1")}))
      .On(kAcl, kAclReply);
  const Made made = world.Create(type, {{"vpcId", kVpc},
                                        {"availabilityZoneId", "euw1-az1"},
                                        {"outpostArn", "arn:aws:outposts:eu-west-1:1:outpost/op-1"},
                                        {"ipv4IpamPoolId", "ipam-pool-4"},
                                        {"ipv4NetmaskLength", 24},
                                        {"ipv6IpamPoolId", "ipam-pool-6"},
                                        {"ipv6NetmaskLength", 64},
                                        {"enableLniAtDeviceIndex", 1}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("cidrBlock"), PropertyValue("10.0.1.0/24"));
}

TEST(Subnet, WaitsForAVpcThatIsNotVisibleYet) {
  World world;
  const Subnet type(*world.cloud);
  const std::string create = "CreateSubnet VpcId=" + kVpc + "&CidrBlock=10.0.1.0/24";
  world.Refuse(create, "InvalidVpcID.NotFound")
      .On(create, Element("subnet", Element("subnetId", kId)))
      .On(kDescribe, Subnets({}))
      .On(kAcl, kAclReply);
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr(kVpc)));
}

TEST(Subnet, AVpcThatDoesNotExistFailsSoon) {
  World world;
  const Subnet type(*world.cloud);
  const auto start = world.clock.Steady();
  world.transport.Otherwise(
      [](const http::Request&) { return Failure(400, "InvalidVpcID.NotFound"); });
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(base::CloudCodeOf(made.status), "InvalidVpcID.NotFound");
  EXPECT_FALSE(made.recorded);
  EXPECT_LE(world.clock.Steady() - start, std::chrono::seconds(40));
}

TEST(Subnet, AFailedOneIsAPartialCreation) {
  World world;
  const Subnet type(*world.cloud);
  world
      .On("CreateSubnet VpcId=" + kVpc + "&CidrBlock=10.0.1.0/24",
          Element("subnet", Element("subnetId", kId)))
      .On(kDescribe, Subnets({.state = "failed-insufficient-capacity"}));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr("failed-insufficient-capacity"));
  EXPECT_TRUE(made.recorded);
}

TEST(Subnet, ARangeThatEc2CannotGiveIsAPartialCreation) {
  World world;
  const Subnet type(*world.cloud);
  world.On("CreateSubnet *", Element("subnet", Element("subnetId", kId)))
      .On(kDescribe, Subnets({.ranges = Range("2001:db8::/64", "failed")}));
  PropertyMap inputs = kInputs;
  inputs["ipv6CidrBlock"] = "2001:db8::/64";
  const Made made = world.Create(type, inputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr("2001:db8::/64"));
  EXPECT_TRUE(made.recorded);
}

TEST(Subnet, ALostReplyIsLookedForAndNotAskedAgain) {
  World world;
  world.Configure({{"creationMarker", true}});
  const Subnet type(*world.cloud);
  world.On("DescribeTags *", List("tagSet", ""))
      .Lose("CreateSubnet *")
      .On("DescribeTags *",
          List("tagSet", Item(Element("resourceId", kId) + Element("resourceType", "subnet") +
                              Element("value", "x"))))
      .On(kDescribe, Subnets({}))
      .On(kAcl, kAclReply)
      .On("DeleteTags ResourceId.1=" + kId + "&Tag.1.Key=palisade:creating");
  const Made made = world.Create(type, kInputs);
  EXPECT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(Subnet, ACancelledWaitKeepsTheId) {
  World world;
  const Subnet type(*world.cloud);
  world.On("CreateSubnet *", Element("subnet", Element("subnetId", kId)))
      .Cancel(kDescribe, Subnets({.state = "pending"}));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(Subnet, AHalfMadeOneIsFinished) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Subnets({}))
      .On(kModify + "MapPublicIpOnLaunch.Value=true")
      .On(kDescribe, Subnets({.public_ip = true}))
      .On(kAcl, kAclReply);
  PropertyMap inputs = kInputs;
  inputs["mapPublicIpOnLaunch"] = true;
  EXPECT_TRUE(world.Finish(type, kId, inputs).ok());
}

TEST(Subnet, ReadsWhatAUserWouldWrite) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Subnets({.public_ip = true})).On(kAcl, kAclReply);
  const auto read = world.Read(type, kId, {{"vpcId", kVpc}, {"cidrBlock", "10.0.1.7/24"}});
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("cidrBlock"), PropertyValue("10.0.1.7/24"));
  EXPECT_EQ((*read)->inputs.at("availabilityZoneId"), PropertyValue("euw1-az1"));
  EXPECT_EQ((*read)->inputs.at("mapPublicIpOnLaunch"), PropertyValue(true));
  EXPECT_EQ((*read)->inputs.at("privateDnsNameOptionsOnLaunch"),
            PropertyValue(PropertyMap{{"hostnameType", "ip-name"},
                                      {"enableResourceNameDnsARecord", false},
                                      {"enableResourceNameDnsAaaaRecord", false}}));
}

TEST(Subnet, AnImportNamesTheZoneOnce) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Subnets({.ranges = Range("2001:db8::/64", "associated")}))
      .On(kAcl, kAclReply);
  const auto read = world.Import(type, kId);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("availabilityZone"), PropertyValue("eu-west-1a"));
  EXPECT_FALSE((*read)->inputs.contains("availabilityZoneId"));
  EXPECT_EQ((*read)->inputs.at("ipv6CidrBlock"), PropertyValue("2001:db8::/64"));
  EXPECT_EQ((*read)->unreadable.size(), 4u);
  // What an import answers passes Check.
  EXPECT_THAT(world.Check(type, (*read)->inputs).failures, IsEmpty());
}

TEST(Subnet, IsGoneByEitherSpellingOfTheCode) {
  World world;
  const Subnet type(*world.cloud);
  for (const char* code : {"InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"}) {
    world.Refuse(kDescribe, code);
    const auto gone = world.Read(type, kId, kInputs);
    ASSERT_TRUE(gone.ok()) << gone.status();
    EXPECT_FALSE(gone->has_value());
    world.Refuse("DeleteSubnet SubnetId=" + kId, code);
    EXPECT_TRUE(world.Delete(type, kId).ok());
  }
}

TEST(Subnet, AnUpdateSendsWhatChangedAndDefaultsForWhatIsGone) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kModify + "MapPublicIpOnLaunch.Value=false")
      .On(kModify + "DisableLniAtDeviceIndex.Value=true")
      .On(kDescribe, Subnets({.more = ""}))
      .On(kModify + "PrivateDnsHostnameTypeOnLaunch=resource-name")
      .On(kDescribe,
          List("subnetSet", Item(Element("subnetId", kId) + Element("state", "available") +
                                 Element("privateDnsNameOptionsOnLaunch",
                                         Element("hostnameType", "resource-name")))))
      .On(kAcl, kAclReply);
  PropertyMap olds = kInputs;
  olds["mapPublicIpOnLaunch"] = true;
  olds["enableLniAtDeviceIndex"] = 1;
  olds["enableDns64"] = false;
  PropertyMap news = kInputs;
  news["privateDnsNameOptionsOnLaunch"] = PropertyMap{{"hostnameType", "resource-name"}};
  const auto updated = world.Update(type, kId, olds, news);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(Subnet, AnAttributeThatNeverShowsIsAnErrorInTheEnd) {
  World world;
  const Subnet type(*world.cloud);
  const auto start = world.clock.Steady();
  world.transport.Otherwise([](const http::Request& request) {
    const std::string line = LineOf(request);
    return aws::testing::Reply(line.substr(0, line.find(' ')), Subnets({}));
  });
  const auto of = [&](const std::string& name, PropertyValue item) {
    PropertyMap inputs = kInputs;
    inputs[name] = std::move(item);
    return base::Message(world.Finish(type, kId, inputs).status());
  };
  EXPECT_THAT(of("enableDns64", true), HasSubstr("does not show enableDns64"));
  EXPECT_LE(world.clock.Steady() - start, std::chrono::seconds(125));
  EXPECT_THAT(of("enableLniAtDeviceIndex", 1), HasSubstr("does not show enableLniAtDeviceIndex"));
  EXPECT_THAT(
      of("privateDnsNameOptionsOnLaunch", PropertyMap{{"hostnameType", "resource-name"}}),
      HasSubstr("privateDnsNameOptionsOnLaunch.hostnameType as it was asked for (resource-name)"));
}

TEST(Subnet, LeavesAttributesAloneThatTheUserIgnores) {
  World world;
  const Subnet type(*world.cloud);
  world.ignored = {PropertyPath("mapPublicIpOnLaunch"),
                   PropertyPath("privateDnsNameOptionsOnLaunch")};
  world.On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=Name&Tag.1.Value=net")
      .On(kDescribe, Subnets({.public_ip = true}))
      .On(kAcl, kAclReply);
  PropertyMap olds = kInputs;
  olds["mapPublicIpOnLaunch"] = false;
  olds["privateDnsNameOptionsOnLaunch"] = PropertyMap{{"hostnameType", "resource-name"}};
  PropertyMap news = olds;
  news["tags"] = PropertyMap{{"Name", "net"}};
  const auto updated = world.Update(type, kId, olds, news);
  ASSERT_TRUE(updated.ok()) << updated.status();
}

TEST(Subnet, AResetThatFailsPutsBackTheOnesBefore) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kModify + "MapPublicIpOnLaunch.Value=false")
      .On(kModify + "PrivateDnsHostnameTypeOnLaunch=ip-name")
      .Refuse(kModify + "DisableLniAtDeviceIndex.Value=true", "UnauthorizedOperation")
      .On(kModify + "MapPublicIpOnLaunch.Value=true")
      .On(kModify + "PrivateDnsHostnameTypeOnLaunch=resource-name");
  PropertyMap olds = kInputs;
  olds["mapPublicIpOnLaunch"] = true;
  olds["enableLniAtDeviceIndex"] = 2;
  olds["privateDnsNameOptionsOnLaunch"] = PropertyMap{{"hostnameType", "resource-name"}};
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, olds, kInputs).status()),
            "UnauthorizedOperation");
  EXPECT_FALSE(world.last_recorded);
  // The one that is reset by another parameter, too.
  world.On(kModify + "DisableLniAtDeviceIndex.Value=true")
      .Refuse(kDescribe, "UnauthorizedOperation")
      .On(kModify + "EnableLniAtDeviceIndex=2");
  PropertyMap with_range = kInputs;
  with_range["enableLniAtDeviceIndex"] = 2;
  with_range["ipv6CidrBlock"] = "2001:db8::/64";
  EXPECT_FALSE(world.Update(type, kId, with_range, kInputs).ok());
}

TEST(Subnet, OutsideOfAVpcThatWasSeenIsWarnedOf) {
  World world;
  const Vpc vpc(*world.cloud);
  const Subnet type(*world.cloud);
  const auto warnings = [&](const std::string& range, const PropertyMap* olds = nullptr) {
    resource::Findings findings;
    const PropertyMap inputs{{"vpcId", kVpc}, {"cidrBlock", range}, {"region", "eu-west-1"}};
    type.Check({inputs, world.clock, *world.settings, olds}, findings);
    std::vector<std::string> rules;
    for (const auto& each : findings.warnings()) rules.push_back(each.rule);
    EXPECT_THAT(findings.failures(), IsEmpty());
    return rules;
  };
  EXPECT_THAT(warnings("10.1.0.0/24"), IsEmpty());
  // State says that it is the one range.
  const PropertyMap placed{{"region", "eu-west-1"}, {"cidrBlock", "10.0.0.0/16"}};
  PropertyMap outputs = placed;
  outputs["cidrBlockAssociations"] = PropertyArray{"a"};
  resource::Changes changes;
  resource::Findings unheard;
  vpc.Diff({kVpc, placed, outputs, placed, world.clock, *world.settings}, changes, unheard);
  EXPECT_THAT(warnings("10.1.0.0/24"), ElementsAre("aws.ec2.subnet-range"));
  EXPECT_THAT(warnings("10.0.255.0/24"), IsEmpty());
  const PropertyMap there{{"vpcId", kVpc}, {"cidrBlock", "10.1.0.0/24"}};
  EXPECT_THAT(warnings("10.1.0.0/24", &there), IsEmpty());
  EXPECT_THAT(warnings("10.2.0.0/24", &there), ElementsAre("aws.ec2.subnet-range"));
  // What EC2 tells is newer.
  const auto range = [](const std::string& text, const std::string& state) {
    return Item(Element("cidrBlock", text) + Element("cidrBlockState", Element("state", state)));
  };
  world
      .On("DescribeVpcs VpcId.1=" + kVpc,
          List("vpcSet",
               Item(Element("vpcId", kVpc) + Element("state", "available") +
                    List("cidrBlockAssociationSet", range("10.0.0.0/16", "associated") +
                                                        range("10.1.0.0/16", "associating") +
                                                        range("10.2.0.0/16", "disassociated")))))
      .On("DescribeVpcAttribute *")
      .On("DescribeVpcAttribute *")
      .On("DescribeNetworkAcls *", List("networkAclSet", Item(Element("networkAclId", "acl-1"))))
      .On("DescribeSecurityGroups *", List("securityGroupInfo", Item(Element("groupId", "sg-1"))));
  ASSERT_TRUE(world.Read(vpc, kVpc, placed).ok());
  EXPECT_THAT(warnings("10.1.0.0/24"), IsEmpty());
  EXPECT_THAT(warnings("10.2.0.0/24"), ElementsAre("aws.ec2.subnet-range"));
}

TEST(Subnet, OfAVpcWithRangesThatStateDoesNotNameIsNotWarnedOf) {
  World world;
  const Vpc vpc(*world.cloud);
  const Subnet type(*world.cloud);
  PropertyMap inputs = kInputs;
  inputs["cidrBlock"] = "10.1.0.0/24";
  const PropertyMap placed{{"region", "eu-west-1"}, {"cidrBlock", "10.0.0.0/16"}};
  for (const PropertyArray& associations : {PropertyArray{"a", "b"}, PropertyArray{}}) {
    PropertyMap outputs = placed;
    if (!associations.empty()) outputs["cidrBlockAssociations"] = associations;
    resource::Changes changes;
    resource::Findings unheard;
    vpc.Diff({kVpc, placed, outputs, placed, world.clock, *world.settings}, changes, unheard);
    EXPECT_THAT(world.Check(type, inputs).warnings, IsEmpty());
  }
}

TEST(Subnet, ReplacesExactlyWhatEc2CannotChange) {
  const World world;
  const Subnet type(*world.cloud);
  const auto diff = [&](const PropertyMap& olds, const PropertyMap& news) {
    return world.Diff(type, olds, news, {"cidrBlock"});
  };
  EXPECT_THAT(diff({{"cidrBlock", "10.0.1.7/24"}}, {{"cidrBlock", "10.0.1.0/24"}}), IsEmpty());
  EXPECT_THAT(diff({{"cidrBlock", "10.0.2.0/24"}}, {{"cidrBlock", "10.0.1.0/24"}}),
              ElementsAre("cidrBlock!"));
  EXPECT_THAT(diff({{"ipv6CidrBlock", "2001:db8::/64"}}, {{"ipv6CidrBlock", "2001:db8:0::/64"}}),
              IsEmpty());
  EXPECT_THAT(diff({}, {{"ipv6CidrBlock", "2001:db8::/64"}}), ElementsAre("ipv6CidrBlock"));
  EXPECT_THAT(diff({{"ipv6Native", true}, {"ipv6CidrBlock", "2001:db8::/64"}},
                   {{"ipv6Native", true}, {"ipv6CidrBlock", "2001:db8:1::/64"}}),
              ElementsAre("ipv6CidrBlock!"));
}

TEST(Subnet, DeletionWaitsForInterfaces) {
  World world;
  const Subnet type(*world.cloud);
  world.Refuse("DeleteSubnet SubnetId=" + kId, "DependencyViolation")
      .On("DeleteSubnet SubnetId=" + kId)
      .Refuse(kDescribe, "InvalidSubnetID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("network interfaces")));
}

TEST(Subnet, DeletionGivesUpAfterTwentyMinutes) {
  World world;
  const Subnet type(*world.cloud);
  const auto start = world.clock.Steady();
  world.transport.Otherwise(
      [](const http::Request&) { return Failure(400, "DependencyViolation"); });
  const absl::Status status = world.Delete(type, kId);
  EXPECT_EQ(base::CloudCodeOf(status), "DependencyViolation");
  EXPECT_THAT(base::Message(status), HasSubstr("network interfaces in it"));
  EXPECT_GE(world.clock.Steady() - start, std::chrono::minutes(20));
  EXPECT_EQ(type.traits().delete_timeout, std::chrono::minutes(21));
}

TEST(Subnet, ACancelledDeletionStops) {
  World world;
  const Subnet type(*world.cloud);
  world.On("DeleteSubnet SubnetId=" + kId, [&world] {
    world.stop.request_stop();
    return Failure(400, "DependencyViolation");
  });
  EXPECT_EQ(world.Delete(type, kId).code(), absl::StatusCode::kCancelled);
}

TEST(Subnet, Lists) {
  World world;
  const Subnet type(*world.cloud);
  world.On("DescribeSubnets MaxResults=50", Subnets({}));
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_EQ(list->items[0].id, kId);
}

TEST(Subnet, CheckFindsWhatEc2WouldRefuse) {
  const World world;
  const Subnet type(*world.cloud);
  const auto with = [&](PropertyMap more) {
    PropertyMap inputs = kInputs;
    for (auto& [name, item] : more) inputs.insert_or_assign(name, std::move(item));
    return world.Check(type, inputs).failures;
  };
  EXPECT_THAT(with({{"vpcId", "subnet-0123456789abcdef0"}}), ElementsAre("vpcId aws.ec2.id"));
  EXPECT_THAT(with({{"vpcId", "vpc-0bb1c79de3EXAMPLE"}}), ElementsAre("vpcId aws.ec2.id"));
  EXPECT_THAT(with({{"cidrBlock", "10.0.1.0/29"}}), ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(with({{"ipv6CidrBlock", "2001:db8::/62"}}),
              ElementsAre("ipv6CidrBlock aws.ec2.cidr"));
  EXPECT_THAT(with({{"availabilityZone", "eu-west-1a"}, {"availabilityZoneId", "euw1-az1"}}),
              ElementsAre("availabilityZoneId aws.ec2.zone"));
  EXPECT_THAT(with({{"assignIpv6AddressOnCreation", true}}),
              ElementsAre("assignIpv6AddressOnCreation aws.ec2.ipv6"));
  EXPECT_THAT(with({{"enableDns64", true}}), ElementsAre("enableDns64 aws.ec2.ipv6"));
  EXPECT_THAT(with({{"ipv6Native", true}}),
              UnorderedElementsAre("cidrBlock aws.ec2.ipv6", "ipv6CidrBlock aws.ec2.ipv6"));
  EXPECT_THAT(with({{"ipv4NetmaskLength", 24}}), ElementsAre("ipv4NetmaskLength aws.ec2.ipam"));
  EXPECT_THAT(with({{"outpostArn", "arn:aws:outposts:eu-west-1:1:outpost/op-1"}}),
              ElementsAre("outpostArn aws.ec2.zone"));
  EXPECT_THAT(world.Check(type, {{"vpcId", kVpc}}).failures, ElementsAre("cidrBlock aws.ec2.ipam"));
}

TEST(Subnet, UnknownsPassCheck) {
  const World world;
  const Subnet type(*world.cloud);
  ExpectUnknownsPass(world, type,
                     {{"vpcId", kVpc},
                      {"cidrBlock", "10.0.1.0/24"},
                      {"ipv6CidrBlock", "2001:db8::/64"},
                      {"availabilityZone", "eu-west-1a"},
                      {"assignIpv6AddressOnCreation", true},
                      {"privateDnsNameOptionsOnLaunch", PropertyMap{{"hostnameType", "ip-name"}}}});
  EXPECT_THAT(world.Check(type, {{"vpcId", kVpc}, {"ipv6Native", kUnknown}}).failures, IsEmpty());
}

TEST(Subnet, ReadsTheStateOfTheClassicPackage) {
  const World world;
  const Subnet type(*world.cloud);
  PropertyMap inputs{{"vpcId", kVpc},
                     {"cidrBlock", "10.0.1.0/24"},
                     {"enableResourceNameDnsARecordOnLaunch", true},
                     {"mapCustomerOwnedIpOnLaunch", false}};
  PropertyMap outputs{{"id", kId},
                      {"arn", "arn:1"},
                      {"ownerId", "111122223333"},
                      {"outpostArn", ""},
                      {"privateDnsHostnameTypeOnLaunch", "ip-name"}};
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, (PropertyMap{{"vpcId", kVpc},
                                 {"cidrBlock", "10.0.1.0/24"},
                                 {"privateDnsNameOptionsOnLaunch",
                                  PropertyMap{{"enableResourceNameDnsARecord", true}}}}));
  EXPECT_EQ(outputs.at("subnetId"), PropertyValue(kId));
  EXPECT_EQ(outputs.at("accountId"), PropertyValue("111122223333"));
  EXPECT_FALSE(outputs.contains("outpostArn"));
  EXPECT_EQ(outputs.at("privateDnsNameOptionsOnLaunch"),
            PropertyValue(PropertyMap{{"hostnameType", "ip-name"}}));
  for (const char* name :
       {"privateDnsHostnameTypeOnLaunch", "customerOwnedIpv4Pool",
        "enableResourceNameDnsARecordOnLaunch", "enableResourceNameDnsAaaaRecordOnLaunch"}) {
    EXPECT_TRUE(type.ExplainUnknown(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace palisade::aws::ec2

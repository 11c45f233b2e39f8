#include "provider/clouds/aws/resources/ec2/vpc_endpoint.h"

#include "provider/clouds/aws/resources/ec2/testing.h"
#include "provider/clouds/aws/resources/ec2/vpc_endpoint_parts.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kId = "vpce-0123456789abcdef0";
const std::string kTable = "rtb-0123456789abcdef0", kOther = "rtb-0123456789abcdef1";
const std::string kSubnet = "subnet-0123456789abcdef0", kSubnet2 = "subnet-0123456789abcdef1";
const std::string kGroup = "sg-0123456789abcdef0";
const std::string kDescribe = "DescribeVpcEndpoints VpcEndpointId.1=" + kId;
const std::string kDelete = "DeleteVpcEndpoints VpcEndpointId.1=" + kId;
const PropertyMap kGateway{{"vpcId", kVpc},
                           {"serviceName", "com.amazonaws.eu-west-1.s3"},
                           {"vpcEndpointType", "Gateway"},
                           {"routeTableIds", PropertyArray{kTable}}};
const PropertyMap kInterface{{"vpcId", kVpc},
                             {"serviceName", "com.amazonaws.eu-west-1.sts"},
                             {"vpcEndpointType", "Interface"},
                             {"subnetIds", PropertyArray{kSubnet}}};

std::string Ids(const std::string& list, const std::vector<std::string>& ids) {
  std::string items;
  for (const std::string& id : ids) items += Item(id);
  return ec2::List(list, items);
}
std::string Endpoint(const std::string& inside) {
  return Element("vpcEndpointId", kId) + Element("vpcId", kVpc) +
         Element("ownerId", "111122223333") + Element("serviceRegion", "eu-west-1") + inside;
}
std::string Endpoints(const std::string& inside) {
  return ec2::List("vpcEndpointSet", Item(Endpoint(inside)));
}
std::string Gateway(const std::string& state = "available",
                    const std::vector<std::string>& tables = {kTable},
                    const std::string& policy = kFullAccessPolicy) {
  return Endpoints(Element("vpcEndpointType", "Gateway") +
                   Element("serviceName", "com.amazonaws.eu-west-1.s3") + Element("state", state) +
                   Ids("routeTableIdSet", tables) + Element("privateDnsEnabled", "false") +
                   Element("policyDocument", policy) +
                   Element("creationTimestamp", "2026-01-02T03:04:05.000Z"));
}
std::string Interface(const std::string& state, const std::vector<std::string>& subnets = {kSubnet},
                      const std::string& more = "") {
  return Endpoints(
      Element("vpcEndpointType", "Interface") +
      Element("serviceName", "com.amazonaws.eu-west-1.sts") + Element("state", state) +
      Ids("subnetIdSet", subnets) + ec2::List("groupSet", Item(Element("groupId", kGroup))) +
      Ids("networkInterfaceIdSet", {"eni-2", "eni-1"}) +
      ec2::List("dnsEntrySet", Item(Element("dnsName", "vpce-1.sts.eu-west-1.vpce.amazonaws.com") +
                                    Element("hostedZoneId", "Z1"))) +
      Element("ipAddressType", "ipv4") + Element("privateDnsEnabled", "true") +
      Element("dnsOptions", Element("dnsRecordIpType", "ipv4")) + more);
}

PropertyMap With(PropertyMap inputs, const std::string& name, PropertyValue item) {
  inputs[name] = std::move(item);
  return inputs;
}

TEST(VpcEndpoint, OfAGatewayIsMadeInTwoRequests) {
  World world;
  const VpcEndpoint type(*world.cloud);
  std::string token;
  world
      .On("CreateVpcEndpoint VpcEndpointType=Gateway&VpcId=" + kVpc +
              "&ServiceName=com.amazonaws.eu-west-1.s3&RouteTableId.1=" + kTable +
              "&PolicyDocument={\"Statement\":[{\"Action\":\"s3:GetObject\"}]}&ClientToken=*",
          Element("vpcEndpoint", Endpoint(Element("state", "available"))))
      .On(kDescribe, Gateway());
  const PropertyMap policy{{"Statement", PropertyArray{PropertyMap{{"Action", "s3:GetObject"}}}}};
  const Made made = world.Create(type, With(kGateway, "policyDocument", policy));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("vpcEndpointId"), PropertyValue(kId));
  EXPECT_EQ(made.outputs.at("state"), PropertyValue("available"));
  EXPECT_EQ(made.outputs.at("creationTimestamp"), PropertyValue("2026-01-02T03:04:05.000Z"));
  EXPECT_EQ(made.outputs.at("arn"),
            PropertyValue("arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/" + kId));
}

TEST(VpcEndpoint, OfAnInterfaceIsWaitedFor) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world
      .On("CreateVpcEndpoint VpcEndpointType=Interface&VpcId=" + kVpc +
              "&ServiceName=com.amazonaws.eu-west-1.sts&SubnetId.1=" + kSubnet +
              "&SecurityGroupId.1=" + kGroup +
              "&IpAddressType=ipv4&DnsOptions.DnsRecordIpType=ipv4&"
              "DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint=true&PrivateDnsEnabled=true&"
              "ClientToken=*",
          Element("vpcEndpoint", Endpoint("")))
      .Refuse(kDescribe, "InvalidVpcEndpointId.NotFound")
      .On(kDescribe, Interface("pending"))
      .On(kDescribe, Interface("Available"));
  PropertyMap inputs = With(kInterface, "securityGroupIds", PropertyArray{kGroup});
  inputs["privateDnsEnabled"] = true;
  inputs["ipAddressType"] = "ipv4";
  inputs["dnsOptions"] =
      PropertyMap{{"dnsRecordIpType", "ipv4"},
                  {"privateDnsOnlyForInboundResolverEndpoint", "OnlyInboundResolver"}};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(world.reporter.statuses, ElementsAre("not visible yet, 0s", "pending, 1s"));
  EXPECT_EQ(made.outputs.at("networkInterfaceIds"), PropertyValue(PropertyArray{"eni-1", "eni-2"}));
  EXPECT_EQ(made.outputs.at("dnsEntries"),
            PropertyValue(PropertyArray{"Z1:vpce-1.sts.eu-west-1.vpce.amazonaws.com"}));
}

TEST(VpcEndpoint, OfOtherKindsNamesWhatItIsFor) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world
      .On("CreateVpcEndpoint VpcEndpointType=ServiceNetwork&VpcId=" + kVpc +
              "&ServiceRegion=us-east-1&ServiceNetworkArn=arn:n&DnsOptions.PrivateDnsPreference="
              "ALL_DOMAINS&DnsOptions.PrivateDnsSpecifiedDomain.1=a.example&ClientToken=*",
          Element("vpcEndpoint", Endpoint("")))
      .On(kDescribe, Endpoints(Element("state", "available")));
  const PropertyMap inputs{
      {"vpcId", kVpc},
      {"vpcEndpointType", "ServiceNetwork"},
      {"serviceRegion", "us-east-1"},
      {"serviceNetworkArn", "arn:n"},
      {"ipAddressType", "not-specified"},
      {"dnsOptions", PropertyMap{{"dnsRecordIpType", "not-specified"},
                                 {"privateDnsPreference", "ALL_DOMAINS"},
                                 {"privateDnsSpecifiedDomains", PropertyArray{"a.example"}}}}};
  EXPECT_TRUE(world.Create(type, inputs).status.ok());
}

TEST(VpcEndpoint, RepeatsItsTokenWhenThrottledAndWhenAReplyIsLost) {
  World world;
  const VpcEndpoint type(*world.cloud);
  std::vector<std::string> tokens;
  const auto keep = [&](World::Answer answer) {
    return [&, answer] {
      tokens.push_back(aws::testing::Parse(world.transport.sent().back()).Get("ClientToken"));
      return answer;
    };
  };
  world.On("CreateVpcEndpoint *", keep(Failure(503, "RequestLimitExceeded")))
      .On("CreateVpcEndpoint *",
          keep(base::Error(absl::StatusCode::kUnavailable, "the connection broke")))
      .On("CreateVpcEndpoint *", keep(Failure(400, "InvalidSecurityGroupID.NotFound")))
      .On("CreateVpcEndpoint *",
          keep(aws::testing::Reply("CreateVpcEndpoint", Element("vpcEndpoint", Endpoint("")))))
      .On(kDescribe, Gateway());
  EXPECT_TRUE(world.Create(type, kGateway).status.ok());
  ASSERT_EQ(tokens.size(), 4u);
  EXPECT_FALSE(tokens[0].empty());
  for (const std::string& token : tokens) EXPECT_EQ(token, tokens[0]);
}

TEST(VpcEndpoint, ThatWaitsForAcceptanceIsMadeWithAWarning) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On("CreateVpcEndpoint *", Element("vpcEndpoint", Endpoint("")))
      .On(kDescribe, Interface("pendingAcceptance"));
  const Made made = world.Create(type, kInterface);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("state"), PropertyValue("pendingAcceptance"));
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("has not accepted it yet")));
}

TEST(VpcEndpoint, ThatFailsSaysWhyAndKeepsItsId) {
  for (const std::string state : {"failed", "rejected", "expired"}) {
    World world;
    const VpcEndpoint type(*world.cloud);
    const std::string why =
        Element("failureReason", "no room") +
        Element("lastError", Element("code", "SubnetFull") + Element("message", "it is full"));
    world.On("CreateVpcEndpoint *", Element("vpcEndpoint", Endpoint("")))
        .On(kDescribe, Interface("pending"))
        .On(kDescribe, Interface(state, {kSubnet}, why));
    const Made made = world.Create(type, kInterface);
    EXPECT_TRUE(made.recorded);
    EXPECT_THAT(base::Message(made.status),
                HasSubstr("is " + state + ": no room: SubnetFull: it is full"));
    // A later update finishes it.
    world.On(kDescribe, Interface("available"));
    EXPECT_TRUE(world.Finish(type, kId, kInterface).ok());
  }
}

TEST(VpcEndpoint, CancelEndsTheWait) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On("CreateVpcEndpoint *", Element("vpcEndpoint", Endpoint("")))
      .Cancel(kDescribe, Interface("pending"));
  const Made made = world.Create(type, kInterface);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(VpcEndpoint, DeletedOnesAreGoneAlthoughTheyAreListed) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Gateway("deleted"))
      .On(kDescribe, Gateway("deleting"))
      .Refuse(kDescribe, "InvalidVpcEndpointId.NotFound")
      .On(kDescribe, ec2::List("vpcEndpointSet", ""));
  for (int i = 0; i < 4; ++i) {
    const auto read = world.Read(type, kId, kGateway);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_FALSE(*read);
  }
}

TEST(VpcEndpoint, ReadTellsOfFailures) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Interface("rejected"));
  const auto read = world.Read(type, kId, kInterface);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_THAT((*read)->init_failures, ElementsAre(HasSubstr("ask the owner of its service")));
}

TEST(VpcEndpoint, ImportLeavesOutWhatIsUsual) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Gateway()).On(kDescribe, Interface("available"));
  const auto gateway = world.Import(type, kId);
  ASSERT_TRUE(gateway.ok() && *gateway) << gateway.status();
  EXPECT_EQ((*gateway)->inputs, kGateway);
  const auto interface = world.Import(type, kId);
  ASSERT_TRUE(interface.ok() && *interface);
  PropertyMap expected = With(kInterface, "securityGroupIds", PropertyArray{kGroup});
  expected["ipAddressType"] = "ipv4";
  expected["privateDnsEnabled"] = true;
  expected["dnsOptions"] = PropertyMap{{"dnsRecordIpType", "ipv4"}};
  EXPECT_EQ((*interface)->inputs, expected);
}

TEST(VpcEndpoint, APolicyIsReadBackAndWordsThatLeaveItToEc2Stay) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Gateway("available", {kTable}, "{}")).On(kDescribe, Interface("available"));
  const auto policy = world.Read(type, kId, With(kGateway, "policyDocument", "{ }"));
  ASSERT_TRUE(policy.ok() && *policy);
  EXPECT_EQ((*policy)->inputs.at("policyDocument"), PropertyValue("{}"));
  const auto words =
      world.Read(type, kId,
                 With(With(kInterface, "ipAddressType", "not-specified"), "dnsOptions",
                      PropertyMap{{"dnsRecordIpType", "not-specified"}}));
  ASSERT_TRUE(words.ok() && *words);
  EXPECT_EQ((*words)->inputs.at("ipAddressType"), PropertyValue("not-specified"));
  EXPECT_EQ((*words)->inputs.at("dnsOptions"),
            PropertyValue(PropertyMap{{"dnsRecordIpType", "not-specified"}}));
}

TEST(VpcEndpoint, UpdateSendsOneModificationAndWaitsUntilItShows) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Gateway())
      .On("ModifyVpcEndpoint VpcEndpointId=" + kId + "&AddRouteTableId.1=" + kOther +
          "&RemoveRouteTableId.1=" + kTable + "&PolicyDocument={}")
      .On(kDescribe, Gateway())
      .On(kDescribe, Gateway("available", {kOther}, "{}"));
  const auto updated = world.Update(
      type, kId, kGateway,
      With(With(kGateway, "routeTableIds", PropertyArray{kOther}), "policyDocument", "{}"));
  EXPECT_TRUE(updated.ok()) << updated.status();
  EXPECT_THAT(world.reporter.statuses, ElementsAre("changes not visible yet, 0s"));
}

TEST(VpcEndpoint, UpdateChangesSubnetsGroupsAndNames) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Interface("available"))
      .On("ModifyVpcEndpoint VpcEndpointId=" + kId + "&AddSubnetId.1=" + kSubnet2 +
          "&AddSecurityGroupId.1=sg-0123456789abcdef1&RemoveSecurityGroupId.1=" + kGroup +
          "&IpAddressType=dualstack&DnsOptions.DnsRecordIpType=dualstack&PrivateDnsEnabled=false")
      .On(kDescribe, Interface("pending", {kSubnet, kSubnet2}));
  for (int i = 0; i < 18; ++i) world.On(kDescribe, Interface("available", {kSubnet, kSubnet2}));
  PropertyMap news = With(kInterface, "subnetIds", PropertyArray{kSubnet2, kSubnet});
  news["securityGroupIds"] = PropertyArray{"sg-0123456789abcdef1"};
  news["ipAddressType"] = "dualstack";
  news["dnsOptions"] = PropertyMap{{"dnsRecordIpType", "dualstack"}};
  news["privateDnsEnabled"] = false;
  const auto updated = world.Update(type, kId, With(kInterface, "privateDnsEnabled", true), news);
  // The groups never show here; the wait for that is short, and a refresh tells the truth.
  EXPECT_TRUE(updated.ok()) << updated.status();
}

constexpr char kSameZone[] = "DuplicateSubnetsInSameZone";
const std::string kModify = "ModifyVpcEndpoint VpcEndpointId=" + kId + "&";

TEST(VpcEndpoint, ASubnetOfTheSameZoneComesAfterTheOldOneHasGone) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Interface("available"))
      .Refuse(kModify + "AddSubnetId.1=" + kSubnet2 + "&RemoveSubnetId.1=" + kSubnet, kSameZone)
      .On(kDescribe, Interface("available"))
      .On(kModify + "RemoveSubnetId.1=" + kSubnet)
      .On(kDescribe, Interface("pending"))
      .On(kDescribe, Interface("pending", {}))
      .On(kDescribe, Interface("available", {}))
      // Not counted out everywhere yet.
      .Refuse(kModify + "AddSubnetId.1=" + kSubnet2, kSameZone)
      .On(kDescribe, Interface("available", {}))
      .On(kModify + "AddSubnetId.1=" + kSubnet2)
      .On(kDescribe, Interface("available", {kSubnet2}));
  const auto updated =
      world.Update(type, kId, kInterface, With(kInterface, "subnetIds", PropertyArray{kSubnet2}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(VpcEndpoint, AnOldSubnetComesBackWhereTheNewOneIsRefused) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Interface("available"))
      .Refuse(kModify + "AddSubnetId.1=" + kSubnet2 + "&RemoveSubnetId.1=" + kSubnet, kSameZone)
      .On(kDescribe, Interface("available"))
      .On(kModify + "RemoveSubnetId.1=" + kSubnet)
      .On(kDescribe, Interface("available", {}))
      .On(kDescribe, Interface("available", {}))
      .Refuse(kModify + "AddSubnetId.1=" + kSubnet2, "InvalidParameter")
      .On(kModify + "AddSubnetId.1=" + kSubnet);
  const auto updated =
      world.Update(type, kId, kInterface, With(kInterface, "subnetIds", PropertyArray{kSubnet2}));
  EXPECT_EQ(base::CloudCodeOf(updated.status()), "InvalidParameter");
  EXPECT_FALSE(world.last_recorded);
}

TEST(VpcEndpoint, TwoSubnetsOfOneZoneAreAnError) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Interface("available"))
      .Refuse(kModify + "AddSubnetId.1=" + kSubnet2, kSameZone)
      .On(kDescribe, Interface("available"));
  const auto updated = world.Update(
      type, kId, kInterface, With(kInterface, "subnetIds", PropertyArray{kSubnet, kSubnet2}));
  EXPECT_EQ(base::CloudCodeOf(updated.status()), kSameZone);
}

TEST(VpcEndpoint, SubnetsThatTheUserIgnoresAreNotWaitedFor) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.ignored = {PropertyPath("subnetIds")};
  world.On(kDescribe, Interface("available", {kSubnet2}))
      .On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=a&Tag.1.Value=b")
      .On(kDescribe, Interface("available", {kSubnet2}));
  EXPECT_TRUE(
      world.Update(type, kId, kInterface, With(kInterface, "tags", PropertyMap{{"a", "b"}})).ok());
}

TEST(VpcEndpoint, UpdateTakesAwayWhatIsNotGivenAnyMore) {
  World world;
  const VpcEndpoint type(*world.cloud);
  PropertyMap news = kGateway;
  news.erase("routeTableIds");
  world.On(kDescribe, Gateway("available", {kTable}, "{}"))
      .On("ModifyVpcEndpoint VpcEndpointId=" + kId + "&RemoveRouteTableId.1=" + kTable +
          "&PolicyDocument=" + kFullAccessPolicy)
      .On(kDescribe, Gateway("available", {}));
  const auto updated = world.Update(type, kId, With(kGateway, "policyDocument", "{}"), news);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(VpcEndpoint, AModificationWhoseReplyIsLostIsComparedAgain) {
  World world;
  const VpcEndpoint type(*world.cloud);
  const PropertyMap news = With(kGateway, "routeTableIds", PropertyArray{kTable, kOther});
  const std::string line =
      "ModifyVpcEndpoint VpcEndpointId=" + kId + "&AddRouteTableId.1=" + kOther;
  world.On(kDescribe, Gateway())
      .Lose(line)
      .On(kDescribe, Gateway("available", {kTable, kOther}))
      .On(kDescribe, Gateway("available", {kTable, kOther}));
  EXPECT_TRUE(world.Update(type, kId, kGateway, news).ok());
  world.On(kDescribe, Gateway())
      .Lose(line)
      .On(kDescribe, Gateway())
      .On(line)
      .On(kDescribe, Gateway("available", {kTable, kOther}));
  EXPECT_TRUE(world.Update(type, kId, kGateway, news).ok());
}

TEST(VpcEndpoint, TagsAloneModifyNothing) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDescribe, Gateway())
      .On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=a&Tag.1.Value=b")
      .On(kDescribe, Gateway());
  EXPECT_TRUE(
      world.Update(type, kId, kGateway, With(kGateway, "tags", PropertyMap{{"a", "b"}})).ok());
}

TEST(VpcEndpoint, IsDeletedAndWaitedFor) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDelete, ec2::List("unsuccessful", ""))
      .On(kDescribe, Interface("deleting"))
      .On(kDescribe, Interface("deleted"));
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, ElementsAre("deleting, 0s"));
}

TEST(VpcEndpoint, ADeletionThatIsRefusedInA200IsAnError) {
  const auto refused = [](const std::string& code) {
    return ec2::List("unsuccessful",
                     Item(Element("resourceId", kId) +
                          Element("error", Element("code", code) + Element("message", "m"))));
  };
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On(kDelete, refused("OperationNotPermitted")).On(kDescribe, Gateway());
  const absl::Status status = world.Delete(type, kId);
  EXPECT_EQ(base::CloudCodeOf(status), "OperationNotPermitted");
  EXPECT_THAT(base::Message(status), HasSubstr(kId));

  world.On(kDelete, refused("InvalidVpcEndpointId.NotFound"))
      .Refuse(kDelete, "InvalidRoute.NotFound")
      .On(kDescribe, Gateway("deleted"))
      .Refuse(kDelete, "InvalidRoute.NotFound")
      .Refuse(kDescribe, "InvalidVpcEndpointId.NotFound");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(world.Delete(type, kId).ok());

  world.On(kDelete, refused("DependencyViolation"))
      .On(kDelete, ec2::List("unsuccessful", ""))
      .Refuse(kDescribe, "InvalidVpcEndpointId.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("routes through the VPC endpoint")));
}

TEST(VpcEndpoint, PreviewKnowsWhatAnUpdateDoesNotTouch) {
  World world;
  const VpcEndpoint type(*world.cloud);
  const PropertyMap outputs{{"state", "available"},
                            {"networkInterfaceIds", PropertyArray{"eni-1"}}};
  const auto preview = [&](const PropertyMap& news) {
    return type.Preview({news, &kInterface, &outputs, world.clock, *world.settings});
  };
  EXPECT_TRUE(preview(With(kInterface, "policyDocument", "{}")).contains("networkInterfaceIds"));
  EXPECT_FALSE(preview(With(kInterface, "subnetIds", PropertyArray{kSubnet, kSubnet2}))
                   .contains("networkInterfaceIds"));
}

TEST(VpcEndpoint, ChecksTypeAndPolicy) {
  World world;
  const VpcEndpoint type(*world.cloud);
  EXPECT_THAT(world.Check(type, With(kGateway, "policyDocument", "not JSON")).failures,
              ElementsAre("policyDocument aws.ec2.policy"));
  EXPECT_THAT(world.Check(type, With(kGateway, "subnetIds", PropertyArray{kSubnet})).failures,
              ElementsAre("subnetIds aws.ec2.endpoint-type"));
  EXPECT_THAT(world.Check(type, {{"vpcId", kVpc}, {"vpcEndpointType", "Resource"}}).failures,
              ElementsAre("resourceConfigurationArn dependent"));
  ExpectUnknownsPass(world, type, With(kGateway, "policyDocument", PropertyMap{}));
  ExpectUnknownsPass(world, type, kInterface);
  EXPECT_EQ(type.ExplainUnknown("policy"), "became policyDocument");
}

TEST(VpcEndpoint, ListsWithoutDeletedOnes) {
  World world;
  const VpcEndpoint type(*world.cloud);
  world.On("DescribeVpcEndpoints MaxResults=50", Gateway());
  world.On("DescribeVpcEndpoints MaxResults=50", Gateway("deleted"));
  EXPECT_EQ(world.List(type)->items.size(), 1u);
  EXPECT_TRUE(world.List(type)->items.empty());
}

TEST(VpcEndpoint, ReadsStateOfAws) {
  World world;
  const VpcEndpoint type(*world.cloud);
  PropertyMap inputs = kInterface;
  inputs["policy"] = "{}";
  inputs["autoAccept"] = true;
  inputs["dnsOptions"] = PropertyMap{{"privateDnsOnlyForInboundResolverEndpoint", true}};
  PropertyMap outputs{
      {"id", kId},
      {"dnsEntries", PropertyArray{PropertyMap{{"dnsName", "n"}, {"hostedZoneId", "Z1"}}}}};
  type.Migrate(0, inputs, outputs);
  PropertyMap expected = With(kInterface, "policyDocument", "{}");
  expected["dnsOptions"] =
      PropertyMap{{"privateDnsOnlyForInboundResolverEndpoint", "OnlyInboundResolver"}};
  EXPECT_EQ(inputs, expected);
  EXPECT_EQ(outputs.at("dnsEntries"), PropertyValue(PropertyArray{"Z1:n"}));
  EXPECT_EQ(outputs.at("vpcEndpointId"), PropertyValue(kId));
}

TEST(FullAccess, IsKnownInAllItsForms) {
  EXPECT_TRUE(IsFullAccess(kFullAccessPolicy));
  EXPECT_TRUE(IsFullAccess(
      R"({"Statement": {"Effect": "Allow", "Principal": "*", "Action": ["*"], "Resource": "*"}})"));
  EXPECT_FALSE(IsFullAccess("{}"));
  EXPECT_FALSE(IsFullAccess(kUnknown));
  EXPECT_FALSE(IsFullAccess(
      R"({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}]})"));
  EXPECT_FALSE(IsFullAccess(
      R"({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
          "Condition": {}}]})"));
}

}  // namespace
}  // namespace palisade::aws::ec2

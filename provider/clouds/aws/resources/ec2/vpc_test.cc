#include "provider/clouds/aws/resources/ec2/vpc.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kId = "vpc-0123456789abcdef0";
const std::string kDescribe = "DescribeVpcs VpcId.1=" + kId;
const std::string kAcls = "DescribeNetworkAcls Filter.1.Name=vpc-id&Filter.1.Value.1=" + kId +
                          "&Filter.2.Name=default&Filter.2.Value.1=true";
const std::string kGroups = "DescribeSecurityGroups Filter.1.Name=vpc-id&Filter.1.Value.1=" + kId +
                            "&Filter.2.Name=group-name&Filter.2.Value.1=default";
const std::string kSupport = "DescribeVpcAttribute Attribute=enableDnsSupport&VpcId=" + kId;
const std::string kHostnames = "DescribeVpcAttribute Attribute=enableDnsHostnames&VpcId=" + kId;
const std::string kSetSupport = "ModifyVpcAttribute VpcId=" + kId + "&EnableDnsSupport.Value=";
const std::string kSetHostnames = "ModifyVpcAttribute VpcId=" + kId + "&EnableDnsHostnames.Value=";
const std::string kAclReply = List("networkAclSet", Item(Element("networkAclId", "acl-1")));
const std::string kGroupReply = List("securityGroupInfo", Item(Element("groupId", "sg-1")));

std::string VpcItem(const std::string& state = "available", const std::string& more = "") {
  return Element("vpcId", kId) + Element("ownerId", "111122223333") + Element("state", state) +
         Element("cidrBlock", "10.0.0.0/16") + Element("instanceTenancy", "default") +
         List("cidrBlockAssociationSet",
              Item(Element("associationId", "vpc-cidr-assoc-1") +
                   Element("cidrBlock", "10.0.0.0/16") +
                   Element("cidrBlockState", Element("state", "associated")))) +
         more;
}
std::string Vpcs(const std::string& item) { return List("vpcSet", Item(item)); }
std::string Attribute(const std::string& name, bool on) {
  return Element("vpcId", kId) + Element(name, Element("value", on ? "true" : "false"));
}

// What a look asks after the VPC itself.
void ExpectDefaults(World& world) { world.On(kAcls, kAclReply).On(kGroups, kGroupReply); }
void ExpectAttributes(World& world, bool support, bool hostnames) {
  world.On(kSupport, Attribute("enableDnsSupport", support))
      .On(kHostnames, Attribute("enableDnsHostnames", hostnames));
}

TEST(Vpc, IsMadeInFourRequests) {
  World world;
  const Vpc type(*world.cloud);
  world
      .On("CreateVpc CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc&"
          "TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=net",
          Element("vpc", VpcItem("pending")))
      .On(kDescribe, Vpcs(VpcItem("available", aws::testing::TagItems({{"Name", "net"}}))));
  ExpectDefaults(world);
  const Made made =
      world.Create(type, {{"cidrBlock", "10.0.0.0/16"}, {"tags", PropertyMap{{"Name", "net"}}}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("vpcId"), PropertyValue(kId));
  EXPECT_EQ(made.outputs.at("arn"), PropertyValue("arn:aws:ec2:eu-west-1:111122223333:vpc/" + kId));
  EXPECT_EQ(made.outputs.at("defaultNetworkAcl"), PropertyValue("acl-1"));
  EXPECT_EQ(made.outputs.at("defaultSecurityGroup"), PropertyValue("sg-1"));
  EXPECT_EQ(made.outputs.at("cidrBlockAssociations"),
            PropertyValue(PropertyArray{"vpc-cidr-assoc-1"}));
  EXPECT_EQ(made.outputs.at("ipv6CidrBlocks"), PropertyValue(PropertyArray{}));
  EXPECT_EQ(made.outputs.at("enableDnsSupport"), PropertyValue(true));
  EXPECT_EQ(made.outputs.at("enableDnsHostnames"), PropertyValue(false));
  EXPECT_EQ(made.outputs.at("tagsAll"), PropertyValue(PropertyMap{{"Name", "net"}}));
}

TEST(Vpc, CarriesTheMarkerOnlyWhileItIsMade) {
  World world;
  world.Configure({{"creationMarker", true}});
  const Vpc type(*world.cloud);
  world.On("DescribeTags Filter.1.Name=key&Filter.1.Value.1=palisade:creating", List("tagSet", ""))
      .On("CreateVpc CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc&"
          "TagSpecification.1.Tag.1.Key=palisade:creating&TagSpecification.1.Tag.1.Value=*",
          Element("vpc", VpcItem("pending")))
      .On(kDescribe,
          Vpcs(VpcItem("available", aws::testing::TagItems({{"palisade:creating", "x"}}))));
  ExpectDefaults(world);
  world.On("DeleteTags ResourceId.1=" + kId + "&Tag.1.Key=palisade:creating");
  const Made made = world.Create(type, {{"cidrBlock", "10.0.0.0/16"}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("tagsAll"), PropertyValue(PropertyMap{}));
}

TEST(Vpc, WaitsWhileItIsNotVisibleAndPending) {
  World world;
  const Vpc type(*world.cloud);
  world.On("CreateVpc CidrBlock=10.0.0.0/16", Element("vpc", VpcItem("pending")))
      .Refuse(kDescribe, "InvalidVpcID.NotFound")
      .On(kDescribe, Vpcs(VpcItem("pending")))
      .On(kDescribe, Vpcs(VpcItem()));
  ExpectDefaults(world);
  EXPECT_TRUE(world.Create(type, {{"cidrBlock", "10.0.0.0/16"}}).status.ok());
  EXPECT_THAT(world.reporter.statuses, ElementsAre("not visible yet, 0s", "pending, 1s"));
}

TEST(Vpc, TurnsOnHostNamesWithOneCallAndWaitsForThem) {
  World world;
  const Vpc type(*world.cloud);
  world.On("CreateVpc CidrBlock=10.0.0.0/16", Element("vpc", VpcItem()))
      .On(kDescribe, Vpcs(VpcItem()))
      .On("ModifyVpcAttribute VpcId=" + kId + "&EnableDnsHostnames.Value=true")
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .On(kHostnames, Attribute("enableDnsHostnames", true));
  ExpectDefaults(world);
  const Made made = world.Create(
      type,
      {{"cidrBlock", "10.0.0.0/16"}, {"enableDnsSupport", true}, {"enableDnsHostnames", true}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("enableDnsHostnames"), PropertyValue(true));
}

TEST(Vpc, SendsPoolTenancyAndEncryption) {
  World world;
  const Vpc type(*world.cloud);
  const auto control = [](const std::string& state) {
    return Element(
        "encryptionControl",
        Element("vpcEncryptionControlId", "vpcec-1") + Element("mode", "monitor") +
            Element("state", state) +
            Element("resourceExclusions", Element("natGateway", Element("state", "enabled")) +
                                              Element("lambda", Element("state", "disabled"))));
  };
  world
      .On("CreateVpc Ipv4IpamPoolId=ipam-pool-1&Ipv4NetmaskLength=24&InstanceTenancy=dedicated&"
          "VpcEncryptionControl.Mode=monitor&VpcEncryptionControl.NatGatewayExclusion=enable",
          Element("vpc", VpcItem("pending")))
      .On(kDescribe, Vpcs(VpcItem("available", control("monitor-in-progress"))))
      .On(kDescribe, Vpcs(VpcItem("available", control("available"))));
  ExpectDefaults(world);
  const Made made =
      world.Create(type, {{"ipv4IpamPoolId", "ipam-pool-1"},
                          {"ipv4NetmaskLength", 24},
                          {"instanceTenancy", "dedicated"},
                          {"vpcEncryptionControl",
                           PropertyMap{{"mode", "monitor"}, {"natGatewayExclusion", "enable"}}}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("cidrBlock"), PropertyValue("10.0.0.0/16"));
  const auto& output = *made.outputs.at("vpcEncryptionControl").If<PropertyMap>();
  EXPECT_EQ(output.at("vpcEncryptionControlId"), PropertyValue("vpcec-1"));
  EXPECT_EQ(output.at("resourceExclusions"),
            PropertyValue(PropertyMap{{"natGateway", PropertyMap{{"state", "enabled"}}},
                                      {"lambda", PropertyMap{{"state", "disabled"}}}}));
}

TEST(Vpc, AFailedEncryptionControlIsAPartialCreation) {
  World world;
  const Vpc type(*world.cloud);
  world
      .On("CreateVpc CidrBlock=10.0.0.0/16&VpcEncryptionControl.Mode=enforce",
          Element("vpc", VpcItem("pending")))
      .On(kDescribe, Vpcs(VpcItem("available", Element("encryptionControl",
                                                       Element("state", "enforce-failed") +
                                                           Element("stateMessage", "no")))));
  const Made made = world.Create(
      type,
      {{"cidrBlock", "10.0.0.0/16"}, {"vpcEncryptionControl", PropertyMap{{"mode", "enforce"}}}});
  EXPECT_THAT(base::Message(made.status), HasSubstr("enforce-failed: no"));
  EXPECT_TRUE(made.recorded);
  EXPECT_EQ(made.id, kId);
}

TEST(Vpc, AThrottledCreateIsAskedAgain) {
  World world;
  const Vpc type(*world.cloud);
  world.Refuse("CreateVpc CidrBlock=10.0.0.0/16", "RequestLimitExceeded", 503)
      .On("CreateVpc CidrBlock=10.0.0.0/16", Element("vpc", VpcItem()))
      .On(kDescribe, Vpcs(VpcItem()));
  ExpectDefaults(world);
  EXPECT_TRUE(world.Create(type, {{"cidrBlock", "10.0.0.0/16"}}).status.ok());
}

TEST(Vpc, ALostReplyIsLookedForAndNotAskedAgain) {
  World world;
  world.Configure({{"creationMarker", true}});
  const Vpc type(*world.cloud);
  world.On("DescribeTags Filter.1.Name=key&Filter.1.Value.1=palisade:creating", List("tagSet", ""))
      .Lose("CreateVpc *")
      .On("DescribeTags Filter.1.Name=key&Filter.1.Value.1=palisade:creating&"
          "Filter.2.Name=value&Filter.2.Value.1=*",
          List("tagSet", Item(Element("resourceId", kId) + Element("resourceType", "vpc") +
                              Element("value", "x"))))
      .On(kDescribe, Vpcs(VpcItem()));
  ExpectDefaults(world);
  world.On("DeleteTags *");
  const Made made = world.Create(type, {{"cidrBlock", "10.0.0.0/16"}});
  EXPECT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(Vpc, ALostReplyWithoutMarkerIsAnErrorThatSaysWhatToDo) {
  World world;
  const Vpc type(*world.cloud);
  world.Lose("CreateVpc CidrBlock=10.0.0.0/16");
  const Made made = world.Create(type, {{"cidrBlock", "10.0.0.0/16"}});
  EXPECT_EQ(made.status.code(), absl::StatusCode::kAborted);
  EXPECT_THAT(base::Message(made.status), HasSubstr("import it"));
}

TEST(Vpc, ACancelledWaitKeepsTheId) {
  World world;
  const Vpc type(*world.cloud);
  world.On("CreateVpc CidrBlock=10.0.0.0/16", Element("vpc", VpcItem("pending")))
      .Cancel(kDescribe, Vpcs(VpcItem("pending")));
  const Made made = world.Create(type, {{"cidrBlock", "10.0.0.0/16"}});
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
  EXPECT_EQ(made.id, kId);
}

TEST(Vpc, AHalfMadeOneIsFinished) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kDescribe, Vpcs(VpcItem()))
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .On("ModifyVpcAttribute VpcId=" + kId + "&EnableDnsHostnames.Value=true")
      .On(kHostnames, Attribute("enableDnsHostnames", true))
      .On(kSupport, Attribute("enableDnsSupport", true));
  ExpectDefaults(world);
  const auto outputs =
      world.Finish(type, kId, {{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}});
  ASSERT_TRUE(outputs.ok()) << outputs.status();
  EXPECT_EQ(outputs->at("enableDnsHostnames"), PropertyValue(true));
}

TEST(Vpc, ReadsWhatAUserWouldWrite) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kDescribe, Vpcs(VpcItem("available", aws::testing::TagItems({{"Name", "net"}}))));
  ExpectAttributes(world, true, true);
  ExpectDefaults(world);
  const auto read = world.Read(type, kId, {{"cidrBlock", "10.0.0.9/16"}});
  ASSERT_TRUE(read.ok() && *read) << read.status();
  // The user's own spelling of the same range stays.
  EXPECT_EQ((*read)->inputs.at("cidrBlock"), PropertyValue("10.0.0.9/16"));
  EXPECT_EQ((*read)->inputs.at("enableDnsHostnames"), PropertyValue(true));
  EXPECT_EQ((*read)->inputs.at("tags"), PropertyValue(PropertyMap{{"Name", "net"}}));
  EXPECT_EQ((*read)->outputs.at("cidrBlock"), PropertyValue("10.0.0.0/16"));
  EXPECT_THAT((*read)->unreadable, ElementsAre("ipv4IpamPoolId", "ipv4NetmaskLength"));
}

TEST(Vpc, IsImportedById) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kDescribe, Vpcs(VpcItem()));
  ExpectAttributes(world, true, false);
  ExpectDefaults(world);
  const auto read = world.Import(type, kId);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->id, kId);
  EXPECT_EQ((*read)->inputs.at("cidrBlock"), PropertyValue("10.0.0.0/16"));
}

TEST(Vpc, AWrongImportIdFailsWithoutARequest) {
  World world;
  const Vpc type(*world.cloud);
  const auto read = world.Import(type, "subnet-0123456789abcdef0");
  EXPECT_THAT(base::Message(read.status()), HasSubstr("id of a subnet"));
}

TEST(Vpc, IsGoneOnlyWhenEc2SaysExactlyThat) {
  World world;
  const Vpc type(*world.cloud);
  world.Refuse(kDescribe, "InvalidVpcID.NotFound");
  const auto gone = world.Read(type, kId, {{"cidrBlock", "10.0.0.0/16"}});
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->has_value());
  world.Refuse(kDescribe, "InvalidVpcID.Malformed");
  EXPECT_FALSE(world.Read(type, kId, {{"cidrBlock", "10.0.0.0/16"}}).ok());
}

TEST(Vpc, TurnsTheResolverOffAfterHostNames) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kDescribe, Vpcs(VpcItem()));
  ExpectAttributes(world, true, true);
  world.On(kSetHostnames + "false")
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .On(kSetSupport + "false")
      .On(kSupport, Attribute("enableDnsSupport", false));
  ExpectDefaults(world);
  const PropertyMap olds{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}};
  const PropertyMap news{
      {"cidrBlock", "10.0.0.0/16"}, {"enableDnsSupport", false}, {"enableDnsHostnames", false}};
  EXPECT_TRUE(world.Update(type, kId, olds, news).ok());
}

TEST(Vpc, TurnsTheResolverOnBeforeHostNames) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kSetSupport + "true")
      .On(kSupport, Attribute("enableDnsSupport", true))
      .On(kDescribe, Vpcs(VpcItem()))
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .On(kSetHostnames + "true")
      .On(kHostnames, Attribute("enableDnsHostnames", true))
      .On(kSupport, Attribute("enableDnsSupport", true));
  ExpectDefaults(world);
  // Removing an input brings back EC2's default.
  const PropertyMap olds{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsSupport", false}};
  const PropertyMap news{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}};
  EXPECT_TRUE(world.Update(type, kId, olds, news).ok());
}

TEST(Vpc, ChangesTenancyAndTagsInPlace) {
  World world;
  const Vpc type(*world.cloud);
  world.On("ModifyVpcTenancy VpcId=" + kId + "&InstanceTenancy=default")
      .On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=Name&Tag.1.Value=net")
      .On(kDescribe, Vpcs(VpcItem()));
  ExpectAttributes(world, true, false);
  ExpectDefaults(world);
  const PropertyMap olds{{"cidrBlock", "10.0.0.0/16"}, {"instanceTenancy", "dedicated"}};
  const PropertyMap news{{"cidrBlock", "10.0.0.0/16"}, {"tags", PropertyMap{{"Name", "net"}}}};
  EXPECT_TRUE(world.Update(type, kId, olds, news).ok());
}

TEST(Vpc, AChangeThatFailsPutsBackWhatItHasReset) {
  World world;
  const Vpc type(*world.cloud);
  const std::string tenancy = "ModifyVpcTenancy VpcId=" + kId + "&InstanceTenancy=default";
  world.On(kSetHostnames + "false")
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .Refuse(tenancy, "UnauthorizedOperation")
      .On(kSetHostnames + "true")
      .On(kHostnames, Attribute("enableDnsHostnames", true));
  const PropertyMap olds{
      {"cidrBlock", "10.0.0.0/16"}, {"instanceTenancy", "dedicated"}, {"enableDnsHostnames", true}};
  const PropertyMap news{{"cidrBlock", "10.0.0.0/16"}};
  const absl::Status status = world.Update(type, kId, olds, news).status();
  EXPECT_EQ(base::CloudCodeOf(status), "UnauthorizedOperation");
  EXPECT_FALSE(world.last_recorded);
  EXPECT_THAT(base::Message(status), Not(HasSubstr("put back")));
  // What was not changed is not put back.
  world.Refuse(kSetHostnames + "false", "UnauthorizedOperation");
  EXPECT_FALSE(world.Update(type, kId, olds, news).ok());
  // Nor is it concealed that it could not be.
  world.On(kSetHostnames + "false")
      .On(kHostnames, Attribute("enableDnsHostnames", false))
      .Refuse(tenancy, "UnauthorizedOperation")
      .Refuse(kSetHostnames + "true", "UnauthorizedOperation");
  EXPECT_THAT(base::Message(world.Update(type, kId, olds, news).status()),
              HasSubstr("enableDnsHostnames of " + kId + " was changed before that"));
}

TEST(Vpc, ACancelledChangePutsBackWhatItHasReset) {
  World world;
  const Vpc type(*world.cloud);
  world.On(kSetHostnames + "false")
      .Cancel(kHostnames, Attribute("enableDnsHostnames", true))
      .On(kSetHostnames + "true")
      .On(kHostnames, Attribute("enableDnsHostnames", true));
  const PropertyMap olds{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}};
  const auto updated = world.Update(type, kId, olds, {{"cidrBlock", "10.0.0.0/16"}});
  EXPECT_EQ(updated.status().code(), absl::StatusCode::kCancelled);
}

TEST(Vpc, AnAttributeThatNeverShowsIsAnErrorInTheEnd) {
  World world;
  const Vpc type(*world.cloud);
  const auto start = world.clock.Steady();
  world.On(kDescribe, Vpcs(VpcItem())).On(kHostnames, Attribute("enableDnsHostnames", false));
  world.On(kSetHostnames + "true", [&world] {
    world.transport.Otherwise([](const http::Request&) {
      return aws::testing::Reply("DescribeVpcAttribute", Attribute("enableDnsHostnames", false));
    });
    return aws::testing::Reply("ModifyVpcAttribute", "");
  });
  const PropertyMap olds{{"cidrBlock", "10.0.0.0/16"}};
  const PropertyMap news{{"cidrBlock", "10.0.0.0/16"}, {"enableDnsHostnames", true}};
  EXPECT_THAT(base::Message(world.Update(type, kId, olds, news).status()),
              HasSubstr("does not show enableDnsHostnames"));
  EXPECT_LE(world.clock.Steady() - start, std::chrono::seconds(125));
}

TEST(Vpc, LeavesAttributesAloneThatTheUserIgnores) {
  World world;
  const Vpc type(*world.cloud);
  world.ignored = {PropertyPath("enableDnsHostnames")};
  world.On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=Name&Tag.1.Value=net")
      .On(kDescribe, Vpcs(VpcItem()));
  ExpectAttributes(world, true, true);
  ExpectDefaults(world);
  const PropertyMap olds{
      {"cidrBlock", "10.0.0.0/16"}, {"enableDnsSupport", true}, {"enableDnsHostnames", false}};
  PropertyMap news = olds;
  news["tags"] = PropertyMap{{"Name", "net"}};
  EXPECT_TRUE(world.Update(type, kId, olds, news).ok());
}

TEST(Vpc, ReplacesExactlyWhatEc2CannotChange) {
  const World world;
  const Vpc type(*world.cloud);
  const std::vector<std::string> marked = {"cidrBlock", "instanceTenancy"};
  const auto tenancy = [&](PropertyValue from, PropertyValue to) {
    PropertyMap olds, news;
    if (!from.IsNull()) olds["instanceTenancy"] = std::move(from);
    if (!to.IsNull()) news["instanceTenancy"] = std::move(to);
    return world.Diff(type, olds, news, marked);
  };
  EXPECT_THAT(tenancy("dedicated", "default"), ElementsAre("instanceTenancy"));
  EXPECT_THAT(tenancy("dedicated", value::Null{}), ElementsAre("instanceTenancy"));
  EXPECT_THAT(tenancy("default", "dedicated"), ElementsAre("instanceTenancy!"));
  EXPECT_THAT(tenancy("host", "default"), ElementsAre("instanceTenancy!"));
  EXPECT_THAT(tenancy("dedicated", kUnknown), ElementsAre("instanceTenancy!"));
  EXPECT_THAT(
      world.Diff(type, {{"cidrBlock", "10.0.0.9/16"}}, {{"cidrBlock", "10.0.0.0/16"}}, marked),
      IsEmpty());
  EXPECT_THAT(
      world.Diff(type, {{"cidrBlock", "10.1.0.0/16"}}, {{"cidrBlock", "10.0.0.0/16"}}, marked),
      ElementsAre("cidrBlock!"));
}

TEST(Vpc, DeletionWaitsForWhatIsLeftInIt) {
  World world;
  const Vpc type(*world.cloud);
  world.Refuse("DeleteVpc VpcId=" + kId, "DependencyViolation")
      .On("DeleteVpc VpcId=" + kId)
      .On(kDescribe, Vpcs(VpcItem()))
      .Refuse(kDescribe, "InvalidVpcID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("what is left in the VPC " + kId)));
}

TEST(Vpc, DeletionGivesUpWithTheCloudsWordAndAdvice) {
  World world;
  const Vpc type(*world.cloud);
  const auto start = world.clock.Steady();
  world.transport.Otherwise(
      [](const http::Request&) { return Failure(400, "DependencyViolation", "has dependencies"); });
  const absl::Status status = world.Delete(type, kId);
  EXPECT_EQ(base::CloudCodeOf(status), "DependencyViolation");
  EXPECT_THAT(base::Message(status), HasSubstr("look for subnets"));
  EXPECT_GE(world.clock.Steady() - start, std::chrono::minutes(5));
  EXPECT_LT(world.clock.Steady() - start, std::chrono::minutes(6));
  // A user's customTimeouts are waited out, too.
  const auto again = world.clock.Steady();
  EXPECT_FALSE(world.Delete(type, kId, {}, std::chrono::minutes(30)).ok());
  EXPECT_GE(world.clock.Steady() - again, std::chrono::minutes(29));
}

TEST(Vpc, DeletingWhatIsGoneSucceeds) {
  World world;
  const Vpc type(*world.cloud);
  world.Refuse("DeleteVpc VpcId=" + kId, "InvalidVpcID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(Vpc, ALostReplyOfADeletionIsAskedAgain) {
  World world;
  const Vpc type(*world.cloud);
  world.Lose("DeleteVpc VpcId=" + kId).Refuse("DeleteVpc VpcId=" + kId, "InvalidVpcID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(Vpc, ListsPages) {
  World world;
  const Vpc type(*world.cloud);
  world
      .On("DescribeVpcs MaxResults=5",
          Vpcs(VpcItem("available", aws::testing::TagItems({{"Name", "net"}}))) +
              Element("nextToken", "t"))
      .On("DescribeVpcs MaxResults=1000&NextToken=t", List("vpcSet", ""));
  const auto first = world.List(type, "", 2);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->items.size(), 1u);
  EXPECT_EQ(first->items[0].id, kId);
  EXPECT_EQ(first->items[0].name, "net");
  EXPECT_EQ(first->continuation, "t");
  const auto second = world.List(type, "t", 5000);
  ASSERT_TRUE(second.ok());
  EXPECT_THAT(second->items, IsEmpty());
}

TEST(Vpc, CheckFindsWhatEc2WouldRefuse) {
  const World world;
  const Vpc type(*world.cloud);
  const auto failures = [&](const PropertyMap& inputs) {
    return world.Check(type, inputs).failures;
  };
  EXPECT_THAT(failures({}), ElementsAre("cidrBlock aws.ec2.ipam"));
  EXPECT_THAT(failures({{"cidrBlock", "10.0.0.0/8"}}), ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(failures({{"cidrBlock", "2001:db8::/56"}}), ElementsAre("cidrBlock aws.ec2.cidr"));
  EXPECT_THAT(failures({{"ipv4IpamPoolId", "p"}, {"instanceTenancy", "host"}}),
              ElementsAre("instanceTenancy aws.ec2.tenancy"));
  EXPECT_THAT(failures({{"cidrBlock", "10.0.0.0/16"},
                        {"enableDnsSupport", false},
                        {"enableDnsHostnames", true}}),
              ElementsAre("enableDnsHostnames aws.ec2.dns"));
  EXPECT_THAT(world.Check(type, {{"cidrBlock", "10.0.0.9/16"}}).warnings,
              ElementsAre("cidrBlock aws.ec2.cidr-host-bits"));
  EXPECT_TRUE(type.ExplainUnknown("assignGeneratedIpv6CidrBlock").has_value());
  EXPECT_FALSE(type.ExplainUnknown("cidr").has_value());
}

TEST(Vpc, UnknownsPassCheck) {
  const World world;
  const Vpc type(*world.cloud);
  ExpectUnknownsPass(world, type,
                     {{"cidrBlock", "10.0.0.0/16"},
                      {"enableDnsSupport", true},
                      {"enableDnsHostnames", true},
                      {"instanceTenancy", "default"},
                      {"vpcEncryptionControl", PropertyMap{{"mode", "monitor"}}},
                      {"tags", PropertyMap{{"a", "b"}}}});
}

TEST(Vpc, ReadsTheStateOfBothEstablishedPackages) {
  const World world;
  const Vpc type(*world.cloud);
  PropertyMap inputs{{"cidrBlock", "10.0.0.0/16"},
                     {"assignGeneratedIpv6CidrBlock", true},
                     {"tags", PropertyMap{{"a", "b"}, {"__defaults", PropertyArray{}}}}};
  PropertyMap outputs{{"id", kId},
                      {"cidrBlock", "10.0.0.0/16"},
                      {"defaultNetworkAclId", "acl-1"},
                      {"defaultSecurityGroupId", "sg-1"},
                      {"ipv6CidrBlock", ""},
                      {"ownerId", "111122223333"},
                      {"tagsAll", PropertyMap{{"a", "b"}}}};
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, (PropertyMap{{"cidrBlock", "10.0.0.0/16"}, {"tags", PropertyMap{{"a", "b"}}}}));
  EXPECT_EQ(outputs, (PropertyMap{{"vpcId", kId},
                                  {"cidrBlock", "10.0.0.0/16"},
                                  {"defaultNetworkAcl", "acl-1"},
                                  {"defaultSecurityGroup", "sg-1"},
                                  {"accountId", "111122223333"},
                                  {"tagsAll", PropertyMap{{"a", "b"}}}}));

  PropertyMap native_inputs{{"cidrBlock", "10.0.0.0/16"},
                            {"tags", PropertyArray{PropertyMap{{"key", "a"}, {"value", "b"}}}}};
  PropertyMap native = native_inputs;
  native["vpcId"] = kId;
  type.Migrate(0, native_inputs, native);
  EXPECT_EQ(native_inputs.at("tags"), PropertyValue(PropertyMap{{"a", "b"}}));
  EXPECT_EQ(native.at("vpcId"), PropertyValue(kId));
}

}  // namespace
}  // namespace palisade::aws::ec2

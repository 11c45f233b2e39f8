#include "provider/clouds/aws/resources/ec2/vpc_gateway_attachment.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kGateway = "igw-0123456789abcdef0";
const std::string kOther = "igw-0aaaaaaaaaaaaaaa0";
const std::string kVpn = "vgw-0123456789abcdef0";
const std::string kId = "IGW|" + kVpc;
const PropertyMap kInputs{{"vpcId", kVpc}, {"internetGatewayId", kGateway}};
const PropertyMap kVpnInputs{{"vpcId", kVpc}, {"vpnGatewayId", kVpn}};
const std::string kAttach =
    "AttachInternetGateway InternetGatewayId=" + kGateway + "&VpcId=" + kVpc;
const std::string kDetach =
    "DetachInternetGateway InternetGatewayId=" + kGateway + "&VpcId=" + kVpc;
const std::string kFind =
    "DescribeInternetGateways Filter.1.Name=attachment.vpc-id&Filter.1.Value.1=" + kVpc;
const std::string kFindVpn =
    "DescribeVpnGateways Filter.1.Name=attachment.vpc-id&Filter.1.Value.1=" + kVpc;

std::string Attached(const std::string& gateway, const std::string& state = "available") {
  return List("internetGatewaySet",
              Item(Element("internetGatewayId", gateway) +
                   List("attachmentSet", Item(Element("vpcId", kVpc) + Element("state", state)))));
}
const std::string kNone = List("internetGatewaySet", "");

std::string VpnAttached(const std::string& state) {
  return List("vpnGatewaySet",
              Item(Element("vpnGatewayId", kVpn) +
                   List("attachments", Item(Element("vpcId", kVpc) + Element("state", state)))));
}

TEST(VpcGatewayAttachment, IsMadeInTwoRequests) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On(kAttach).On(kFind, Attached(kGateway));
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(
      made.outputs,
      (PropertyMap{{"attachmentType", "IGW"}, {"vpcId", kVpc}, {"internetGatewayId", kGateway}}));
  EXPECT_TRUE(type.traits().delete_before_replace);
}

TEST(VpcGatewayAttachment, WaitsForItsPartsAndForItself) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.Refuse(kAttach, "InvalidInternetGatewayID.NotFound")
      .On(kAttach)
      .On(kFind, kNone)
      .On(kFind, Attached(kGateway, "attaching"))
      .On(kFind, Attached(kGateway));
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("attaching")));
}

TEST(VpcGatewayAttachment, AttachesAVirtualPrivateGateway) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On("AttachVpnGateway VpnGatewayId=" + kVpn + "&VpcId=" + kVpc)
      .On(kFindVpn, VpnAttached("attaching"))
      .On(kFindVpn, VpnAttached("attached"));
  const Made made = world.Create(type, kVpnInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, "VGW|" + kVpc);
  EXPECT_EQ(made.outputs.at("attachmentType"), PropertyValue("VGW"));
}

TEST(VpcGatewayAttachment, ALostReplyIsAskedAgain) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.Lose(kAttach)
      .Refuse(kAttach, "Resource.AlreadyAssociated")
      .On(kFind, Attached(kGateway))
      .On(kFind, Attached(kGateway));
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
}

TEST(VpcGatewayAttachment, AnEqualOneIsTakenOverAndOutlivesItsPredecessor) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.Refuse(kAttach, "Resource.AlreadyAssociated")
      .On(kFind, Attached(kGateway))
      .On(kFind, Attached(kGateway));
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("takes the attachment over")));
  // --target-replace: the engine now deletes what it takes for another object.
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  // In another run it is deleted.
  world.Configure({});
  world.On(kDetach).On(kFind, kNone);
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
}

TEST(VpcGatewayAttachment, AnotherOneIsAnErrorThatNamesItAndTheImport) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.Refuse(kAttach, "Resource.AlreadyAssociated").On(kFind, Attached(kOther));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr(kOther));
  EXPECT_THAT(base::Message(made.status), HasSubstr("pulumi import"));
  EXPECT_FALSE(made.recorded);
}

TEST(VpcGatewayAttachment, ACancelledWaitKeepsTheId) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On(kAttach).Cancel(kFind, Attached(kGateway, "attaching"));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(VpcGatewayAttachment, AnotherGatewayTakesThePlaceInOneUpdate) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On(kDetach)
      .On(kFind, kNone)
      .On("AttachInternetGateway InternetGatewayId=" + kOther + "&VpcId=" + kVpc)
      .On(kFind, Attached(kOther));
  PropertyMap news = kInputs;
  news["internetGatewayId"] = kOther;
  EXPECT_TRUE(world.Update(type, kId, kInputs, news).ok());
  EXPECT_TRUE(world.last_recorded);
}

TEST(VpcGatewayAttachment, AnUpdateThatEndedHalfwayIsFinished) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On(kFind, kNone).On(kAttach).On(kFind, Attached(kGateway));
  EXPECT_TRUE(world.Finish(type, kId, kInputs).ok());
}

TEST(VpcGatewayAttachment, ReadsWhatIsAttached) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On(kFind, Attached(kOther));
  const auto read = world.Read(type, kId, kInputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("internetGatewayId"), PropertyValue(kOther));
  world.On(kFind, kNone);
  EXPECT_FALSE(world.Read(type, kId, kInputs)->has_value());
  world.On(kFindVpn, VpnAttached("detached"));
  EXPECT_FALSE(world.Read(type, "VGW|" + kVpc, kVpnInputs)->has_value());
}

TEST(VpcGatewayAttachment, IsImportedByItsIdAndByThatOfAws) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  for (const std::string& id : {kId, kGateway + ":" + kVpc}) {
    world.On(kFind, Attached(kGateway));
    const auto read = world.Import(type, id);
    ASSERT_TRUE(read.ok() && *read) << read.status();
    EXPECT_EQ((*read)->id, kId);
    EXPECT_EQ((*read)->inputs, kInputs);
  }
  EXPECT_THAT(base::Message(world.Import(type, "igw-1").status()), HasSubstr("IGW|vpc-"));
}

TEST(VpcGatewayAttachment, UnderstandsAHashOfAws) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On("DetachVpnGateway VpnGatewayId=" + kVpn + "&VpcId=" + kVpc)
      .On(kFindVpn, VpnAttached("detaching"))
      .On(kFindVpn, VpnAttached("detached"));
  EXPECT_TRUE(world.Delete(type, "vpn-attachment-1a2b3c", kVpnInputs).ok());
}

TEST(VpcGatewayAttachment, DetachingWaitsForPublicAddresses) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.Refuse(kDetach, "DependencyViolation").On(kDetach).On(kFind, kNone);
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("public addresses in the VPC")));
}

TEST(VpcGatewayAttachment, DetachingWhatIsDetachedSucceeds) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  for (const char* code : {"Gateway.NotAttached", "InvalidInternetGatewayID.NotFound"}) {
    world.Refuse(kDetach, code);
    EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  }
}

TEST(VpcGatewayAttachment, TheKindReplacesTheGatewayDoesNot) {
  const World world;
  const VpcGatewayAttachment type(*world.cloud);
  PropertyMap other = kInputs;
  other["internetGatewayId"] = kOther;
  EXPECT_THAT(world.Diff(type, kInputs, other, {"vpcId"}), ElementsAre("internetGatewayId"));
  EXPECT_THAT(world.Diff(type, kInputs, kVpnInputs, {"vpcId"}),
              ElementsAre("internetGatewayId!", "vpnGatewayId!"));
}

TEST(VpcGatewayAttachment, ThePreviewKnowsTheKind) {
  const World world;
  const VpcGatewayAttachment type(*world.cloud);
  const PropertyMap inputs{{"vpcId", kUnknown}, {"vpnGatewayId", kUnknown}};
  EXPECT_EQ(type.Preview({inputs, nullptr, nullptr, world.clock, *world.settings}),
            (PropertyMap{{"attachmentType", "VGW"}}));
}

TEST(VpcGatewayAttachment, ListsBothKinds) {
  World world;
  const VpcGatewayAttachment type(*world.cloud);
  world.On("DescribeInternetGateways MaxResults=50", Attached(kGateway))
      .On("DescribeVpnGateways", VpnAttached("attached"));
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->items.size(), 2u);
  EXPECT_EQ(list->items[0].id, kId);
  EXPECT_EQ(list->items[1].id, "VGW|" + kVpc);
}

TEST(VpcGatewayAttachment, CheckWantsExactlyOneGateway) {
  const World world;
  const VpcGatewayAttachment type(*world.cloud);
  EXPECT_THAT(world.Check(type, {{"vpcId", kVpc}}).failures,
              ElementsAre("internetGatewayId aws.ec2.exclusive"));
  PropertyMap both = kInputs;
  both["vpnGatewayId"] = kVpn;
  EXPECT_THAT(world.Check(type, both).failures, ElementsAre("vpnGatewayId aws.ec2.exclusive"));
  EXPECT_THAT(world.Check(type, {{"vpcId", kVpc}, {"internetGatewayId", kVpn}}).failures,
              ElementsAre("internetGatewayId aws.ec2.id"));
  ExpectUnknownsPass(world, type, kInputs);
  ExpectUnknownsPass(world, type, kVpnInputs);
  // With the rule silenced there is an error instead of a crash.
  World made;
  EXPECT_FALSE(made.Create(VpcGatewayAttachment(*made.cloud), {{"vpcId", kVpc}}).status.ok());
}

TEST(VpcGatewayAttachment, ReadsTheStateOfTheClassicPackage) {
  const World world;
  const VpcGatewayAttachment type(*world.cloud);
  PropertyMap inputs = kInputs, outputs = kInputs;
  outputs["id"] = kGateway + ":" + kVpc;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, kInputs);
  EXPECT_EQ(outputs.at("attachmentType"), PropertyValue("IGW"));
  EXPECT_FALSE(outputs.contains("id"));
}

}  // namespace
}  // namespace palisade::aws::ec2

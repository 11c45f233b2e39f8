#include "provider/clouds/aws/resources/ec2/subnet_route_table_association.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kId = "rtbassoc-0123456789abcdef0";
const std::string kSubnet = "subnet-0123456789abcdef0";
const std::string kTable = "rtb-0123456789abcdef0";
const std::string kOtherTable = "rtb-0aaaaaaaaaaaaaaa0";
const PropertyMap kInputs{{"subnetId", kSubnet}, {"routeTableId", kTable}};
const std::string kBySubnet =
    "DescribeRouteTables Filter.1.Name=association.subnet-id&Filter.1.Value.1=" + kSubnet;
const std::string kById =
    "DescribeRouteTables Filter.1.Name=association.route-table-association-id&"
    "Filter.1.Value.1=" +
    kId;
const std::string kAssociate =
    "AssociateRouteTable RouteTableId=" + kTable + "&SubnetId=" + kSubnet;
const std::string kDisassociate = "DisassociateRouteTable AssociationId=" + kId;
const std::string kAnswer = Element("associationId", kId);
const std::string kNone = List("routeTableSet", "");

std::string Tables(const std::string& table = kTable, const std::string& state = "associated") {
  return List("routeTableSet",
              Item(Element("routeTableId", table) +
                   List("associationSet",
                        Item(Element("routeTableAssociationId", "rtbassoc-0bbbbbbbbbbbbbbb0") +
                             Element("main", "true")) +
                            Item(Element("routeTableAssociationId", kId) +
                                 Element("subnetId", kSubnet) + Element("routeTableId", table) +
                                 Element("associationState", Element("state", state))))));
}

TEST(SubnetRouteTableAssociation, LooksFirstThenAssociates) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, kNone).On(kAssociate, kAnswer).On(kById, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs, kInputs);
  EXPECT_TRUE(type.traits().delete_before_replace);
}

TEST(SubnetRouteTableAssociation, WaitsForItsPartsAndForItself) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, kNone)
      .Refuse(kAssociate, "InvalidSubnetID.NotFound")
      .On(kAssociate, kAnswer)
      .On(kById, kNone)
      .On(kById, Tables(kTable, "associating"))
      .On(kById, Tables());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("associating")));
}

TEST(SubnetRouteTableAssociation, AFailedOneIsAPartialCreation) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, kNone).On(kAssociate, kAnswer).On(kById, Tables(kTable, "failed"));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr("failed"));
  EXPECT_TRUE(made.recorded);
}

TEST(SubnetRouteTableAssociation, AnEqualOneIsTakenOverAndOutlivesItsPredecessor) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, Tables()).On(kById, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("takes the association")));
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
}

TEST(SubnetRouteTableAssociation, AnotherOneIsAnErrorThatNamesItAndTheImport) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, Tables(kOtherTable));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr(kOtherTable));
  EXPECT_THAT(base::Message(made.status), HasSubstr("pulumi import"));
  EXPECT_FALSE(made.recorded);
  // Somebody was faster.
  world.On(kBySubnet, kNone)
      .Refuse(kAssociate, "Resource.AlreadyAssociated")
      .On(kBySubnet, Tables(kOtherTable));
  EXPECT_FALSE(world.Create(type, kInputs).status.ok());
}

TEST(SubnetRouteTableAssociation, ALostReplyAndThrottlingAreAskedAgain) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, kNone)
      .Refuse(kAssociate, "RequestLimitExceeded", 503)
      .Lose(kAssociate)
      .Refuse(kAssociate, "Resource.AlreadyAssociated")
      .On(kBySubnet, Tables())
      .On(kById, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(SubnetRouteTableAssociation, ACancelledWaitKeepsTheId) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kBySubnet, kNone).On(kAssociate, kAnswer).Cancel(kById, Tables(kTable, "associating"));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(SubnetRouteTableAssociation, ReadsImportsAndMissesItself) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kById, Tables());
  const auto read = world.Read(type, kId, kInputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("routeTableId"), PropertyValue(kTable));
  for (const std::string& id : {kId, kSubnet + "/" + kTable}) {
    world.On(id == kId ? kById : kBySubnet, Tables());
    const auto imported = world.Import(type, id);
    ASSERT_TRUE(imported.ok() && *imported) << imported.status();
    EXPECT_EQ((*imported)->id, kId);
    EXPECT_EQ((*imported)->inputs, kInputs);
  }
  world.On(kBySubnet, Tables(kOtherTable));
  EXPECT_FALSE(world.Import(type, kSubnet + "/" + kTable)->has_value());
  world.On(kById, Tables(kTable, "disassociated"));
  EXPECT_FALSE(world.Read(type, kId, kInputs)->has_value());
  EXPECT_THAT(base::Message(world.Import(type, "subnet-1").status()), HasSubstr("rtbassoc-"));
  // The one of the main table is with no subnet.
  const std::string main = "rtbassoc-0bbbbbbbbbbbbbbb0";
  world.On(
      "DescribeRouteTables Filter.1.Name=association.route-table-association-id&"
      "Filter.1.Value.1=" +
          main,
      Tables());
  EXPECT_THAT(base::Message(world.Import(type, main).status()), HasSubstr("no subnet"));
}

TEST(SubnetRouteTableAssociation, IsDeletedAndMissed) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On(kDisassociate)
      .On(kById, Tables(kTable, "disassociating"))
      .On(kById, Tables(kTable, "disassociated"))
      .Refuse(kDisassociate, "InvalidAssociationID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
}

TEST(SubnetRouteTableAssociation, ListsThoseOfSubnets) {
  World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  world.On("DescribeRouteTables MaxResults=50", Tables());
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_EQ(list->items[0].id, kId);
}

TEST(SubnetRouteTableAssociation, ChecksItsIds) {
  const World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  EXPECT_THAT(world.Check(type, {{"subnetId", kTable}, {"routeTableId", kSubnet}}).failures,
              ElementsAre("routeTableId aws.ec2.id", "subnetId aws.ec2.id"));
  ExpectUnknownsPass(world, type, kInputs);
  EXPECT_TRUE(type.ExplainUnknown("gatewayId").has_value());
}

TEST(SubnetRouteTableAssociation, ReadsTheStateOfBothEstablishedPackages) {
  const World world;
  const SubnetRouteTableAssociation type(*world.cloud);
  PropertyMap inputs = kInputs, outputs = kInputs;
  outputs["id"] = kId;
  outputs["gatewayId"] = "";
  outputs["awsId"] = kId;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, kInputs);
  EXPECT_EQ(outputs, kInputs);
}

}  // namespace
}  // namespace palisade::aws::ec2

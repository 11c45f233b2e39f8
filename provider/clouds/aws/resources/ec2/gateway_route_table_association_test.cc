#include "provider/clouds/aws/resources/ec2/gateway_route_table_association.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kId = "rtbassoc-0123456789abcdef0";
const std::string kNewId = "rtbassoc-0ccccccccccccccc0";
const std::string kGateway = "igw-0123456789abcdef0";
const std::string kTable = "rtb-0123456789abcdef0";
const std::string kOtherTable = "rtb-0aaaaaaaaaaaaaaa0";
const PropertyMap kInputs{{"gatewayId", kGateway}, {"routeTableId", kTable}};
const PropertyMap kOtherInputs{{"gatewayId", kGateway}, {"routeTableId", kOtherTable}};
const PropertyMap kOutputs{
    {"gatewayId", kGateway}, {"routeTableId", kTable}, {"associationId", kId}};
const std::string kByGateway =
    "DescribeRouteTables Filter.1.Name=association.gateway-id&Filter.1.Value.1=" + kGateway;
const std::string kById =
    "DescribeRouteTables Filter.1.Name=association.route-table-association-id&"
    "Filter.1.Value.1=";
const std::string kAssociate =
    "AssociateRouteTable RouteTableId=" + kTable + "&GatewayId=" + kGateway;
const std::string kReplace =
    "ReplaceRouteTableAssociation AssociationId=" + kId + "&RouteTableId=" + kOtherTable;
const std::string kDisassociate = "DisassociateRouteTable AssociationId=";
const std::string kAnswer = Element("associationId", kId);
const std::string kNewAnswer = Element("newAssociationId", kNewId);
const std::string kNone = List("routeTableSet", "");
const std::string kGone = "InvalidAssociationID.NotFound";

std::string Tables(const std::string& table = kTable, const std::string& id = kId,
                   const std::string& state = "associated") {
  return List("routeTableSet",
              Item(Element("routeTableId", table) +
                   List("associationSet",
                        Item(Element("routeTableAssociationId", "rtbassoc-0bbbbbbbbbbbbbbb0") +
                             Element("subnetId", "subnet-0123456789abcdef0") +
                             Element("routeTableId", table)) +
                            Item(Element("routeTableAssociationId", id) +
                                 Element("gatewayId", kGateway) + Element("routeTableId", table) +
                                 Element("associationState", Element("state", state))))));
}

TEST(GatewayRouteTableAssociation, LooksFirstThenAssociates) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, kNone).On(kAssociate, kAnswer).On(kByGateway, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kGateway);
  EXPECT_EQ(made.outputs, kOutputs);
  EXPECT_TRUE(type.traits().delete_before_replace);
}

TEST(GatewayRouteTableAssociation, WaitsForItsPartsAndForItself) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, kNone)
      .Refuse(kAssociate, "InvalidInternetGatewayID.NotFound")
      .On(kAssociate, kAnswer)
      .On(kByGateway, kNone)
      .On(kByGateway, Tables(kTable, kId, "associating"))
      .On(kByGateway, Tables());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("associating")));
}

TEST(GatewayRouteTableAssociation, AFailedOneIsAPartialCreation) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, kNone).On(kAssociate, kAnswer).On(kByGateway, Tables(kTable, kId, "failed"));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr("failed"));
  EXPECT_TRUE(made.recorded);
}

TEST(GatewayRouteTableAssociation, ACancelledWaitKeepsTheId) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, kNone)
      .On(kAssociate, kAnswer)
      .Cancel(kByGateway, Tables(kTable, kId, "associating"));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(GatewayRouteTableAssociation, AnEqualOneIsTakenOverAndOutlivesItsPredecessor) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, Tables()).On(kByGateway, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("takes the association")));
  EXPECT_TRUE(world.Delete(type, kGateway, kInputs).ok());
}

TEST(GatewayRouteTableAssociation, AnotherOneIsAnErrorThatNamesItAndTheImport) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, Tables(kOtherTable));
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr(kOtherTable));
  EXPECT_THAT(base::Message(made.status),
              HasSubstr("palisade:aws/ec2:GatewayRouteTableAssociation NAME " + kId));
  EXPECT_FALSE(made.recorded);
  // Somebody was faster.
  world.On(kByGateway, kNone)
      .Refuse(kAssociate, "Resource.AlreadyAssociated")
      .On(kByGateway, Tables(kOtherTable));
  EXPECT_FALSE(world.Create(type, kInputs).status.ok());
}

TEST(GatewayRouteTableAssociation, ALostReplyAndThrottlingAreAskedAgain) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, kNone)
      .Refuse(kAssociate, "RequestLimitExceeded", 503)
      .Lose(kAssociate)
      .Refuse(kAssociate, "Resource.AlreadyAssociated")
      .On(kByGateway, Tables())
      .On(kByGateway, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kGateway);
}

TEST(GatewayRouteTableAssociation, AnotherTableTakesThePlace) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kReplace, kNewAnswer)
      .On(kByGateway, Tables())  // an answer from before
      .On(kByGateway, Tables(kOtherTable, kNewId, "associating"))
      .On(kByGateway, Tables(kOtherTable, kNewId));
  const auto outputs = world.Update(type, kGateway, kInputs, kOtherInputs, kOutputs);
  ASSERT_TRUE(outputs.ok()) << outputs.status();
  EXPECT_EQ(outputs->at("routeTableId"), PropertyValue(kOtherTable));
  EXPECT_EQ(outputs->at("associationId"), PropertyValue(kNewId));
  EXPECT_TRUE(world.last_recorded);
}

TEST(GatewayRouteTableAssociation, AReplacementIsFinishedWhoeverBeganIt) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  // The reply was lost: the id of the old association is no longer known.
  world.Lose(kReplace)
      .Refuse(kReplace, kGone)
      .On(kByGateway, Tables(kOtherTable, kNewId))
      .On(kByGateway, Tables(kOtherTable, kNewId));
  EXPECT_TRUE(world.Update(type, kGateway, kInputs, kOtherInputs, kOutputs).ok());
  // State does not know the association, and a third table is in the place.
  const std::string third = "rtbassoc-0ddddddddddddddd0";
  world.On(kByGateway, Tables("rtb-0ddddddddddddddd0", third))
      .On("ReplaceRouteTableAssociation AssociationId=" + third + "&RouteTableId=" + kOtherTable,
          kNewAnswer)
      .On(kByGateway, Tables(kOtherTable, kNewId));
  EXPECT_TRUE(world.Update(type, kGateway, kInputs, kOtherInputs).ok());
}

TEST(GatewayRouteTableAssociation, AnUpdateOfWhatIsGoneOrRefusedSaysSo) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.Refuse(kReplace, kGone).On(kByGateway, kNone);
  const auto gone = world.Update(type, kGateway, kInputs, kOtherInputs, kOutputs);
  EXPECT_THAT(base::Message(gone.status()), HasSubstr("pulumi refresh"));
  world.Refuse(kReplace, "InvalidParameterValue");
  const auto refused = world.Update(type, kGateway, kInputs, kOtherInputs, kOutputs);
  EXPECT_THAT(base::Message(refused.status()), HasSubstr("InvalidParameterValue"));
  EXPECT_FALSE(world.last_recorded);
}

TEST(GatewayRouteTableAssociation, AnOldTableThatStaysIsAnError) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.transport.Otherwise([](const http::Request& request) -> World::Answer {
    return LineOf(request) == kReplace
               ? aws::testing::Reply("ReplaceRouteTableAssociation", kNewAnswer)
               : aws::testing::Reply("DescribeRouteTables", Tables());
  });
  const auto outputs = world.Update(type, kGateway, kInputs, kOtherInputs, kOutputs);
  EXPECT_THAT(base::Message(outputs.status()), HasSubstr("not " + kOtherTable));
  EXPECT_TRUE(world.last_recorded);
}

TEST(GatewayRouteTableAssociation, ReadsImportsAndMissesItself) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On(kByGateway, Tables());
  const auto read = world.Read(type, kGateway, kInputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->outputs.at("associationId"), PropertyValue(kId));
  for (const std::string& id : {kGateway, kGateway + "/" + kTable, kId}) {
    world.On(id == kId ? kById + kId : kByGateway, Tables());
    const auto imported = world.Import(type, id);
    ASSERT_TRUE(imported.ok() && *imported) << imported.status();
    EXPECT_EQ((*imported)->id, kGateway);
    EXPECT_EQ((*imported)->inputs, kInputs);
  }
  world.On(kByGateway, Tables(kOtherTable));
  EXPECT_FALSE(world.Import(type, kGateway + "/" + kTable)->has_value());
  for (const char* state : {"disassociating", "disassociated"}) {
    world.On(kByGateway, Tables(kTable, kId, state));
    EXPECT_FALSE(world.Read(type, kGateway, kInputs)->has_value());
  }
  world.Refuse(kByGateway, "InvalidGatewayID.NotFound");
  EXPECT_FALSE(world.Read(type, kGateway, kInputs)->has_value());
  EXPECT_THAT(base::Message(world.Import(type, kTable).status()), HasSubstr("igw-"));
  const std::string of_subnet = "rtbassoc-0bbbbbbbbbbbbbbb0";
  world.On(kById + of_subnet, Tables());
  EXPECT_THAT(base::Message(world.Import(type, of_subnet).status()), HasSubstr("no gateway"));
}

class Deletion : public ::testing::Test {
 protected:
  absl::Status Delete(const PropertyMap& outputs = kOutputs) {
    resource::Call call = world.Call();
    PropertyMap placed = outputs;
    placed["region"] = "eu-west-1";
    return type.Delete(call, {kGateway, kInputs, placed});
  }

  World world;
  const GatewayRouteTableAssociation type{*world.cloud};
};

TEST_F(Deletion, WaitsUntilItIsGone) {
  world.On(kDisassociate + kId)
      .On(kById + kId, Tables(kTable, kId, "disassociating"))
      .On(kById + kId, kNone);
  EXPECT_TRUE(Delete().ok());
}

TEST_F(Deletion, OfWhatIsGoneIsDone) {
  world.Refuse(kDisassociate + kId, kGone).On(kByGateway, kNone);
  EXPECT_TRUE(Delete().ok());
  // State without outputs; the association by which the table is used now.
  world.On(kByGateway, Tables(kTable, kNewId)).On(kDisassociate + kNewId).On(kById + kNewId, kNone);
  EXPECT_TRUE(Delete({}).ok());
}

TEST_F(Deletion, LeavesAnotherTableInPlace) {
  world.Refuse(kDisassociate + kId, kGone).On(kByGateway, Tables(kOtherTable, kNewId));
  EXPECT_TRUE(Delete().ok());
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr(kNewId)));
}

TEST_F(Deletion, ARefusalIsAnError) {
  world.Refuse(kDisassociate + kId, "UnauthorizedOperation", 403);
  EXPECT_FALSE(Delete().ok());
}

TEST(GatewayRouteTableAssociation, ListsThoseOfGateways) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  world.On("DescribeRouteTables MaxResults=50", Tables());
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_EQ(list->items[0].id, kGateway);
}

TEST(GatewayRouteTableAssociation, ChecksItsIds) {
  const World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  EXPECT_THAT(world.Check(type, {{"gatewayId", kTable}, {"routeTableId", kGateway}}).failures,
              ElementsAre("gatewayId aws.ec2.id", "routeTableId aws.ec2.id"));
  EXPECT_THAT(world.Check(type, {{"gatewayId", "vgw-0123456789abcdef0"}, {"routeTableId", kTable}})
                  .failures,
              IsEmpty());
  ExpectUnknownsPass(world, type, kInputs);
  EXPECT_TRUE(type.ExplainUnknown("subnetId").has_value());
}

TEST(GatewayRouteTableAssociation, ReadsTheStateOfBothEstablishedPackages) {
  World world;
  const GatewayRouteTableAssociation type(*world.cloud);
  PropertyMap inputs = kInputs, outputs = kOutputs;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, kInputs);
  EXPECT_EQ(outputs, kOutputs);
  // The bridged one has one type for subnets and gateways, and the association's id.
  outputs = kInputs;
  outputs["id"] = kId;
  outputs["subnetId"] = "";
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(outputs, kOutputs);
  world.On(kByGateway, Tables(kTable, kNewId));
  const auto read = world.Read(type, kId, kInputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->id, kGateway);
}

}  // namespace
}  // namespace palisade::aws::ec2

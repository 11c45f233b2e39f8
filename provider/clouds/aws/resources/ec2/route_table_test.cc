#include "provider/clouds/aws/resources/ec2/route_table.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kId = "rtb-0123456789abcdef0";
const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kDescribe = "DescribeRouteTables RouteTableId.1=" + kId;
const PropertyMap kInputs{{"vpcId", kVpc}};

std::string Table() {
  return Element("routeTableId", kId) + Element("vpcId", kVpc) + Element("ownerId", "1");
}
std::string Tables() { return List("routeTableSet", Item(Table())); }

// The token that a create sends, whatever it is.
std::string TokenIn(const std::string& line) {
  const std::size_t at = line.find("ClientToken=") + 12;
  return line.substr(at, line.find('&', at) - at);
}

TEST(RouteTable, IsMadeInTwoRequests) {
  World world;
  const RouteTable type(*world.cloud);
  world.On("CreateRouteTable VpcId=" + kVpc + "&ClientToken=*", Element("routeTable", Table()))
      .On(kDescribe, Tables());
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs, (PropertyMap{{"routeTableId", kId},
                                       {"vpcId", kVpc},
                                       {"arn", "arn:aws:ec2:eu-west-1:1:route-table/" + kId},
                                       {"tagsAll", PropertyMap{}}}));
}

TEST(RouteTable, ALostReplyIsAskedAgainWithTheSameToken) {
  World world;
  const RouteTable type(*world.cloud);
  world.Lose("CreateRouteTable *")
      .On("CreateRouteTable *", Element("routeTable", Table()))
      .On(kDescribe, Tables());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  const auto sent = world.transport.sent();
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(TokenIn(LineOf(sent[0])).size(), 32u);
  EXPECT_EQ(TokenIn(LineOf(sent[0])), TokenIn(LineOf(sent[1])));
}

TEST(RouteTable, WaitsForAVpcThatIsNotVisibleYet) {
  World world;
  const RouteTable type(*world.cloud);
  world.Refuse("CreateRouteTable *", "InvalidVpcID.NotFound")
      .On("CreateRouteTable *", Element("routeTable", Table()))
      .Refuse(kDescribe, "InvalidRouteTableID.NotFound")
      .On(kDescribe, Tables());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
}

TEST(RouteTable, ACancelledWaitKeepsTheId) {
  World world;
  const RouteTable type(*world.cloud);
  world.On("CreateRouteTable *", Element("routeTable", Table()))
      .Cancel(kDescribe, List("routeTableSet", ""));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(RouteTable, ReadsImportsAndMissesItself) {
  World world;
  const RouteTable type(*world.cloud);
  world.On(kDescribe, Tables());
  const auto read = world.Import(type, kId);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs, kInputs);
  world.Refuse(kDescribe, "InvalidRouteTableID.NotFound");
  const auto gone = world.Read(type, kId, kInputs);
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->has_value());
}

TEST(RouteTable, DeletionWaitsForItsAssociations) {
  World world;
  const RouteTable type(*world.cloud);
  const std::string remove = "DeleteRouteTable RouteTableId=" + kId;
  world.Refuse(remove, "DependencyViolation")
      .On(remove)
      .Refuse(kDescribe, "InvalidRouteTableID.NotFound")
      .Refuse(remove, "InvalidRouteTableID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("associations")));
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(RouteTable, ListsAtMostAHundred) {
  World world;
  const RouteTable type(*world.cloud);
  world.On("DescribeRouteTables MaxResults=100", Tables());
  const auto list = world.List(type, "", 500);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->items.at(0).id, kId);
}

TEST(RouteTable, ChecksItsVpcAndExplainsInlineRoutes) {
  const World world;
  const RouteTable type(*world.cloud);
  EXPECT_THAT(world.Check(type, {{"vpcId", "rtb-0123456789abcdef0"}}).failures,
              ElementsAre("vpcId aws.ec2.id"));
  ExpectUnknownsPass(world, type, {{"vpcId", kVpc}, {"tags", PropertyMap{{"a", "b"}}}});
  EXPECT_THAT(type.ExplainUnknown("routes"), ::testing::Optional(HasSubstr("Route")));
  EXPECT_TRUE(type.ExplainUnknown("propagatingVgws").has_value());
}

TEST(RouteTable, ReadsTheStateOfTheClassicPackage) {
  const World world;
  const RouteTable type(*world.cloud);
  PropertyMap inputs{{"vpcId", kVpc}, {"routes", PropertyArray{}}};
  PropertyMap outputs{{"id", kId}, {"vpcId", kVpc}};
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, kInputs);
  EXPECT_EQ(outputs, (PropertyMap{{"routeTableId", kId}, {"vpcId", kVpc}}));
}

}  // namespace
}  // namespace palisade::aws::ec2

#include "provider/clouds/aws/resources/ec2/internet_gateway.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kId = "igw-0123456789abcdef0";
const std::string kDescribe = "DescribeInternetGateways InternetGatewayId.1=" + kId;

std::string Gateway(const Tags& tags = {}) {
  return Element("internetGatewayId", kId) + Element("ownerId", "111122223333") +
         aws::testing::TagItems(tags);
}
std::string Gateways(const Tags& tags = {}) {
  return List("internetGatewaySet", Item(Gateway(tags)));
}

TEST(InternetGateway, IsMadeInTwoRequests) {
  World world;
  const InternetGateway type(*world.cloud);
  world
      .On("CreateInternetGateway TagSpecification.1.ResourceType=internet-gateway&"
          "TagSpecification.1.Tag.1.Key=a&TagSpecification.1.Tag.1.Value=b",
          Element("internetGateway", Gateway()))
      .On(kDescribe, Gateways({{"a", "b"}}));
  const Made made = world.Create(type, {{"tags", PropertyMap{{"a", "b"}}}});
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs,
            (PropertyMap{{"internetGatewayId", kId},
                         {"arn", "arn:aws:ec2:eu-west-1:111122223333:internet-gateway/" + kId},
                         {"tagsAll", PropertyMap{{"a", "b"}}}}));
}

TEST(InternetGateway, WaitsUntilItIsVisibleAndSurvivesThrottling) {
  World world;
  const InternetGateway type(*world.cloud);
  world.Refuse("CreateInternetGateway", "RequestLimitExceeded", 503)
      .On("CreateInternetGateway", Element("internetGateway", Gateway()))
      .Refuse(kDescribe, "InvalidInternetGatewayID.NotFound")
      .On(kDescribe, Gateways());
  EXPECT_TRUE(world.Create(type, {}).status.ok());
}

TEST(InternetGateway, ALostReplyIsLookedForAndNotAskedAgain) {
  World world;
  world.Configure({{"creationMarker", true}});
  const InternetGateway type(*world.cloud);
  world.On("DescribeTags *", List("tagSet", ""))
      .Lose("CreateInternetGateway *")
      .On("DescribeTags *",
          List("tagSet", Item(Element("resourceId", kId) +
                              Element("resourceType", "internet-gateway") + Element("value", "x"))))
      .On(kDescribe, Gateways())
      .On("DeleteTags ResourceId.1=" + kId + "&Tag.1.Key=palisade:creating");
  const Made made = world.Create(type, {});
  EXPECT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(InternetGateway, ACancelledWaitKeepsTheId) {
  World world;
  const InternetGateway type(*world.cloud);
  world.On("CreateInternetGateway", Element("internetGateway", Gateway()))
      .Cancel(kDescribe, List("internetGatewaySet", ""));
  const Made made = world.Create(type, {});
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(InternetGateway, ReadsImportsAndMissesItself) {
  World world;
  const InternetGateway type(*world.cloud);
  world.On(kDescribe, Gateways({{"a", "b"}}));
  const auto read = world.Import(type, kId);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs, (PropertyMap{{"tags", PropertyMap{{"a", "b"}}}}));
  world.Refuse(kDescribe, "InvalidInternetGatewayID.NotFound");
  const auto gone = world.Read(type, kId, {});
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->has_value());
  EXPECT_FALSE(world.Import(type, "vpc-0123456789abcdef0").ok());
}

TEST(InternetGateway, AnUpdateChangesTags) {
  World world;
  const InternetGateway type(*world.cloud);
  world.On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=a&Tag.1.Value=b")
      .On(kDescribe, Gateways({{"a", "b"}}));
  EXPECT_TRUE(world.Update(type, kId, {}, {{"tags", PropertyMap{{"a", "b"}}}}).ok());
}

TEST(InternetGateway, DeletionWaitsForItsDetachment) {
  World world;
  const InternetGateway type(*world.cloud);
  const std::string remove = "DeleteInternetGateway InternetGatewayId=" + kId;
  world.Refuse(remove, "DependencyViolation")
      .On(remove)
      .Refuse(kDescribe, "InvalidInternetGatewayID.NotFound")
      .Refuse(remove, "InvalidInternetGatewayID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("detached")));
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(InternetGateway, ListsChecksAndExplains) {
  World world;
  const InternetGateway type(*world.cloud);
  world.On("DescribeInternetGateways MaxResults=50", Gateways({{"Name", "door"}}));
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->items.at(0).name, "door");
  ExpectUnknownsPass(world, type, {{"tags", PropertyMap{{"a", "b"}}}});
  EXPECT_THAT(type.ExplainUnknown("vpcId"), ::testing::Optional(HasSubstr("VpcGatewayAttachment")));
}

TEST(InternetGateway, ReadsTheStateOfTheClassicPackage) {
  const World world;
  const InternetGateway type(*world.cloud);
  PropertyMap inputs{{"vpcId", "vpc-1"}, {"tags", PropertyMap{{"a", "b"}}}};
  PropertyMap outputs{{"id", kId}, {"arn", "arn:1"}, {"vpcId", "vpc-1"}, {"ownerId", "1"}};
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, (PropertyMap{{"tags", PropertyMap{{"a", "b"}}}}));
  EXPECT_EQ(outputs,
            (PropertyMap{{"internetGatewayId", kId}, {"arn", "arn:1"}, {"accountId", "1"}}));
}

}  // namespace
}  // namespace palisade::aws::ec2

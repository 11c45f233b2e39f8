#include "provider/clouds/aws/resources/ec2/security_group_rule.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kGroup = "sg-0123456789abcdef0";
const std::string kId = "sgr-0123456789abcdef0";
const std::string kDescribe = "DescribeSecurityGroupRules SecurityGroupRuleId.1=" + kId;
const std::string kList =
    "DescribeSecurityGroupRules Filter.1.Name=group-id&Filter.1.Value.1=" + kGroup;
const std::string kWire =
    "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=443&IpPermissions.1.ToPort=443&"
    "IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/16";
const std::string kAuthorize = "AuthorizeSecurityGroupIngress GroupId=" + kGroup + kWire;
const PropertyMap kInputs{{"groupId", kGroup},
                          {"ipProtocol", "tcp"},
                          {"fromPort", 443},
                          {"toPort", 443},
                          {"cidrIp", "10.0.0.0/16"}};

std::string RuleItem(const std::string& more = "", bool egress = false) {
  return Item(Element("securityGroupRuleId", kId) + Element("groupId", kGroup) +
              Element("groupOwnerId", "111122223333") +
              Element("isEgress", egress ? "true" : "false") + Element("ipProtocol", "tcp") +
              Element("fromPort", "443") + Element("toPort", "443") +
              Element("cidrIpv4", "10.0.0.0/16") + more);
}
std::string Rules(const std::string& items = RuleItem()) {
  return ec2::List("securityGroupRuleSet", items);
}

PropertyMap With(PropertyMap inputs, const std::string& name, PropertyValue item) {
  inputs[name] = std::move(item);
  return inputs;
}

TEST(SecurityGroupIngress, IsMadeInTwoRequests) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world
      .On(kAuthorize +
              "&IpPermissions.1.IpRanges.1.Description=in&"
              "TagSpecification.1.ResourceType=security-group-rule&"
              "TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=n",
          Rules())
      .On(kDescribe, Rules());
  PropertyMap inputs = With(kInputs, "description", "in");
  inputs["tags"] = PropertyMap{{"Name", "n"}};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("securityGroupRuleId"), PropertyValue(kId));
  EXPECT_EQ(made.outputs.at("groupId"), PropertyValue(kGroup));
  EXPECT_EQ(made.outputs.at("arn"),
            PropertyValue("arn:aws:ec2:eu-west-1:111122223333:security-group-rule/" + kId));
}

TEST(SecurityGroupEgress, SendsEveryKindOfDestination) {
  const auto sends = [](PropertyMap inputs, const std::string& wire) {
    World world;
    const SecurityGroupEgress type(*world.cloud);
    inputs["groupId"] = kGroup;
    world
        .On("AuthorizeSecurityGroupEgress GroupId=" + kGroup + "&IpPermissions.1." + wire,
            Rules(RuleItem("", true)))
        .On(kDescribe, Rules(RuleItem("", true)));
    EXPECT_TRUE(world.Create(type, inputs).status.ok());
  };
  sends({{"ipProtocol", "-1"}, {"cidrIpv6", "::/0"}},
        "IpProtocol=-1&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=::/0");
  sends(
      {{"ipProtocol", "17"}, {"fromPort", 53}, {"toPort", 53}, {"destinationPrefixListId", "pl-1"}},
      "IpProtocol=udp&IpPermissions.1.FromPort=53&IpPermissions.1.ToPort=53&"
      "IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1");
  sends({{"ipProtocol", "icmp"},
         {"fromPort", 8},
         {"toPort", -1},
         {"destinationSecurityGroupId", "sg-2"}},
        "IpProtocol=icmp&IpPermissions.1.FromPort=8&IpPermissions.1.ToPort=-1&"
        "IpPermissions.1.Groups.1.GroupId=sg-2");
}

TEST(SecurityGroupIngress, NamesGroupsOfTheDefaultVpcAndOfOtherAccounts) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  const std::string reply =
      Rules(Item(Element("securityGroupRuleId", kId) + Element("groupId", kGroup) +
                 Element("groupOwnerId", "111122223333") + Element("isEgress", "false") +
                 Element("ipProtocol", "-1") + Element("fromPort", "-1") + Element("toPort", "-1") +
                 Element("referencedGroupInfo",
                         Element("groupId", "sg-2") + Element("userId", "444455556666"))));
  world
      .On("AuthorizeSecurityGroupIngress GroupName=web&IpPermissions.1.IpProtocol=-1&"
          "IpPermissions.1.Groups.1.GroupName=clients&IpPermissions.1.Groups.1.UserId=444455556666",
          reply)
      .On(kDescribe, reply);
  const PropertyMap inputs{{"groupName", "web"},
                           {"ipProtocol", "-1"},
                           {"sourceSecurityGroupName", "clients"},
                           {"sourceSecurityGroupOwnerId", "444455556666"}};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("groupId"), PropertyValue(kGroup));
  // It stays spelled as the program spells it, and an import shows what EC2 knows.
  world.On(kDescribe, reply).On(kDescribe, reply);
  const auto read = world.Read(type, kId, inputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  PropertyMap placed = inputs;
  placed["region"] = "eu-west-1";
  EXPECT_EQ((*read)->inputs, placed);
  const auto imported = world.Import(type, kId);
  ASSERT_TRUE(imported.ok() && *imported) << imported.status();
  EXPECT_EQ((*imported)->inputs, (PropertyMap{{"groupId", kGroup},
                                              {"ipProtocol", "-1"},
                                              {"sourceSecurityGroupId", "sg-2"},
                                              {"sourceSecurityGroupOwnerId", "444455556666"}}));
}

TEST(SecurityGroupIngress, WaitsForItsGroupIsThrottledAndNotVisible) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.Refuse(kAuthorize, "InvalidGroup.NotFound")
      .Refuse(kAuthorize, "InvalidSecurityGroupID.NotFound")
      .Refuse(kAuthorize, "RequestLimitExceeded", 503)
      .On(kAuthorize, Rules())
      .Refuse(kDescribe, "InvalidSecurityGroupRuleId.NotFound")
      .On(kDescribe, Rules());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
}

TEST(SecurityGroupIngress, ThatIsThereAlreadySaysHowToImportIt) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.Refuse(kAuthorize, "InvalidPermission.Duplicate")
      .On(kList, Rules(RuleItem("", true)) + Element("nextToken", "more"))
      .On(kList + "&NextToken=more", Rules());
  const Made made = world.Create(type, kInputs);
  EXPECT_FALSE(made.recorded);
  EXPECT_THAT(base::Message(made.status),
              HasSubstr("pulumi import palisade:aws/ec2:SecurityGroupIngress NAME " + kId));
}

TEST(SecurityGroupIngress, OfAnInterruptedCreateIsTakenUpByItsMarker) {
  World world;
  world.Configure({{"creationMarker", true}});
  const SecurityGroupIngress type(*world.cloud);
  std::string marker;
  world.On("DescribeTags *", ec2::List("tagSet", ""))
      .On(kAuthorize + "*",
          [&]() -> World::Answer {
            marker = aws::testing::Parse(world.transport.sent().back())
                         .Get("TagSpecification.1.Tag.1.Value");
            return Failure(400, "InvalidPermission.Duplicate");
          })
      .On(kList,
          [&]() -> World::Answer {
            return aws::testing::Reply(
                "DescribeSecurityGroupRules",
                Rules(RuleItem(aws::testing::TagItems({{"palisade:creating", marker}}))));
          })
      .On(kDescribe, Rules())
      .On("DeleteTags ResourceId.1=" + kId + "*");
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(SecurityGroupIngress, WhoseReplyIsLostIsNotMadeTwice) {
  World world;
  world.Configure({{"creationMarker", true}});
  const SecurityGroupIngress type(*world.cloud);
  world.On("DescribeTags *", ec2::List("tagSet", ""))
      .Lose(kAuthorize + "*")
      .On("DescribeTags *",
          ec2::List("tagSet", Item(Element("resourceId", kId) +
                                   Element("resourceType", "security-group-rule") +
                                   Element("key", "palisade:creating") + Element("value", "x"))))
      .On(kDescribe, Rules())
      .On("DeleteTags ResourceId.1=" + kId + "*");
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(SecurityGroupIngress, ThatIsNotSeenKeepsItsIdAndIsFinishedLater) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.On(kAuthorize, Rules()).Refuse(kDescribe, "UnauthorizedOperation", 403);
  const Made made = world.Create(type, kInputs);
  EXPECT_FALSE(made.status.ok());
  EXPECT_TRUE(made.recorded);
  world.On(kDescribe, Rules());
  EXPECT_TRUE(world.Finish(type, kId, kInputs).ok());
}

TEST(SecurityGroupIngress, CancelEndsTheWait) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.On(kAuthorize, Rules()).Cancel(kDescribe, Rules(""));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(SecurityGroupIngress, ReadsInTheProgramsSpelling) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  PropertyMap numbered = With(kInputs, "ipProtocol", "6");
  numbered["cidrIp"] = "10.0.3.4/16";
  world.On(kDescribe, Rules(RuleItem(Element("description", "now"))));
  const auto read = world.Read(type, kId, numbered);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("ipProtocol"), PropertyValue("6"));
  EXPECT_EQ((*read)->inputs.at("cidrIp"), PropertyValue("10.0.3.4/16"));
  EXPECT_EQ((*read)->inputs.at("description"), PropertyValue("now"));
  // A rule that has become another one shows as it is.
  world.On(kDescribe, Rules());
  const auto other = world.Read(type, kId, With(kInputs, "toPort", 444));
  ASSERT_TRUE(other.ok() && *other);
  EXPECT_EQ((*other)->inputs.at("toPort"), PropertyValue(443));
}

TEST(SecurityGroupIngress, TellsTheArnThatEc2Tells) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.On(kDescribe, Rules(RuleItem(Element("securityGroupRuleArn", "arn:rule"))));
  const auto read = world.Read(type, kId, kInputs);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->outputs.at("arn"), PropertyValue("arn:rule"));
}

TEST(SecurityGroupIngress, IsGoneWhenEc2SaysSo) {
  for (const char* code : {"InvalidSecurityGroupRuleId.NotFound", "InvalidGroup.NotFound",
                           "InvalidSecurityGroupID.NotFound"}) {
    World world;
    const SecurityGroupIngress type(*world.cloud);
    world.Refuse(kDescribe, code);
    const auto read = world.Read(type, kId, kInputs);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_FALSE(*read);
  }
}

TEST(SecurityGroupIngress, ImportRefusesTheOtherDirection) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  world.On(kDescribe, Rules(RuleItem("", true)));
  EXPECT_THAT(base::Message(world.Import(type, kId).status()),
              HasSubstr("import it as a SecurityGroupEgress"));
}

TEST(SecurityGroupIngress, ChangesItsDescriptionInPlace) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  const std::string line = "UpdateSecurityGroupRuleDescriptionsIngress GroupId=" + kGroup + kWire;
  world.On(line + "&IpPermissions.1.IpRanges.1.Description=new")
      .On(kDescribe, Rules())
      .On(line)
      .On(kDescribe, Rules());
  EXPECT_TRUE(world.Update(type, kId, kInputs, With(kInputs, "description", "new")).ok());
  EXPECT_TRUE(world.Update(type, kId, With(kInputs, "description", "new"), kInputs).ok());
}

TEST(SecurityGroupIngress, DiffKnowsWhatMeansTheSame) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  const std::vector<std::string> replacing{"groupId", "ipProtocol", "fromPort", "toPort", "cidrIp"};
  const auto diff = [&](const PropertyMap& news) {
    return world.Diff(type, kInputs, news, replacing);
  };
  EXPECT_THAT(diff(With(kInputs, "ipProtocol", "6")), IsEmpty());
  EXPECT_THAT(diff(With(kInputs, "cidrIp", "10.0.9.9/16")), IsEmpty());
  EXPECT_THAT(diff(With(kInputs, "toPort", 444)), ElementsAre("toPort!"));
  EXPECT_THAT(diff(With(kInputs, "cidrIp", kUnknown)), ElementsAre("cidrIp!"));
  EXPECT_THAT(diff(With(kInputs, "description", "d")), ElementsAre("description"));
}

TEST(SecurityGroupIngress, IsRevokedByItsId) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  const std::string line =
      "RevokeSecurityGroupIngress GroupId=" + kGroup + "&SecurityGroupRuleId.1=" + kId;
  world.On(line)
      .Refuse(line, "InvalidPermission.NotFound")
      .Refuse(line, "InvalidSecurityGroupRuleId.NotFound")
      .Refuse(line, "InvalidGroup.NotFound")
      .Refuse(line, "InvalidSecurityGroupID.NotFound")
      .Lose(line)
      .Refuse(line, "InvalidPermission.NotFound");
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  // State of another package may not tell the group.
  world.On(kDescribe, Rules()).On(line);
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(SecurityGroupIngress, ChecksItsParts) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  EXPECT_THAT(
      world.Check(type, With(kInputs, "sourcePrefixListId", "pl-0123456789abcdef0")).failures,
      ElementsAre("sourcePrefixListId aws.ec2.peer"));
  ExpectUnknownsPass(world, type, kInputs);
  const SecurityGroupEgress egress(*world.cloud);
  ExpectUnknownsPass(world, egress, kInputs);
  EXPECT_EQ(egress.ExplainUnknown("prefixListId"), "became destinationPrefixListId");
}

TEST(SecurityGroupEgress, ListsItsDirectionOnly) {
  World world;
  const SecurityGroupEgress type(*world.cloud);
  world.On("DescribeSecurityGroupRules MaxResults=50", Rules(RuleItem() + RuleItem("", true)));
  const auto page = world.List(type);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->items.size(), 1u);
}

TEST(SecurityGroupIngress, ReadsStateOfAws) {
  World world;
  const SecurityGroupIngress type(*world.cloud);
  PropertyMap inputs{{"securityGroupId", kGroup},
                     {"ipProtocol", "tcp"},
                     {"fromPort", 443},
                     {"toPort", 443},
                     {"cidrIpv4", "10.0.0.0/16"}};
  PropertyMap outputs = inputs;
  outputs["id"] = kId;
  outputs["securityGroupRuleId"] = kId;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, kInputs);
  EXPECT_EQ(outputs.at("groupId"), PropertyValue(kGroup));
  EXPECT_EQ(outputs.at("securityGroupRuleId"), PropertyValue(kId));

  const SecurityGroupEgress egress(*world.cloud);
  PropertyMap out{{"securityGroupId", kGroup},
                  {"ipProtocol", "-1"},
                  {"referencedSecurityGroupId", "444455556666/sg-2"}};
  PropertyMap none;
  egress.Migrate(0, out, none);
  EXPECT_EQ(
      out, (PropertyMap{
               {"groupId", kGroup}, {"ipProtocol", "-1"}, {"destinationSecurityGroupId", "sg-2"}}));
}

}  // namespace
}  // namespace palisade::aws::ec2

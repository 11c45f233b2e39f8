#include "provider/clouds/aws/resources/ec2/security_group.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kVpc = "vpc-0123456789abcdef0";
const std::string kId = "sg-0123456789abcdef0";
const std::string kDescribe = "DescribeSecurityGroups GroupId.1=" + kId;
const std::string kCreate =
    "CreateSecurityGroup GroupDescription=models&GroupName=web&VpcId=" + kVpc;
const PropertyMap kInputs{{"groupDescription", "models"}, {"groupName", "web"}, {"vpcId", kVpc}};

std::string Permission(const std::string& range, const std::string& description = "") {
  std::string inside = Element("cidrIp", range);
  if (!description.empty()) inside += Element("description", description);
  return Item(Element("ipProtocol", "tcp") + Element("fromPort", "443") + Element("toPort", "443") +
              List("ipRanges", Item(inside)));
}
const std::string kAllOut =
    Item(Element("ipProtocol", "-1") + List("ipRanges", Item(Element("cidrIp", "0.0.0.0/0"))));

std::string Groups(const std::string& in = "", const std::string& out = kAllOut,
                   const Tags& tags = {}) {
  return List("securityGroupInfo",
              Item(Element("groupId", kId) + Element("groupName", "web") +
                   Element("groupDescription", "models") + Element("vpcId", kVpc) +
                   Element("ownerId", "111122223333") + List("ipPermissions", in) +
                   List("ipPermissionsEgress", out) + aws::testing::TagItems(tags)));
}

PropertyMap Https(const std::string& range, const std::string& description = "") {
  PropertyMap rule{{"ipProtocol", "tcp"}, {"fromPort", 443}, {"toPort", 443}, {"cidrIp", range}};
  if (!description.empty()) rule["description"] = description;
  return rule;
}
// IpPermissions.N of Https.
std::string Wire(int number, const std::string& range, const std::string& description = "") {
  const std::string at = "&IpPermissions." + std::to_string(number) + ".";
  return at + "IpProtocol=tcp" + at + "FromPort=443" + at + "ToPort=443" + at +
         "IpRanges.1.CidrIp=" + range +
         (description.empty() ? "" : at + "IpRanges.1.Description=" + description);
}
const std::string kAllOutWire =
    "&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0";

PropertyMap With(PropertyMap inputs, const std::string& name, PropertyValue item) {
  inputs[name] = std::move(item);
  return inputs;
}

TEST(SecurityGroup, WithoutRulesIsMadeInTwoRequests) {
  World world;
  const SecurityGroup type(*world.cloud);
  world
      .On(kCreate +
              "&TagSpecification.1.ResourceType=security-group&TagSpecification.1.Tag.1.Key=Name&"
              "TagSpecification.1.Tag.1.Value=web",
          Element("groupId", kId))
      .On(kDescribe, Groups("", kAllOut, {{"Name", "web"}}));
  const Made made = world.Create(type, With(kInputs, "tags", PropertyMap{{"Name", "web"}}));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("groupId"), PropertyValue(kId));
  EXPECT_EQ(made.outputs.at("vpcId"), PropertyValue(kVpc));
  EXPECT_EQ(made.outputs.at("arn"),
            PropertyValue("arn:aws:ec2:eu-west-1:111122223333:security-group/" + kId));
  // The rule that EC2 makes is not of this program.
  EXPECT_FALSE(made.outputs.contains("securityGroupEgress"));
}

TEST(SecurityGroup, AddsItsRulesThenRevokesTheRuleThatEc2Makes) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On(kCreate, Element("groupId", kId))
      .Refuse(kDescribe, "InvalidSecurityGroupID.NotFound")
      .On(kDescribe, Groups())
      .On("AuthorizeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.0.0.0/16", "in") +
          Wire(2, "10.1.0.0/16"))
      .Refuse("AuthorizeSecurityGroupEgress *", "InvalidSecurityGroupID.NotFound")
      .On("AuthorizeSecurityGroupEgress GroupId=" + kId + Wire(1, "0.0.0.0/0"))
      .On("RevokeSecurityGroupEgress GroupId=" + kId + kAllOutWire)
      .On(kDescribe, Groups())
      .On(kDescribe, Groups(Permission("10.0.0.0/16", "in") + Permission("10.1.0.0/16"),
                            Permission("0.0.0.0/0")));
  PropertyMap inputs = With(kInputs, "securityGroupIngress",
                            PropertyArray{Https("10.0.0.0/16", "in"), Https("10.1.0.0/16")});
  inputs["securityGroupEgress"] = PropertyArray{Https("0.0.0.0/0")};
  const Made made = world.Create(type, inputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(world.reporter.statuses,
              ElementsAre("not visible yet, 0s", HasSubstr("of the rules to be"),
                          "rules not visible yet, 0s"));
}

TEST(SecurityGroup, AnEmptyListLetsNothingOut) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On(kCreate, Element("groupId", kId))
      .On(kDescribe, Groups())
      .On("RevokeSecurityGroupEgress GroupId=" + kId + kAllOutWire)
      .On(kDescribe, Groups("", ""));
  EXPECT_TRUE(
      world.Create(type, With(kInputs, "securityGroupEgress", PropertyArray{})).status.ok());
}

TEST(SecurityGroup, IsThrottledAndGoesOn) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.Refuse(kCreate, "RequestLimitExceeded", 503)
      .On(kCreate, Element("groupId", kId))
      .On(kDescribe, Groups());
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
}

TEST(SecurityGroup, OfATakenNameIsAdoptedByItsMarkerOnly) {
  const std::string find =
      "DescribeSecurityGroups Filter.1.Name=group-name&Filter.1.Value.1=web&"
      "Filter.2.Name=vpc-id&Filter.2.Value.1=" +
      kVpc;
  for (const bool ours : {true, false}) {
    World world;
    world.Configure({{"creationMarker", true}});
    const SecurityGroup type(*world.cloud);
    std::string marker = "someone else's";
    world.On("DescribeTags *", List("tagSet", ""))
        .On(kCreate + "*",
            [&]() -> World::Answer {
              if (ours) {
                marker = aws::testing::Parse(world.transport.sent().back())
                             .Get("TagSpecification.1.Tag.1.Value");
              }
              return Failure(400, "InvalidGroup.Duplicate");
            })
        .On(find, [&]() -> World::Answer {
          return aws::testing::Reply("DescribeSecurityGroups",
                                     Groups("", kAllOut, {{"palisade:creating", marker}}));
        });
    if (ours) {
      world.On(kDescribe, Groups()).On("DeleteTags ResourceId.1=" + kId + "*");
    }
    const Made made = world.Create(type, kInputs);
    EXPECT_EQ(made.status.ok(), ours) << made.status;
    if (ours) {
      EXPECT_EQ(made.id, kId);
    } else {
      EXPECT_THAT(base::Message(made.status),
                  HasSubstr("pulumi import palisade:aws/ec2:SecurityGroup NAME " + kId));
    }
  }
}

TEST(SecurityGroup, WhoseReplyIsLostIsNotMadeTwice) {
  World world;
  world.Configure({{"creationMarker", true}});
  const SecurityGroup type(*world.cloud);
  world.On("DescribeTags *", List("tagSet", ""))
      .Lose(kCreate + "*")
      .On("DescribeTags *",
          List("tagSet",
               Item(Element("resourceId", kId) + Element("resourceType", "security-group") +
                    Element("key", "palisade:creating") + Element("value", "x"))))
      .On(kDescribe, Groups())
      .On("DeleteTags ResourceId.1=" + kId + "*");
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
}

TEST(SecurityGroup, ThatFailsHalfwayKeepsItsIdAndIsFinishedLater) {
  World world;
  const SecurityGroup type(*world.cloud);
  const PropertyMap inputs =
      With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")});
  world.On(kCreate, Element("groupId", kId))
      .On(kDescribe, Groups())
      .Refuse("AuthorizeSecurityGroupIngress *", "UnauthorizedOperation", 403);
  const Made made = world.Create(type, inputs);
  EXPECT_FALSE(made.status.ok());
  EXPECT_TRUE(made.recorded);
  EXPECT_EQ(made.id, kId);
  world.On(kDescribe, Groups())
      .On("AuthorizeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.0.0.0/16"))
      .On(kDescribe, Groups(Permission("10.0.0.0/16")));
  EXPECT_TRUE(world.Finish(type, kId, inputs).ok());
}

TEST(SecurityGroup, ReadsOnlyTheDirectionsThatAreGiven) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string reply = Groups(Permission("10.0.0.0/16"));
  world.On(kDescribe, reply).On(kDescribe, reply);
  const auto without = world.Read(type, kId, kInputs);
  ASSERT_TRUE(without.ok() && *without) << without.status();
  EXPECT_FALSE((*without)->inputs.contains("securityGroupIngress"));
  EXPECT_FALSE((*without)->inputs.contains("securityGroupEgress"));

  PropertyMap numbered = Https("10.0.7.7/16");
  numbered["ipProtocol"] = "6";
  const auto with =
      world.Read(type, kId, With(kInputs, "securityGroupIngress", PropertyArray{numbered}));
  ASSERT_TRUE(with.ok() && *with);
  EXPECT_EQ((*with)->inputs.at("securityGroupIngress"), PropertyValue(PropertyArray{numbered}));
}

TEST(SecurityGroup, ImportShowsItsRules) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On(kDescribe, Groups());
  const auto read = world.Import(type, kId);
  ASSERT_TRUE(read.ok() && *read) << read.status();
  EXPECT_EQ((*read)->inputs.at("groupName"), PropertyValue("web"));
  EXPECT_EQ(
      (*read)->inputs.at("securityGroupEgress"),
      PropertyValue(PropertyArray{PropertyMap{{"ipProtocol", "-1"}, {"cidrIp", "0.0.0.0/0"}}}));
  // There are none; whether the program says so is no difference.
  EXPECT_FALSE((*read)->inputs.contains("securityGroupIngress"));
  EXPECT_THAT((*read)->unreadable, ElementsAre("securityGroupIngress"));
}

TEST(SecurityGroup, IsGoneWhenEc2SaysSo) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.Refuse(kDescribe, "InvalidGroup.NotFound");
  const auto read = world.Read(type, kId, kInputs);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(*read);
  EXPECT_THAT(base::Message(world.Import(type, "vpc-0123456789abcdef0").status()),
              HasSubstr("security group"));
}

TEST(SecurityGroup, UpdateAddsBeforeItRevokesAndDescribesInPlace) {
  World world;
  const SecurityGroup type(*world.cloud);
  world
      .On(kDescribe, Groups(Permission("10.0.0.0/16") + Permission("10.1.0.0/16", "old") +
                            Permission("10.3.0.0/16")))
      .On("AuthorizeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.2.0.0/16"))
      .On("UpdateSecurityGroupRuleDescriptionsIngress GroupId=" + kId +
          Wire(1, "10.1.0.0/16", "new"))
      .On("RevokeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.0.0.0/16") +
          Wire(2, "10.3.0.0/16"))
      .On(kDescribe, Groups(Permission("10.1.0.0/16", "new") + Permission("10.2.0.0/16")));
  const auto updated =
      world.Update(type, kId,
                   With(kInputs, "securityGroupIngress",
                        PropertyArray{Https("10.0.0.0/16"), Https("10.1.0.0/16", "old")}),
                   With(kInputs, "securityGroupIngress",
                        PropertyArray{Https("10.1.0.0/16", "new"), Https("10.2.0.0/16")}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SecurityGroup, LeavesRulesAloneThatTheUserIgnores) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.ignored = {PropertyPath("securityGroupIngress")};
  // Somebody has added a rule of either direction.
  world.On("CreateTags ResourceId.1=" + kId + "&Tag.1.Key=Name&Tag.1.Value=web")
      .On(kDescribe, Groups(Permission("10.0.0.0/16") + Permission("10.1.0.0/16")))
      .On("RevokeSecurityGroupEgress GroupId=" + kId + kAllOutWire)
      .On(kDescribe, Groups(Permission("10.0.0.0/16") + Permission("10.1.0.0/16"), ""));
  PropertyMap olds = With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")});
  olds["securityGroupEgress"] = PropertyArray{};
  const auto updated =
      world.Update(type, kId, olds, With(olds, "tags", PropertyMap{{"Name", "web"}}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SecurityGroup, WhatIsDoneAlreadyIsNoError) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string add = "AuthorizeSecurityGroupIngress GroupId=" + kId;
  world.On(kDescribe, Groups(Permission("10.9.0.0/16")))
      .Lose(add + Wire(1, "10.0.0.0/16") + Wire(2, "10.1.0.0/16"))
      .Refuse(add + Wire(1, "10.0.0.0/16") + Wire(2, "10.1.0.0/16"), "InvalidPermission.Duplicate")
      .Refuse(add + Wire(1, "10.0.0.0/16"), "InvalidPermission.Duplicate")
      .On(add + Wire(1, "10.1.0.0/16"))
      .Refuse("RevokeSecurityGroupIngress *", "InvalidPermission.NotFound")
      .On(kDescribe, Groups(Permission("10.0.0.0/16") + Permission("10.1.0.0/16")));
  const auto updated =
      world.Update(type, kId, With(kInputs, "securityGroupIngress", PropertyArray{}),
                   With(kInputs, "securityGroupIngress",
                        PropertyArray{Https("10.0.0.0/16"), Https("10.1.0.0/16")}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SecurityGroup, RevokesFirstWhereThereIsNoRoom) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string add = "AuthorizeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.0.0.0/16");
  world.On(kDescribe, Groups(Permission("10.9.0.0/16")))
      .Refuse(add, "RulesPerSecurityGroupLimitExceeded")
      .On("RevokeSecurityGroupIngress GroupId=" + kId + Wire(1, "10.9.0.0/16"))
      .On(add)
      .On(kDescribe, Groups(Permission("10.0.0.0/16")));
  const auto updated = world.Update(
      type, kId, With(kInputs, "securityGroupIngress", PropertyArray{Https("10.9.0.0/16")}),
      With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SecurityGroup, RulesThatDoNotShowAreAnErrorInTheEnd) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On(kDescribe, Groups()).On("AuthorizeSecurityGroupIngress *");
  for (int i = 0; i < 64; ++i) world.On(kDescribe, Groups());
  const auto updated =
      world.Update(type, kId, kInputs,
                   With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")}));
  EXPECT_THAT(base::Message(updated.status()), HasSubstr("tcp 443 from 10.0.0.0/16"));
}

TEST(SecurityGroup, GroupsByNameAreLookedUp) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string seen =
      Groups(Item(Element("ipProtocol", "-1") + List("groups", Item(Element("groupId", "sg-2")))));
  world.On(kDescribe, Groups())
      .On("DescribeSecurityGroups Filter.1.Name=vpc-id&Filter.1.Value.1=" + kVpc +
              "&Filter.2.Name=group-name&Filter.2.Value.1=clients",
          List("securityGroupInfo", Item(Element("groupId", "sg-2"))))
      .On("AuthorizeSecurityGroupIngress GroupId=" + kId +
          "&IpPermissions.1.IpProtocol=-1&IpPermissions.1.Groups.1.GroupId=sg-2")
      .On(kDescribe, seen);
  const PropertyArray rules{
      PropertyMap{{"ipProtocol", "-1"}, {"sourceSecurityGroupName", "clients"}}};
  EXPECT_TRUE(world.Update(type, kId, kInputs, With(kInputs, "securityGroupIngress", rules)).ok());
}

TEST(SecurityGroup, WaitsWithDeletingWhileItIsInUse) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string line = "DeleteSecurityGroup GroupId=" + kId;
  world.Refuse(line, "DependencyViolation")
      .Refuse(line, "InvalidGroup.InUse")
      .On(line)
      .Refuse(kDescribe, "InvalidGroup.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("what uses the security group")));
}

TEST(SecurityGroup, StillInUseSaysWhatToLookFor) {
  World world;
  const SecurityGroup type(*world.cloud);
  const std::string line = "DeleteSecurityGroup GroupId=" + kId;
  world.Refuse(line, "DependencyViolation");
  const absl::Status status = world.Delete(type, kId, {}, std::chrono::seconds(60));
  EXPECT_THAT(base::Message(status), HasSubstr("rules of other groups that name it"));
}

TEST(SecurityGroup, DeletedTwiceIsFine) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.Refuse("DeleteSecurityGroup GroupId=" + kId, "InvalidSecurityGroupID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId).ok());
}

TEST(SecurityGroup, CancelEndsTheWaitForRules) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On(kCreate, Element("groupId", kId))
      .On(kDescribe, Groups())
      .On("AuthorizeSecurityGroupIngress *")
      .Cancel(kDescribe, Groups());
  const Made made = world.Create(
      type, With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")}));
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(SecurityGroup, DiffKnowsWhatMeansTheSame) {
  World world;
  const SecurityGroup type(*world.cloud);
  PropertyMap numbered = Https("10.0.7.7/16");
  numbered["ipProtocol"] = "6";
  const PropertyMap olds =
      With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")});
  const auto diff = [&](const PropertyMap& news) {
    return world.Diff(type, olds, news, {"groupDescription", "groupName", "vpcId"});
  };
  EXPECT_THAT(diff(With(kInputs, "securityGroupIngress", PropertyArray{numbered})), IsEmpty());
  EXPECT_THAT(diff(With(kInputs, "securityGroupIngress", PropertyArray{})),
              ElementsAre("securityGroupIngress"));
  EXPECT_THAT(diff(With(kInputs, "securityGroupIngress", kUnknown)),
              ElementsAre("securityGroupIngress"));
  // Not managed any more.
  EXPECT_THAT(diff(kInputs), IsEmpty());
  EXPECT_THAT(diff(With(olds, "groupDescription", "other")), ElementsAre("groupDescription!"));
}

TEST(SecurityGroup, DiffWarnsOfRulesThatStay) {
  World world;
  const SecurityGroup type(*world.cloud);
  resource::Changes changes;
  resource::Findings findings;
  type.Diff({kId,
             With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")}),
             {},
             kInputs,
             world.clock,
             *world.settings},
            changes, findings);
  ASSERT_EQ(findings.warnings().size(), 1u);
  EXPECT_EQ(findings.warnings().front().rule, "aws.ec2.rules-left");
}

TEST(SecurityGroup, CheckRefusesWhatEc2Would) {
  World world;
  const SecurityGroup type(*world.cloud);
  EXPECT_THAT(world.Check(type, With(kInputs, "groupName", "sg-web")).failures,
              ElementsAre("groupName aws.ec2.text"));
  EXPECT_THAT(world.Check(type, With(kInputs, "vpcId", "subnet-1")).failures,
              ElementsAre("vpcId aws.ec2.id"));
  ExpectUnknownsPass(
      world, type,
      With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16"), kUnknown}));
  EXPECT_EQ(type.ExplainUnknown("ingress"),
            "became securityGroupIngress, with one source per rule");
}

TEST(SecurityGroup, ListsGroups) {
  World world;
  const SecurityGroup type(*world.cloud);
  world.On("DescribeSecurityGroups MaxResults=50",
           Groups("", "", {{"Name", "n"}}) + Element("nextToken", "more"));
  const auto page = world.List(type);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->items.size(), 1u);
  EXPECT_EQ(page->items.front().id, kId);
  EXPECT_EQ(page->items.front().name, "n");
  EXPECT_EQ(page->continuation, "more");
}

TEST(SecurityGroup, ReadsStateOfAws) {
  World world;
  const SecurityGroup type(*world.cloud);
  PropertyMap inputs{{"name", "web"},
                     {"description", "models"},
                     {"namePrefix", ""},
                     {"revokeRulesOnDelete", false},
                     {"vpcId", kVpc},
                     {"ingress", PropertyArray{PropertyMap{
                                     {"protocol", "tcp"},
                                     {"fromPort", 443},
                                     {"toPort", 443},
                                     {"cidrBlocks", PropertyArray{"10.0.0.0/16", "10.1.0.0/16"}},
                                     {"securityGroups", PropertyArray{"444455556666/sg-2"}},
                                     {"self", true},
                                     {"description", ""}}}}};
  PropertyMap outputs{{"id", kId}, {"name", "web"}, {"ownerId", "111122223333"}};
  type.Migrate(0, inputs, outputs);
  PropertyMap other = Https(""), self = Https("");
  other.erase("cidrIp");
  self = other;
  other["sourceSecurityGroupId"] = "sg-2";
  other["sourceSecurityGroupOwnerId"] = "444455556666";
  self["sourceSecurityGroupId"] = kId;
  EXPECT_EQ(inputs, With(kInputs, "securityGroupIngress",
                         PropertyArray{Https("10.0.0.0/16"), Https("10.1.0.0/16"), other, self}));
  EXPECT_EQ(outputs.at("groupId"), PropertyValue(kId));
  EXPECT_EQ(outputs.at("accountId"), PropertyValue("111122223333"));
}

TEST(SecurityGroup, ReadsStateOfAwsNative) {
  World world;
  const SecurityGroup type(*world.cloud);
  PropertyMap inputs = With(kInputs, "securityGroupIngress", PropertyArray{Https("10.0.0.0/16")});
  const PropertyMap before = inputs;
  PropertyMap outputs = inputs;
  outputs["awsId"] = kId;
  outputs["groupId"] = kId;
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, before);
  EXPECT_EQ(outputs.at("groupId"), PropertyValue(kId));
  EXPECT_FALSE(outputs.contains("awsId"));
}

}  // namespace
}  // namespace palisade::aws::ec2

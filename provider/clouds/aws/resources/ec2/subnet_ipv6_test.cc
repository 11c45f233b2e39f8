#include "provider/clouds/aws/resources/ec2/subnet.h"
#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

const std::string kId = "subnet-0123456789abcdef0";
const std::string kOld = "2001:db8::/64", kNew = "2001:db8:0:1::/64";
const std::string kDescribe = "DescribeSubnets SubnetId.1=" + kId;
const std::string kModify = "ModifySubnetAttribute SubnetId=" + kId + "&";
const std::string kAssign = kModify + "AssignIpv6AddressOnCreation.Value=";
const std::string kDns64 = kModify + "EnableDns64.Value=";
const std::string kAaaa = kModify + "EnableResourceNameDnsAAAARecordOnLaunch.Value=";
const std::string kDisassociate = "DisassociateSubnetCidrBlock AssociationId=assoc-" + kOld;
const std::string kAssociate = "AssociateSubnetCidrBlock SubnetId=" + kId + "&Ipv6CidrBlock=";
const std::string kAcl =
    "DescribeNetworkAcls Filter.1.Name=association.subnet-id&Filter.1.Value.1=" + kId;
const PropertyMap kInputs{{"vpcId", "vpc-0123456789abcdef0"}, {"cidrBlock", "10.0.1.0/24"}};

// "2001:db8::/64 associated", and whether what needs a range is on.
std::string Shows(const std::string& range, const std::string& state, bool assign = false,
                  bool names = false) {
  const auto flag = [](const char* name, bool on) { return Element(name, on ? "true" : "false"); };
  const std::string association = Element("associationId", "assoc-" + range) +
                                  Element("ipv6CidrBlock", range) +
                                  Element("ipv6CidrBlockState", Element("state", state));
  return List("subnetSet",
              Item(Element("subnetId", kId) + Element("state", "available") +
                   flag("assignIpv6AddressOnCreation", assign) + flag("enableDns64", names) +
                   Element("privateDnsNameOptionsOnLaunch",
                           flag("enableResourceNameDnsAAAARecord", names)) +
                   List("ipv6CidrBlockAssociationSet", range.empty() ? "" : Item(association))));
}

PropertyMap With(PropertyMap more) {
  more.insert(kInputs.begin(), kInputs.end());
  return more;
}

TEST(SubnetRange, IsChangedInPlace) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .On(kDescribe, Shows(kOld, "disassociating"))
      .On(kDescribe, Shows(kOld, "disassociated"))
      // Perhaps seen once more by another server of EC2's.
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kDescribe, Shows(kOld, "disassociating"))
      .On(kDescribe, Shows("", ""))
      .On(kAssociate + kNew)
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows(kNew, "associating"))
      .On(kDescribe, Shows(kNew, "associated"))
      // Not before the new range is there.
      .On(kAssign + "true")
      .On(kDescribe, Shows(kNew, "associated", true))
      .On(kAcl);
  const auto updated =
      world.Update(type, kId, With({{"ipv6CidrBlock", kOld}}),
                   With({{"ipv6CidrBlock", kNew}, {"assignIpv6AddressOnCreation", true}}));
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->at("ipv6CidrBlock"), PropertyValue(kNew));
}

TEST(SubnetRange, IsChangedAlthoughTheSubnetAssignsFromIt) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kAssign + "false")
      .On(kDns64 + "false")
      .On(kAaaa + "false")
      // EC2 keeps the range as long as the attributes are on.
      .On(kDescribe, Shows(kOld, "associated", true))
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .On(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kAssign + "true")
      .On(kDns64 + "true")
      .On(kAaaa + "true")
      .On(kDescribe, Shows(kNew, "associated", true, true))
      .On(kAcl);
  const PropertyMap needs{
      {"assignIpv6AddressOnCreation", true},
      {"enableDns64", true},
      {"privateDnsNameOptionsOnLaunch", PropertyMap{{"enableResourceNameDnsAaaaRecord", true}}}};
  PropertyMap olds = With(needs), news = With(needs);
  olds["ipv6CidrBlock"] = kOld;
  news["ipv6CidrBlock"] = kNew;
  const auto updated = world.Update(type, kId, olds, news);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SubnetRange, OfAnotherSpellingChangesNothing) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Shows(kOld, "associated"))
      .On(kAssign + "true")
      .On(kDescribe, Shows(kOld, "associated", true))
      .On(kAcl);
  const auto updated = world.Update(
      type, kId, With({{"ipv6CidrBlock", kOld}}),
      With({{"ipv6CidrBlock", "2001:DB8:0::/64"}, {"assignIpv6AddressOnCreation", true}}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SubnetRange, IsAddedBeforeWhatNeedsIt) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kModify + "DisableLniAtDeviceIndex.Value=true")
      .On(kDescribe, Shows("", ""))
      .On(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associating"))
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kDns64 + "true")
      .On(kDescribe, Shows(kNew, "associated", false, true))
      .On(kAcl);
  const auto updated = world.Update(type, kId, With({{"enableLniAtDeviceIndex", 1}}),
                                    With({{"ipv6CidrBlock", kNew}, {"enableDns64", true}}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SubnetRange, IsTakenAway) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kAssign + "false")
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .On(kAcl);
  const auto updated = world.Update(
      type, kId, With({{"ipv6CidrBlock", kOld}, {"assignIpv6AddressOnCreation", true}}), kInputs);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_FALSE(updated->contains("ipv6CidrBlock"));
}

TEST(SubnetRange, WhoseReplyWasLostIsLookedUp) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Shows("", ""))
      .Lose(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kAcl);
  EXPECT_TRUE(world.Update(type, kId, kInputs, With({{"ipv6CidrBlock", kNew}})).ok());
}

TEST(SubnetRange, ThatAnEarlierUpdateHasAddedIsTaken) {
  for (const char* state : {"associated", "associating"}) {
    World world;
    const Subnet type(*world.cloud);
    world.On(kDescribe, Shows("", ""))
        .Refuse(kAssociate + kNew, "InvalidSubnet.Conflict")
        .On(kDescribe, Shows(kNew, state))
        .On(kDescribe, Shows(kNew, "associated"))
        .On(kAcl);
    EXPECT_TRUE(world.Update(type, kId, kInputs, With({{"ipv6CidrBlock", kNew}})).ok());
  }
}

TEST(SubnetRange, ThatAnotherSubnetHasIsRefused) {
  World world;
  const Subnet type(*world.cloud);
  const PropertyMap news = With({{"ipv6CidrBlock", kNew}});
  const auto refused = [&world]() -> World& {
    return world.On(kDescribe, Shows("", "")).Refuse(kAssociate + kNew, "InvalidSubnet.Conflict");
  };
  refused().On(kDescribe, Shows("", ""));
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, kInputs, news).status()),
            "InvalidSubnet.Conflict");
  // One that is on its way out is no success, either.
  refused().On(kDescribe, Shows(kNew, "disassociating"));
  EXPECT_FALSE(world.Update(type, kId, kInputs, news).ok());
  // The first error is the one to tell.
  refused().Refuse(kDescribe, "InvalidSubnetID.NotFound");
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, kInputs, news).status()),
            "InvalidSubnet.Conflict");
}

// The first attempt takes the old range away and is refused the new one.
void FailHalfway(World& world, const Subnet& type) {
  world.On(kAssign + "false")
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .Refuse(kAssociate + kNew, "InvalidSubnet.Conflict")
      .On(kDescribe, Shows("", ""));
  const PropertyMap olds = With({{"ipv6CidrBlock", kOld}, {"assignIpv6AddressOnCreation", true}});
  const PropertyMap news = With({{"ipv6CidrBlock", kNew}, {"assignIpv6AddressOnCreation", true}});
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, olds, news).status()),
            "InvalidSubnet.Conflict");
  EXPECT_TRUE(world.last_recorded);
}

// State says the new range then, so that only Settle runs.
TEST(SubnetRange, ThatWasRefusedComesWithTheNextUpdate) {
  World world;
  const Subnet type(*world.cloud);
  FailHalfway(world, type);
  world.On(kDescribe, Shows("", ""))
      .On(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kAssign + "true")
      .On(kDescribe, Shows(kNew, "associated", true))
      .On(kAcl);
  const auto finished = world.Finish(
      type, kId, With({{"ipv6CidrBlock", kNew}, {"assignIpv6AddressOnCreation", true}}));
  ASSERT_TRUE(finished.ok()) << finished.status();
  EXPECT_EQ(finished->at("ipv6CidrBlock"), PropertyValue(kNew));
}

TEST(SubnetRange, OfBeforeComesBackWithTheProgramOfBefore) {
  World world;
  const Subnet type(*world.cloud);
  FailHalfway(world, type);
  world.On(kAssign + "false")
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .On(kAssociate + kOld)
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kAssign + "true")
      .On(kDescribe, Shows(kOld, "associated", true))
      .On(kAcl);
  const PropertyMap olds = With({{"ipv6CidrBlock", kNew}, {"assignIpv6AddressOnCreation", true}});
  const PropertyMap news = With({{"ipv6CidrBlock", kOld}, {"assignIpv6AddressOnCreation", true}});
  const auto updated = world.Update(type, kId, olds, news);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

// EC2 keeps a range while addresses of it are in use.
TEST(SubnetRange, ThatStaysKeepsWhatNeedsIt) {
  for (const bool changes : {true, false}) {
    World world;
    const Subnet type(*world.cloud);
    world.On(kAssign + "false")
        .On(kDns64 + "false")
        .On(kDescribe, Shows(kOld, "associated"))
        .Refuse(kDisassociate, "InvalidCidrBlock.InUse")
        .On(kAssign + "true")
        .On(kDns64 + "true");
    const PropertyMap needs{{"assignIpv6AddressOnCreation", true}, {"enableDns64", true}};
    PropertyMap olds = With(needs), news = changes ? With(needs) : kInputs;
    olds["ipv6CidrBlock"] = kOld;
    if (changes) news["ipv6CidrBlock"] = kNew;
    EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, olds, news).status()),
              "InvalidCidrBlock.InUse");
    EXPECT_FALSE(world.last_recorded);
  }
}

TEST(SubnetRange, ThatIsCancelledWhileItLeavesIsRecorded) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .Cancel(kDescribe, Shows(kOld, "disassociating"));
  const auto updated = world.Update(type, kId, With({{"ipv6CidrBlock", kOld}}), kInputs);
  EXPECT_EQ(updated.status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(world.last_recorded);
}

TEST(SubnetRange, OfANewSubnetIsWaitedForBeforeItShows) {
  World world;
  const Subnet type(*world.cloud);
  world.On("CreateSubnet *", Element("subnet", Element("subnetId", kId)))
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kDns64 + "true")
      .On(kDescribe, Shows(kNew, "associated", false, true))
      .On(kAcl);
  const Made made =
      world.Create(type, With({{"ipv6CidrBlock", "2001:DB8:0:1::/64"}, {"enableDns64", true}}));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("ipv6CidrBlocks"), PropertyValue(PropertyArray{kNew}));
}

TEST(SubnetRange, ThatNeverShowsIsAnErrorInTheEnd) {
  World world;
  const Subnet type(*world.cloud);
  const auto start = world.clock.Steady();
  world.On("CreateSubnet *", [&world] {
    world.transport.Otherwise(
        [](const http::Request&) { return aws::testing::Reply("DescribeSubnets", Shows("", "")); });
    return aws::testing::Reply("CreateSubnet", Element("subnet", Element("subnetId", kId)));
  });
  const Made made = world.Create(type, With({{"ipv6CidrBlock", kNew}}));
  EXPECT_THAT(base::Message(made.status), ::testing::HasSubstr("ipv6CidrBlock " + kNew));
  EXPECT_TRUE(made.recorded);
  EXPECT_LE(world.clock.Steady() - start, std::chrono::seconds(125));
}

TEST(SubnetRange, OfSomebodyElseStaysWithAWarning) {
  World world;
  const Subnet type(*world.cloud);
  world.transport.Otherwise([](const http::Request& request) {
    const std::string line = LineOf(request);
    EXPECT_THAT(line, ::testing::StartsWith("Describe"));
    return aws::testing::Reply(line.substr(0, line.find(' ')), Shows(kOld, "associated"));
  });
  EXPECT_TRUE(world.Finish(type, kId, With({{"ipv6CidrBlock", kNew}})).ok());
  EXPECT_THAT(world.reporter.warnings,
              ::testing::ElementsAre(::testing::HasSubstr("another IPv6 range than " + kNew)));
  // A program that says nothing of ranges leaves them alone.
  EXPECT_TRUE(world.Finish(type, kId, kInputs).ok());
  EXPECT_EQ(world.reporter.warnings.size(), 1u);
}

TEST(SubnetRange, ThatTheUserIgnoresIsLeftAlone) {
  World world;
  const Subnet type(*world.cloud);
  world.ignored = {PropertyPath("ipv6CidrBlock"), PropertyPath("enableDns64")};
  world.On(kDescribe, Shows("", "")).On(kAcl);
  const PropertyMap inputs = With({{"ipv6CidrBlock", kOld}, {"enableDns64", true}});
  EXPECT_TRUE(world.Update(type, kId, inputs, inputs).ok());
}

TEST(SubnetRange, ThatIsNewBringsBackWhatTheUserIgnores) {
  World world;
  const Subnet type(*world.cloud);
  world.ignored = {PropertyPath("enableDns64"), PropertyPath("mapPublicIpOnLaunch")};
  world.On(kDns64 + "false")
      .On(kDescribe, Shows(kOld, "associated"))
      .On(kDisassociate)
      .On(kDescribe, Shows("", ""))
      .On(kDescribe, Shows("", ""))
      .On(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kDns64 + "true")
      .On(kDescribe, Shows(kNew, "associated", false, true))
      .On(kAcl);
  const PropertyMap both{{"enableDns64", true}, {"mapPublicIpOnLaunch", true}};
  PropertyMap olds = With(both), news = With(both);
  olds["ipv6CidrBlock"] = kOld;
  news["ipv6CidrBlock"] = kNew;
  const auto updated = world.Update(type, kId, olds, news);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

}  // namespace
}  // namespace palisade::aws::ec2

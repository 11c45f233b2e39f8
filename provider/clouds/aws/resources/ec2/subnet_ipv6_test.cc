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
      .On(kAssociate + kNew)
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
  world.On(kAssign + "true").On(kDescribe, Shows(kOld, "associated", true)).On(kAcl);
  const auto updated = world.Update(
      type, kId, With({{"ipv6CidrBlock", kOld}}),
      With({{"ipv6CidrBlock", "2001:DB8:0::/64"}, {"assignIpv6AddressOnCreation", true}}));
  EXPECT_TRUE(updated.ok()) << updated.status();
}

TEST(SubnetRange, IsAddedBeforeWhatNeedsIt) {
  World world;
  const Subnet type(*world.cloud);
  world.On(kModify + "DisableLniAtDeviceIndex.Value=true")
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
  world.Lose(kAssociate + kNew)
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kDescribe, Shows(kNew, "associated"))
      .On(kAcl);
  EXPECT_TRUE(world.Update(type, kId, kInputs, With({{"ipv6CidrBlock", kNew}})).ok());
}

TEST(SubnetRange, ThatAnEarlierUpdateHasAddedIsTaken) {
  for (const char* state : {"associated", "associating"}) {
    World world;
    const Subnet type(*world.cloud);
    world.Refuse(kAssociate + kNew, "InvalidSubnet.Conflict")
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
  world.Refuse(kAssociate + kNew, "InvalidSubnet.Conflict").On(kDescribe, Shows("", ""));
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, kInputs, news).status()),
            "InvalidSubnet.Conflict");
  // One that is on its way out is no success, either.
  world.Refuse(kAssociate + kNew, "InvalidSubnet.Conflict")
      .On(kDescribe, Shows(kNew, "disassociating"));
  EXPECT_FALSE(world.Update(type, kId, kInputs, news).ok());
  // The first error is the one to tell.
  world.Refuse(kAssociate + kNew, "InvalidSubnet.Conflict")
      .Refuse(kDescribe, "InvalidSubnetID.NotFound");
  EXPECT_EQ(base::CloudCodeOf(world.Update(type, kId, kInputs, news).status()),
            "InvalidSubnet.Conflict");
}

}  // namespace
}  // namespace palisade::aws::ec2

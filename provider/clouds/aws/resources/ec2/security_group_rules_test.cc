#include "provider/clouds/aws/resources/ec2/security_group_rules.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::ElementsAre;
using Peer = GroupRule::Peer;

PropertyMap Https(const std::string& range) {
  return {{"ipProtocol", "tcp"}, {"fromPort", 443}, {"toPort", 443}, {"cidrIp", range}};
}

TEST(GroupRule, HasOneFormForAllSpellings) {
  const GroupRule named = RuleOfInputs(Https("10.0.0.0/16"), Direction::kIngress);
  PropertyMap numbered = Https("10.0.3.7/16");
  numbered["ipProtocol"] = "6";
  EXPECT_TRUE(SamePermission(named, RuleOfInputs(numbered, Direction::kIngress)));
  numbered["ipProtocol"] = "TCP";
  EXPECT_TRUE(SamePermission(named, RuleOfInputs(numbered, Direction::kIngress)));
  numbered["toPort"] = 444;
  EXPECT_FALSE(SamePermission(named, RuleOfInputs(numbered, Direction::kIngress)));
}

TEST(GroupRule, IgnoresPortsThatTheProtocolHasNot) {
  const GroupRule all =
      RuleOfInputs({{"ipProtocol", "-1"}, {"cidrIpv6", "::/0"}}, Direction::kEgress);
  const GroupRule with_ports = RuleOfInputs(
      {{"ipProtocol", "-1"}, {"fromPort", 0}, {"toPort", 65535}, {"cidrIpv6", "0:0::/0"}},
      Direction::kEgress);
  EXPECT_TRUE(SamePermission(all, with_ports));
  EXPECT_EQ(RuleText(all, Direction::kEgress), "all protocols to ::/0");
  // As the classic package writes it.
  EXPECT_TRUE(SamePermission(
      all, RuleOfInputs({{"ipProtocol", "All"}, {"cidrIpv6", "::/0"}}, Direction::kEgress)));
  // All types of ICMP over IPv6, said or not.
  EXPECT_TRUE(SamePermission(
      RuleOfInputs({{"ipProtocol", "58"}, {"cidrIpv6", "::/0"}}, Direction::kIngress),
      RuleOfInputs(
          {{"ipProtocol", "icmpv6"}, {"fromPort", -1}, {"toPort", -1}, {"cidrIpv6", "::/0"}},
          Direction::kIngress)));
}

TEST(GroupRule, IsReadFromAGroupWithAllKindsOfPeers) {
  const std::string reply = Element(
      "group",
      List("ipPermissions",
           Item(Element("ipProtocol", "tcp") + Element("fromPort", "22") + Element("toPort", "23") +
                List("ipRanges",
                     Item(Element("cidrIp", "10.0.0.0/8") + Element("description", "inside")) +
                         Item(Element("cidrIp", "192.168.0.0/16"))) +
                List("ipv6Ranges", Item(Element("cidrIpv6", "2001:db8::/32"))) +
                List("prefixListIds", Item(Element("prefixListId", "pl-1"))) +
                List("groups",
                     Item(Element("groupId", "sg-2") + Element("userId", "444455556666"))))));
  const auto xml = ParseXml(reply);
  ASSERT_TRUE(xml.ok());
  std::vector<std::string> texts;
  for (const GroupRule& rule : RulesOfGroup(xml->root, Direction::kIngress)) {
    texts.push_back(RuleText(rule, Direction::kIngress));
  }
  EXPECT_THAT(texts, ElementsAre("tcp 22-23 from 10.0.0.0/8", "tcp 22-23 from 192.168.0.0/16",
                                 "tcp 22-23 from 2001:db8::/32", "tcp 22-23 from pl-1",
                                 "tcp 22-23 from sg-2"));
  EXPECT_TRUE(RulesOfGroup(xml->root, Direction::kEgress).empty());
  const GroupRule group = RulesOfGroup(xml->root, Direction::kIngress).back();
  EXPECT_EQ(InputsOfRule(group, Direction::kIngress, "111122223333"),
            (PropertyMap{{"ipProtocol", "tcp"},
                         {"fromPort", 22},
                         {"toPort", 23},
                         {"sourceSecurityGroupId", "sg-2"},
                         {"sourceSecurityGroupOwnerId", "444455556666"}}));
  EXPECT_FALSE(InputsOfRule(group, Direction::kIngress, "444455556666")
                   .contains("sourceSecurityGroupOwnerId"));
}

TEST(GroupRule, OfANameMayBeAnyGroupThatNoOtherRuleIs) {
  const GroupRule by_name{.protocol = "-1", .peer = Peer::kGroupName, .far_end = "web"};
  const GroupRule by_id{.protocol = "-1", .peer = Peer::kGroup, .far_end = "sg-1"};
  const GroupRule other{.protocol = "-1", .peer = Peer::kGroup, .far_end = "sg-2"};
  const RuleMatch match = MatchRules({by_name, by_id}, {by_id, other}, /*by_name=*/true);
  EXPECT_THAT(match.of_wanted, ElementsAre(1u, 0u));
  EXPECT_TRUE(match.others.empty());
  EXPECT_EQ(MatchRules({by_name}, {by_id}, /*by_name=*/false).of_wanted.front(), std::nullopt);
}

TEST(GroupRules, CompareAsSetsWithTheirDescriptions) {
  PropertyMap described = Https("10.0.0.0/16");
  described["description"] = "a";
  const PropertyArray one{Https("10.0.0.0/16"), Https("10.1.0.0/16")};
  const PropertyArray turned{Https("10.1.0.0/16"), Https("10.0.0.0/16"), Https("10.0.0.0/16")};
  EXPECT_TRUE(SameRules(one, turned, Direction::kIngress));
  EXPECT_FALSE(SameRules(one, {Https("10.1.0.0/16")}, Direction::kIngress));
  EXPECT_FALSE(SameRules(one, {described, Https("10.1.0.0/16")}, Direction::kIngress));
  EXPECT_FALSE(SameRules(one, {kUnknown, Https("10.1.0.0/16")}, Direction::kIngress));
}

TEST(GroupRules, KeepTheProgramsOrderAndSpelling) {
  PropertyMap mine = Https("10.0.3.7/16");
  mine["ipProtocol"] = "6";
  mine["description"] = "before";
  const PropertyArray prior{Https("10.9.0.0/16"), mine};
  GroupRule seen = RuleOfInputs(mine, Direction::kIngress);
  seen.description = "after";
  const GroupRule more = RuleOfInputs(Https("10.2.0.0/16"), Direction::kIngress);
  PropertyMap now = mine;
  now["description"] = "after";
  EXPECT_EQ(SpelledRules(&prior, {more, seen}, Direction::kIngress, ""),
            (PropertyArray{now, Https("10.2.0.0/16")}));
  EXPECT_EQ(SpelledRules(nullptr, {more}, Direction::kIngress, ""),
            (PropertyArray{Https("10.2.0.0/16")}));
}

}  // namespace
}  // namespace palisade::aws::ec2

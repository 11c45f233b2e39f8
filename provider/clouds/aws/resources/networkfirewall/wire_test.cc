#include "provider/clouds/aws/resources/networkfirewall/wire.h"

#include <gtest/gtest.h>

namespace palisade::aws::networkfirewall {
namespace {

TEST(Wire, NamesRaiseTheirFirstLetterAndAcronymsAreInTheTable) {
  EXPECT_EQ(WireName("ruleGroupName"), "RuleGroupName");
  EXPECT_EQ(WireName("ipSets"), "IPSets");
  EXPECT_EQ(WireName("tlsInspectionConfigurationArn"), "TLSInspectionConfigurationArn");
  EXPECT_EQ(WireName("route53ResolvedIpValidation"), "Route53ResolvedIPValidation");
  EXPECT_EQ(WireName(""), "");
}

// The members of a rule group and a policy that no rule names, and keys that only look like names.
TEST(Wire, RuleGroupBothWays) {
  const PropertyMap group{
      {"ruleVariables",
       PropertyMap{
           {"ipSets",
            PropertyMap{{"home_net", PropertyMap{{"definition", PropertyArray{"10.0.0.0/8"}}}}}},
           {"portSets",
            PropertyMap{{"definition", PropertyMap{{"definition", PropertyArray{"80"}}}}}}}},
      {"referenceSets",
       PropertyMap{{"ipSetReferences",
                    PropertyMap{{"ipSets", PropertyMap{{"referenceArn", "arn:aws:ec2:x"}}}}}}},
      {"rulesSource",
       PropertyMap{
           {"statelessRulesAndCustomActions",
            PropertyMap{
                {"statelessRules",
                 PropertyArray{PropertyMap{
                     {"priority", 10},
                     {"ruleDefinition",
                      PropertyMap{{"matchAttributes",
                                   PropertyMap{{"protocols", PropertyArray{6, 17}},
                                               {"tcpFlags",
                                                PropertyArray{PropertyMap{
                                                    {"flags", PropertyArray{"SYN"}}}}}}}}}}}}}}}}};
  const json wire = {
      {"RuleVariables",
       {{"IPSets", {{"home_net", {{"Definition", {"10.0.0.0/8"}}}}}},
        {"PortSets", {{"definition", {{"Definition", {"80"}}}}}}}},
      {"ReferenceSets", {{"IPSetReferences", {{"ipSets", {{"ReferenceArn", "arn:aws:ec2:x"}}}}}}},
      {"RulesSource",
       {{"StatelessRulesAndCustomActions",
         {{"StatelessRules",
           {{{"Priority", 10},
             {"RuleDefinition",
              {{"MatchAttributes",
                {{"Protocols", {6, 17}}, {"TCPFlags", {{{"Flags", {"SYN"}}}}}}}}}}}}}}}}};
  EXPECT_EQ(ToWire("ruleGroup", group), wire);
  EXPECT_EQ(FromWire("ruleGroup", wire), PropertyValue(group));
}

TEST(Wire, RuleVariablesOfAPolicyAreTheUsersKeys) {
  const PropertyMap policy{
      {"policyVariables",
       PropertyMap{{"ruleVariables",
                    PropertyMap{{"ipSets", PropertyMap{{"definition", PropertyArray{"::/0"}}}}}}}},
      {"enableTlsSessionHolding", true}};
  const json wire = {
      {"PolicyVariables", {{"RuleVariables", {{"ipSets", {{"Definition", {"::/0"}}}}}}}},
      {"EnableTLSSessionHolding", true}};
  EXPECT_EQ(ToWire("firewallPolicy", policy), wire);
  EXPECT_EQ(FromWire("firewallPolicy", wire), PropertyValue(policy));
}

TEST(Wire, LogDestinationsKeepTheirKeys) {
  const PropertyMap config{{"logDestination", PropertyMap{{"bucketName", "b"}, {"Prefix", "p"}}}};
  EXPECT_EQ(ToWire("logDestinationConfigs", config),
            (json{{"LogDestination", {{"bucketName", "b"}, {"Prefix", "p"}}}}));
}

TEST(Wire, NumbersAreIntegersAndNullsAreLeftOut) {
  EXPECT_EQ(ToWire("capacity", 100).dump(), "100");
  EXPECT_EQ(ToWire("x", PropertyMap{{"a", value::Null{}}, {"b", 1}}), (json{{"B", 1}}));
  EXPECT_EQ(FromWire("x", json{{"A", nullptr}, {"B", 2}}), PropertyValue(PropertyMap{{"b", 2}}));
  EXPECT_EQ(Body({{"type", "STATEFUL"}, {"rules", value::Null{}}}, {"type", "rules", "capacity"}),
            (json{{"Type", "STATEFUL"}}));
  EXPECT_EQ(Properties({{"Type", "STATEFUL"}}, {"type", "capacity"}),
            (PropertyMap{{"type", "STATEFUL"}}));
}

TEST(Wire, ReadersOfRepliesNeverTrip) {
  EXPECT_TRUE(Member(json(), "A").is_null());
  EXPECT_TRUE(Member(json("text"), "A").is_null());
  EXPECT_EQ(Text({{"A", 1}}, "A"), "");
  EXPECT_FALSE(IsTrue({{"A", "true"}}, "A"));
  EXPECT_TRUE(IsTrue({{"A", true}}, "A"));
}

}  // namespace
}  // namespace palisade::aws::networkfirewall

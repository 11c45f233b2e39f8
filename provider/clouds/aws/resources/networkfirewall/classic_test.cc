#include "provider/clouds/aws/resources/networkfirewall/classic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/clouds/aws/resources/networkfirewall/logical_name.h"

namespace palisade::aws::networkfirewall {
namespace {

using testing::IsEmpty;

PropertyMap Object(std::initializer_list<PropertyMap::value_type> members) { return members; }

TEST(Classic, RuleGroup) {
  PropertyMap bag = Object({
      {"__defaults", PropertyArray{}},
      {"arn", "arn:aws:network-firewall:x"},
      {"name", "egress"},
      {"capacity", 100},
      {"type", "STATEFUL"},
      {"description", ""},
      {"updateToken", "t"},
      {"encryptionConfiguration", Object({{"type", "AWS_OWNED_KMS_KEY"}})},
      {"ruleGroup",
       PropertyArray{Object(
           {{"__defaults", PropertyArray{}},
            {"ruleVariables",
             Object({{"ipSets",
                      PropertyArray{Object(
                          {{"key", "HOME_NET"},
                           {"ipSet", Object({{"definitions", PropertyArray{"10.0.0.0/8"}}})}})}},
                     {"portSets",
                      PropertyArray{Object(
                          {{"key", "WEB"},
                           {"portSet", Object({{"definitions", PropertyArray{"443"}}})}})}}})},
            {"referenceSets",
             Object({{"ipSetReferences",
                      PropertyArray{Object(
                          {{"key", "LIST"},
                           {"ipSetReferences",
                            PropertyArray{Object({{"referenceArn", "arn:aws:ec2:x"}})}}})}}})},
            {"rulesSource", Object({{"rulesString", "pass ip any any -> any any (sid:1;)"}})},
            {"statefulRuleOptions", Object({{"ruleOrder", "STRICT_ORDER"}})}})}},
  });
  MigrateRuleGroup(bag);
  const PropertyMap expected = Object({
      {"ruleGroupArn", "arn:aws:network-firewall:x"},
      {"ruleGroupName", "egress"},
      {"capacity", 100},
      {"type", "STATEFUL"},
      {"ruleGroup",
       Object({{"ruleVariables",
                Object({{"ipSets", Object({{"HOME_NET", Object({{"definition",
                                                                 PropertyArray{"10.0.0.0/8"}}})}})},
                        {"portSets",
                         Object({{"WEB", Object({{"definition", PropertyArray{"443"}}})}})}})},
               {"referenceSets",
                Object({{"ipSetReferences",
                         Object({{"LIST", Object({{"referenceArn", "arn:aws:ec2:x"}})}})}})},
               {"rulesSource", Object({{"rulesString", "pass ip any any -> any any (sid:1;)"}})},
               {"statefulRuleOptions", Object({{"ruleOrder", "STRICT_ORDER"}})}})},
  });
  EXPECT_EQ(bag, expected);
  MigrateRuleGroup(bag);
  EXPECT_EQ(bag, expected);
  DropForeignInputs(kRuleGroup, bag);
  EXPECT_FALSE(bag.contains("ruleGroupArn"));
}

TEST(Classic, StateOfAwsNativeStaysAsItIs) {
  const PropertyMap native = Object(
      {{"ruleGroupName", "egress"},
       {"ruleGroup",
        Object({{"ruleVariables",
                 Object({{"ipSets",
                          Object({{"A", Object({{"definition", PropertyArray{"::/0"}}})}})}})}})}});
  PropertyMap bag = native;
  MigrateRuleGroup(bag);
  EXPECT_EQ(bag, native);
}

TEST(Classic, FirewallPolicy) {
  PropertyMap bag = Object(
      {{"name", "egress"},
       {"firewallPolicy",
        Object({{"policyVariables",
                 Object({{"ruleVariables",
                          PropertyArray{Object(
                              {{"key", "HOME_NET"},
                               {"ipSet",
                                Object({{"definitions", PropertyArray{"10.0.0.0/8"}}})}})}}})},
                {"tlsInspectionConfigurationArn", ""},
                {"statefulRuleGroupReferences",
                 PropertyArray{Object({{"resourceArn", "arn"},
                                       {"priority", 0},
                                       {"deepThreatInspection", "true"}})}}})}});
  MigrateFirewallPolicy(bag);
  EXPECT_EQ(
      bag,
      Object(
          {{"firewallPolicyName", "egress"},
           {"firewallPolicy",
            Object({{"policyVariables",
                     Object({{"ruleVariables",
                              Object({{"HOME_NET",
                                       Object({{"definition", PropertyArray{"10.0.0.0/8"}}})}})}})},
                    {"statefulRuleGroupReferences",
                     PropertyArray{
                         Object({{"resourceArn", "arn"}, {"deepThreatInspection", true}})}}})}}));
}

TEST(Classic, FirewallStatusesBecomeEndpoints) {
  PropertyMap inputs = Object({{"name", "egress"}, {"vpcId", "vpc-1"}});
  const auto state = [](const std::string& zone, const std::string& id) {
    return Object(
        {{"availabilityZone", zone}, {"attachments", PropertyArray{Object({{"endpointId", id}})}}});
  };
  PropertyMap outputs = Object(
      {{"arn", "arn:x"},
       {"name", "egress"},
       {"firewallStatuses",
        PropertyArray{
            Object({{"syncStates", PropertyArray{state("b", "vpce-2"), state("a", "vpce-1")}},
                    {"transitGatewayAttachmentSyncStates",
                     PropertyArray{Object({{"attachmentId", "tgw-attach-1"}})}}})}},
       {"availabilityZoneMappings", PropertyArray{Object({{"availabilityZoneId", "euw1-az1"}})}}});
  MigrateFirewall(inputs, outputs);
  EXPECT_EQ(inputs, Object({{"firewallName", "egress"}, {"vpcId", "vpc-1"}}));
  EXPECT_EQ(outputs, Object({{"firewallArn", "arn:x"},
                             {"firewallName", "egress"},
                             {"endpointIds", PropertyArray{"a:vpce-1", "b:vpce-2"}},
                             {"endpointIdsByZone", Object({{"a", "vpce-1"}, {"b", "vpce-2"}})},
                             {"transitGatewayAttachmentId", "tgw-attach-1"},
                             {"availabilityZoneMappings",
                              PropertyArray{Object({{"availabilityZone", "euw1-az1"}})}}}));
}

TEST(Classic, EmptyTextsInTheUsersOwnMapsAreMeant) {
  const PropertyValue tags = Object({{"team", ""}, {"__x", ""}, {"stage", "dev"}});
  PropertyMap group = Object({{"tags", tags}, {"tagsAll", tags}});
  const PropertyMap same = group;
  MigrateRuleGroup(group);
  EXPECT_EQ(group, same);
  const auto logging = [](PropertyMap destination) {
    return Object({{"loggingConfiguration",
                    Object({{"logDestinationConfigs",
                             PropertyArray{Object({{"logDestination", destination}})}}})}});
  };
  PropertyMap bag =
      logging({{"__defaults", PropertyArray{}}, {"bucketName", "logs-1"}, {"prefix", ""}});
  MigrateLogging(bag);
  EXPECT_EQ(bag, logging({{"bucketName", "logs-1"}, {"prefix", ""}}));
}

TEST(Classic, BagsOfOtherShapesDoNotTrip) {
  for (const PropertyValue& odd :
       {PropertyValue("x"), PropertyValue(1), PropertyValue(PropertyArray{"x", 1}),
        PropertyValue(PropertyArray{}), PropertyValue(value::Unknown{}),
        PropertyValue(Object({{"ruleVariables", PropertyArray{1}}, {"policyVariables", "x"}}))}) {
    PropertyMap group = Object({{"ruleGroup", odd}}), policy = Object({{"firewallPolicy", odd}});
    PropertyMap firewall = Object({{"firewallStatuses", odd}, {"availabilityZoneMappings", odd}});
    PropertyMap none;
    MigrateRuleGroup(group);
    MigrateFirewallPolicy(policy);
    MigrateFirewall(none, firewall);
    MigrateLogging(firewall);
    EXPECT_FALSE(firewall.contains("firewallStatuses"));
    EXPECT_THAT(none, IsEmpty());
  }
}

TEST(LogicalName, AMadeNameBeginsWithTheResources) {
  const std::string urn = "urn:pulumi:dev::p::palisade:aws/networkfirewall:RuleGroup::ai.rules_1";
  EXPECT_EQ(MadeNameStem(urn, "ai-rules-1-0123abc"), "ai-rules-1");
  EXPECT_EQ(MadeNameStem(urn, "ai-rules-1"), "");
  EXPECT_EQ(MadeNameStem(urn, "other-0123abc"), "");
  EXPECT_EQ(MadeNameStem("odd", "odd-1"), "");
  const std::string longest(150, 'x');
  EXPECT_EQ(MadeNameStem("a::" + longest, longest.substr(0, 120) + "-0123abc"),
            longest.substr(0, 100));
}

}  // namespace
}  // namespace palisade::aws::networkfirewall

#include "provider/clouds/aws/rules/firewall_policy.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string kStart = "arn:aws:network-firewall:us-west-2:123456789012:";

PropertyMap Reference(const std::string& resource, PropertyMap more = {}) {
  more["resourceArn"] = kStart + resource;
  return more;
}

PropertyMap Policy(PropertyMap more = {}, bool strict = false) {
  PropertyMap policy{
      {"statelessDefaultActions", PropertyArray{"aws:forward_to_sfe"}},
      {"statelessFragmentDefaultActions", PropertyArray{"aws:forward_to_sfe"}},
      {"statelessRuleGroupReferences",
       PropertyArray{Reference("stateless-rulegroup/a", {{"priority", 1}})}},
      {"statefulRuleGroupReferences", PropertyArray{Reference("stateful-rulegroup/a")}}};
  if (strict) policy["statefulEngineOptions"] = PropertyMap{{"ruleOrder", "STRICT_ORDER"}};
  for (auto& [name, value] : more) policy[name] = value;
  return {{"firewallPolicy", std::move(policy)}};
}

Found CheckPolicy(PropertyMap more, bool strict = false) {
  return Check(CheckFirewallPolicy, Policy(std::move(more), strict));
}

const std::string kStateful = "firewallPolicy.statefulRuleGroupReferences";

TEST(FirewallPolicy, TakesBothOrdersWhateverIsUnknown) {
  const PropertyMap strict = Policy(
      {{"statefulDefaultActions", PropertyArray{"aws:drop_established", "aws:alert_established"}},
       {"statefulRuleGroupReferences",
        PropertyArray{Reference("stateful-rulegroup/a", {{"priority", 1}}),
                      Reference("stateful-rulegroup/b", {{"priority", 2}})}},
       {"statelessCustomActions", PropertyArray{PropertyMap{{"actionName", "Count"}}}},
       {"statelessDefaultActions", PropertyArray{"aws:forward_to_sfe", "Count"}},
       {"statefulEngineOptions",
        PropertyMap{{"ruleOrder", "STRICT_ORDER"},
                    {"flowTimeouts", PropertyMap{{"tcpIdleTimeoutSeconds", 6000}}}}},
       {"policyVariables",
        PropertyMap{{"ruleVariables",
                     PropertyMap{{"HOME_NET",
                                  PropertyMap{{"definition", PropertyArray{"10.0.0.0/8"}}}}}}}}});
  for (const PropertyMap& good : {Policy(), strict}) {
    EXPECT_THAT(Check(CheckFirewallPolicy, good).reasons, IsEmpty());
    ExpectUnknownsPass(CheckFirewallPolicy, good);
  }
}

TEST(FirewallPolicy, WantsOneStandardActionInEachList) {
  const Found found =
      CheckPolicy({{"statelessDefaultActions", PropertyArray{"aws:pass", "aws:drop"}},
                   {"statelessFragmentDefaultActions", PropertyArray{"aws:pass", "Count"}}});
  EXPECT_THAT(found.failures,
              ElementsAre("firewallPolicy.statelessDefaultActions[1] aws.nf.actions",
                          "firewallPolicy.statelessFragmentDefaultActions[1] "
                          "aws.nf.custom-action"));
}

TEST(FirewallPolicy, StrictOrderActionsNeedTheStrictOrder) {
  const PropertyMap actions{{"statefulDefaultActions", PropertyArray{"aws:drop_strict"}}};
  const Found found = CheckPolicy(actions);
  EXPECT_THAT(found.failures,
              ElementsAre("firewallPolicy.statefulDefaultActions aws.nf.strict-order"));
  EXPECT_THAT(found.reasons, ElementsAre(HasSubstr("set statefulEngineOptions.ruleOrder")));
  PropertyMap unknown = actions;
  unknown["statefulEngineOptions"] = PropertyMap{{"ruleOrder", kUnknown}};
  EXPECT_THAT(CheckPolicy(unknown).failures, IsEmpty());
  EXPECT_THAT(CheckPolicy({{"statefulDefaultActions", PropertyArray{}}}).failures, IsEmpty());
}

TEST(FirewallPolicy, JudgesStatefulDefaultActions) {
  const PropertyMap with_priority{
      {"statefulRuleGroupReferences",
       PropertyArray{Reference("stateful-rulegroup/a", {{"priority", 1}})}}};
  const auto check = [&](PropertyArray actions) {
    PropertyMap more = with_priority;
    more["statefulDefaultActions"] = std::move(actions);
    return CheckPolicy(more, true);
  };
  const std::string at = "firewallPolicy.statefulDefaultActions";
  EXPECT_THAT(check({"aws:drop_strickt"}).reasons,
              ElementsAre(HasSubstr("did you mean \"aws:drop_strict\"?")));
  EXPECT_THAT(check({"drop_strict"}).reasons, ElementsAre(HasSubstr("\"aws:drop_strict\"?")));
  EXPECT_THAT(check({"aws:drop"}).failures, ElementsAre(at + "[0] aws.nf.actions"));
  EXPECT_THAT(check({"aws:newer_action"}).failures, IsEmpty());
  EXPECT_THAT(check({"aws:newer_action"}).warnings, ElementsAre(at + "[0] aws.nf.actions"));
  EXPECT_THAT(check({"aws:drop_strict", "aws:drop_established"}).warnings,
              ElementsAre(at + "[1] aws.nf.actions"));
  EXPECT_THAT(check({"aws:drop_strict", "aws:drop_strict"}).failures,
              ElementsAre(at + "[1] aws.nf.duplicate"));
}

TEST(FirewallPolicy, PrioritiesBelongToTheStrictOrder) {
  const PropertyMap one{{"statefulRuleGroupReferences",
                         PropertyArray{Reference("stateful-rulegroup/a", {{"priority", 5}})}}};
  EXPECT_THAT(CheckPolicy(one).failures,
              ElementsAre(kStateful + "[0].priority aws.nf.strict-order"));
  EXPECT_THAT(CheckPolicy(one, true).failures, IsEmpty());
  EXPECT_THAT(CheckPolicy({}, true).reasons, ElementsAre(HasSubstr("is missing")));
  const Found twice =
      CheckPolicy({{"statefulRuleGroupReferences",
                    PropertyArray{Reference("stateful-rulegroup/a", {{"priority", 5}}),
                                  Reference("stateful-rulegroup/b", {{"priority", 5}})}},
                   {"statelessRuleGroupReferences",
                    PropertyArray{Reference("stateless-rulegroup/a", {{"priority", 1}}),
                                  Reference("stateless-rulegroup/b", {{"priority", 1}})}}},
                  true);
  EXPECT_THAT(twice.failures,
              UnorderedElementsAre(
                  kStateful + "[1].priority aws.nf.priority",
                  "firewallPolicy.statelessRuleGroupReferences[1].priority aws.nf.priority"));
}

TEST(FirewallPolicy, HoldsTheKindsOfGroupsApart) {
  const Found found = CheckPolicy(
      {{"statelessRuleGroupReferences",
        PropertyArray{Reference("stateful-rulegroup/a", {{"priority", 1}})}},
       {"statefulRuleGroupReferences",
        PropertyArray{Reference("stateless-rulegroup/a"), Reference("stateful-rulegroup/a"),
                      Reference("stateful-rulegroup/a"), PropertyMap{{"resourceArn", "web"}}}}});
  EXPECT_THAT(
      found.failures,
      UnorderedElementsAre("firewallPolicy.statelessRuleGroupReferences[0].resourceArn aws.arn",
                           kStateful + "[0].resourceArn aws.arn",
                           kStateful + "[2].resourceArn aws.nf.duplicate",
                           kStateful + "[3].resourceArn aws.arn"));
  EXPECT_THAT(found.reasons[0], AllOf(HasSubstr("is the ARN of a stateful rule group"),
                                      HasSubstr("of type STATELESS")));
}

TEST(FirewallPolicy, JudgesTheRest) {
  EXPECT_THAT(CheckPolicy({{"enableTlsSessionHolding", true}}).failures,
              ElementsAre("firewallPolicy.enableTlsSessionHolding aws.nf.tls"));
  EXPECT_THAT(CheckPolicy({{"enableTlsSessionHolding", true},
                           {"tlsInspectionConfigurationArn", kStart + "tls-configuration/a"}})
                  .reasons,
              IsEmpty());
  for (const int seconds : {59, 6001}) {
    EXPECT_THAT(
        CheckPolicy(
            {{"statefulEngineOptions",
              PropertyMap{{"flowTimeouts", PropertyMap{{"tcpIdleTimeoutSeconds", seconds}}}}}})
            .failures,
        ElementsAre("firewallPolicy.statefulEngineOptions.flowTimeouts.tcpIdleTimeoutSeconds "
                    "aws.nf.timeout"));
  }
  const Found variables = CheckPolicy(
      {{"policyVariables",
        PropertyMap{{"ruleVariables",
                     PropertyMap{{"HOME_NET", PropertyMap{{"definition", PropertyArray{"x.com"}}}},
                                 {"WEB", PropertyMap{}}}}}}});
  EXPECT_THAT(variables.failures,
              ElementsAre("firewallPolicy.policyVariables.ruleVariables.HOME_NET.definition[0] "
                          "aws.nf.variable-definition"));
  EXPECT_THAT(variables.warnings,
              ElementsAre("firewallPolicy.policyVariables.ruleVariables.WEB aws.nf.variable-name"));
  EXPECT_THAT(
      CheckPolicy(
          {{"statefulRuleGroupReferences",
            PropertyArray{Reference("stateful-rulegroup/a", {{"override", PropertyMap{}}})}}})
          .warnings,
      ElementsAre(kStateful + "[0].override aws.nf.override"));
}

TEST(FirewallPolicy, WarnsWhenItEnforcesNothing) {
  const PropertyMap none{{"statelessRuleGroupReferences", PropertyArray{}},
                         {"statefulRuleGroupReferences", PropertyArray{}}};
  const Found found = CheckPolicy(none);
  EXPECT_THAT(found.failures, IsEmpty());
  EXPECT_THAT(found.warnings, ElementsAre(kStateful + " aws.nf.enforces-nothing"));
  PropertyMap drops = none;
  drops["statelessDefaultActions"] = PropertyArray{"aws:drop"};
  EXPECT_THAT(CheckPolicy(drops).reasons, IsEmpty());
  PropertyMap unknown = none;
  unknown["statefulRuleGroupReferences"] = kUnknown;
  EXPECT_THAT(CheckPolicy(unknown).reasons, IsEmpty());
}

TEST(FirewallPolicy, WarnsWhenNothingReachesTheStatefulGroups) {
  const Found found = CheckPolicy({{"statelessRuleGroupReferences", PropertyArray{}},
                                   {"statelessDefaultActions", PropertyArray{"aws:pass"}}});
  EXPECT_THAT(found.warnings,
              ElementsAre("firewallPolicy.statelessDefaultActions aws.nf.never-forwarded"));
}

}  // namespace
}  // namespace palisade::aws::rules

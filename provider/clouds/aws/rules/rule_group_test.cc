#include "provider/clouds/aws/rules/rule_group.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

PropertyMap Group(const char* type, PropertyMap source, PropertyMap more = {}) {
  more["rulesSource"] = std::move(source);
  return {{"type", type}, {"capacity", 100}, {"ruleGroup", std::move(more)}};
}

PropertyMap DomainList() {
  return {{"rulesSourceList", PropertyMap{{"targets", PropertyArray{".example.com"}},
                                          {"targetTypes", PropertyArray{"TLS_SNI"}},
                                          {"generatedRulesType", "ALLOWLIST"}}}};
}

PropertyMap Stateless() {
  return {
      {"statelessRulesAndCustomActions",
       PropertyMap{{"statelessRules",
                    PropertyArray{PropertyMap{
                        {"priority", 10},
                        {"ruleDefinition", PropertyMap{{"actions", PropertyArray{"aws:pass"}},
                                                       {"matchAttributes", PropertyMap{}}}}}}}}}};
}

constexpr char kRules[] = "pass tcp $WEB any -> any $PORTS (sid:1;)";

PropertyMap Variables() {
  return {{"ruleVariables",
           PropertyMap{
               {"ipSets",
                PropertyMap{{"WEB", PropertyMap{{"definition", PropertyArray{"10.0.0.0/8"}}}}}},
               {"portSets",
                PropertyMap{{"PORTS", PropertyMap{{"definition", PropertyArray{"80", "443"}}}}}}}}};
}

TEST(RuleGroup, TakesEachSourceWhateverIsUnknown) {
  for (const PropertyMap& good :
       {Group("STATEFUL", DomainList()), Group("STATELESS", Stateless()),
        Group("STATEFUL", {{"rulesString", kRules}}, Variables()),
        PropertyMap{{"type", "STATEFUL"},
                    {"capacity", 1},
                    {"rules", "pass ip $HOME_NET any -> any any (sid:1;)"}}}) {
    EXPECT_THAT(Check(CheckRuleGroup, good).reasons, IsEmpty());
    ExpectUnknownsPass(CheckRuleGroup, good);
  }
}

TEST(RuleGroup, FindsTheSeedsMistakesAtOnce) {
  PropertyMap list{{"rulesSourceList", PropertyMap{{"targets", PropertyArray{"203.0.113.0/24"}},
                                                   {"targetTypes", PropertyArray{"HTTP", "HTTPS"}},
                                                   {"generatedRulesType", "ALLOWLIST"}}}};
  const std::string at = "ruleGroup.rulesSource.rulesSourceList.";
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATEFUL", list)).failures,
              UnorderedElementsAre(at + "targets[0] aws.nf.target-is-cidr",
                                   at + "targetTypes[0] aws.nf.target-type",
                                   at + "targetTypes[1] aws.nf.target-type"));
}

TEST(RuleGroup, WantsExactlyOneSource) {
  PropertyMap two = DomainList();
  two["rulesString"] = kUnknown;
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATEFUL", two)).reasons,
              ElementsAre(HasSubstr("but rulesString and rulesSourceList are")));
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATEFUL", {})).failures,
              ElementsAre("ruleGroup.rulesSource aws.nf.rules-source"));
  EXPECT_THAT(Check(CheckRuleGroup, {{"type", "STATEFUL"}, {"capacity", 1}}).failures,
              ElementsAre("ruleGroup aws.nf.rules-source"));
  PropertyMap both = Group("STATEFUL", DomainList());
  both["rules"] = "pass ip any any -> any any (sid:1;)";
  EXPECT_THAT(Check(CheckRuleGroup, both).failures, ElementsAre("rules aws.nf.rules-source"));
}

TEST(RuleGroup, HoldsTheTypeAgainstTheSource) {
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATELESS", DomainList())).failures,
              ElementsAre("ruleGroup.rulesSource.rulesSourceList aws.nf.rule-group-type"));
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATEFUL", Stateless())).reasons,
              ElementsAre(HasSubstr("set type to STATELESS")));
  EXPECT_THAT(Check(CheckRuleGroup, {{"type", "STATELESS"}, {"rules", kUnknown}}).failures,
              ElementsAre("rules aws.nf.rule-group-type"));
  PropertyMap unknown = Group("STATELESS", DomainList());
  unknown["type"] = kUnknown;
  EXPECT_THAT(Check(CheckRuleGroup, unknown).failures, IsEmpty());
  const Found extras = Check(
      CheckRuleGroup, Group("STATELESS", Stateless(),
                            {{"ruleVariables", PropertyMap{}},
                             {"referenceSets", PropertyMap{}},
                             {"statefulRuleOptions", PropertyMap{{"ruleOrder", "STRICT_ORDER"}}}}));
  EXPECT_THAT(extras.failures,
              UnorderedElementsAre("ruleGroup.ruleVariables aws.nf.rule-group-type",
                                   "ruleGroup.referenceSets aws.nf.rule-group-type",
                                   "ruleGroup.statefulRuleOptions aws.nf.rule-group-type"));
}

TEST(RuleGroup, JudgesSuricataRulesWithTheGroupsVariables) {
  EXPECT_THAT(Check(CheckRuleGroup, Group("STATEFUL", {{"rulesString", kRules}})).failures,
              ElementsAre("ruleGroup.rulesSource.rulesString aws.nf.suricata-variable",
                          "ruleGroup.rulesSource.rulesString aws.nf.suricata-variable"));
  PropertyMap options = Variables();
  options["statefulRuleOptions"] = PropertyMap{{"ruleOrder", "STRICT_ORDER"}};
  EXPECT_THAT(
      Check(CheckRuleGroup,
            Group("STATEFUL", {{"rulesString", "pass ip any any -> any any (priority:1; sid:1;)"}},
                  options))
          .failures,
      ElementsAre("ruleGroup.rulesSource.rulesString aws.nf.suricata-option"));
}

TEST(RuleGroup, ComparesTheCapacity) {
  PropertyMap small = Group("STATEFUL", DomainList());
  small["capacity"] = 0;
  EXPECT_THAT(Check(CheckRuleGroup, small).failures, IsSupersetOf({"capacity aws.nf.capacity"}));
}

}  // namespace
}  // namespace palisade::aws::rules

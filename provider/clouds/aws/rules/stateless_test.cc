#include "provider/clouds/aws/rules/stateless.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

PropertyMap Rule(int priority, PropertyMap match, PropertyArray actions = {"aws:pass"}) {
  return {{"priority", priority},
          {"ruleDefinition",
           PropertyMap{{"actions", std::move(actions)}, {"matchAttributes", std::move(match)}}}};
}

PropertyMap Source(PropertyArray rules) { return {{"statelessRules", std::move(rules)}}; }

PropertyMap Good() {
  PropertyMap source = Source(
      {Rule(10,
            {{"sources", PropertyArray{PropertyMap{{"addressDefinition", "203.0.113.0/24"}}}},
             {"destinations", PropertyArray{PropertyMap{{"addressDefinition", "2001:db8::/32"}}}},
             {"destinationPorts", PropertyArray{PropertyMap{{"fromPort", 443}, {"toPort", 443}}}},
             {"protocols", PropertyArray{6}},
             {"tcpFlags", PropertyArray{PropertyMap{{"flags", PropertyArray{"SYN"}},
                                                    {"masks", PropertyArray{"SYN", "ACK"}}}}}},
            {"aws:forward_to_sfe", "Count"}),
       Rule(20, {})});
  source["customActions"] = PropertyArray{PropertyMap{{"actionName", "Count"}}};
  return source;
}

void RuleOf(const PropertyMap& bag, Findings& findings) {
  CheckStatelessRules({bag, PropertyPath(), findings});
}

Found CheckRules(const PropertyMap& source) { return Check(RuleOf, source); }
Found CheckMatch(const PropertyMap& match) { return CheckRules(Source({Rule(1, match)})); }
const std::string kMatch = "statelessRules[0].ruleDefinition.matchAttributes.";
const std::string kActions = "statelessRules[0].ruleDefinition.actions";

TEST(Stateless, TakesGoodRulesWhateverIsUnknown) {
  EXPECT_THAT(CheckRules(Good()).reasons, IsEmpty());
  ExpectUnknownsPass(RuleOf, Good());
}

TEST(Stateless, RefusesADomainWithTheFix) {
  for (const char* name : {"sources", "destinations"}) {
    const Found found =
        CheckMatch({{name, PropertyArray{PropertyMap{{"addressDefinition", "api.example.com"}}}}});
    EXPECT_THAT(found.failures,
                ElementsAre(kMatch + name + "[0].addressDefinition aws.nf.address-is-domain"));
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr("domain list (rulesSourceList)")));
  }
}

TEST(Stateless, JudgesAddresses) {
  const struct {
    const char *given, *reason;
  } bad[] = {{"ANY", "leave sources out"},
             {"10.0.0.0/33", "expected 0 to 32"},
             {"10.0.0.256", "is not an address range"},
             {"10.0.0.0/8 ", "blanks"}};
  for (const auto& row : bad) {
    const Found found =
        CheckMatch({{"sources", PropertyArray{PropertyMap{{"addressDefinition", row.given}}}}});
    EXPECT_THAT(found.failures, ElementsAre(HasSubstr("aws.nf.address"))) << row.given;
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason)));
  }
  // The API's pattern takes an address without a prefix length.
  for (const char* good : {"192.0.2.44", "192.0.2.44/32", "::/0", "0.0.0.0/0"}) {
    EXPECT_THAT(
        CheckMatch({{"sources", PropertyArray{PropertyMap{{"addressDefinition", good}}}}}).reasons,
        IsEmpty());
  }
  const Found wide =
      CheckMatch({{"sources", PropertyArray{PropertyMap{{"addressDefinition", "10.0.0.9/8"}}}}});
  EXPECT_THAT(wide.failures, IsEmpty());
  EXPECT_THAT(wide.reasons, ElementsAre(HasSubstr("matches all of 10.0.0.0/8")));
}

TEST(Stateless, WantsExactlyOneStandardAction) {
  const auto check = [](PropertyArray actions) {
    return CheckRules(Source({Rule(1, {}, std::move(actions))}));
  };
  EXPECT_THAT(check({"aws:pass", "aws:drop"}).failures,
              ElementsAre(kActions + "[1] aws.nf.actions"));
  EXPECT_THAT(check({}).failures, ElementsAre(kActions + " aws.nf.actions"));
  EXPECT_THAT(check({kUnknown}).failures, IsEmpty());
  EXPECT_THAT(check({kUnknown, "aws:pass", "aws:pass"}).failures,
              ElementsAre(kActions + "[2] aws.nf.actions"));
  EXPECT_THAT(check({"aws:forward"}).reasons, ElementsAre(HasSubstr("write aws:forward_to_sfe")));
  EXPECT_THAT(check({"pass"}).reasons, ElementsAre(HasSubstr("write aws:pass")));
  EXPECT_THAT(check({"aws:drop_strict"}).reasons, ElementsAre(HasSubstr("write aws:drop")));
  EXPECT_THAT(check({"aws:pass", "Count"}).failures,
              ElementsAre(kActions + "[1] aws.nf.custom-action"));
}

TEST(Stateless, FindsCustomActionsThatAreDefinedTwice) {
  PropertyMap source = Good();
  source["customActions"] =
      PropertyArray{PropertyMap{{"actionName", "Count"}}, PropertyMap{{"actionName", "Count"}}};
  EXPECT_THAT(CheckRules(source).failures,
              ElementsAre("customActions[1].actionName aws.nf.custom-action"));
}

TEST(Stateless, PrioritiesAreUniqueAndInRange) {
  const Found found = CheckRules(
      Source({Rule(10, {}), Rule(10, {}), Rule(0, {}), Rule(65536, {}), Rule(65535, {})}));
  EXPECT_THAT(found.failures, UnorderedElementsAre("statelessRules[1].priority aws.nf.priority",
                                                   "statelessRules[2].priority aws.nf.priority",
                                                   "statelessRules[3].priority aws.nf.priority"));
  EXPECT_THAT(found.reasons[0],
              AllOf(HasSubstr("priority 10"), HasSubstr("taken by statelessRules[0]")));
}

TEST(Stateless, JudgesPorts) {
  const auto range = [](int from, int to) {
    return PropertyArray{PropertyMap{{"fromPort", from}, {"toPort", to}}};
  };
  EXPECT_THAT(
      CheckMatch({{"protocols", PropertyArray{17}}, {"sourcePorts", range(443, 80)}}).failures,
      ElementsAre(kMatch + "sourcePorts[0].fromPort aws.nf.ports"));
  EXPECT_THAT(
      CheckMatch({{"protocols", PropertyArray{17}}, {"sourcePorts", range(1, 65536)}}).failures,
      ElementsAre(kMatch + "sourcePorts[0].toPort aws.nf.ports"));
  const PropertyArray ports = range(80, 443);
  EXPECT_THAT(CheckMatch({{"sourcePorts", ports}}).warnings,
              ElementsAre(kMatch + "sourcePorts aws.nf.ports"));
  EXPECT_THAT(CheckMatch({{"sourcePorts", ports}, {"protocols", PropertyArray{6, 1}}}).warnings,
              ElementsAre(kMatch + "sourcePorts aws.nf.ports"));
  EXPECT_THAT(CheckMatch({{"sourcePorts", ports}, {"protocols", PropertyArray{6, 17}}}).reasons,
              IsEmpty());
  EXPECT_THAT(CheckMatch({{"sourcePorts", ports}, {"protocols", kUnknown}}).reasons, IsEmpty());
  EXPECT_THAT(
      CheckMatch({{"sourcePorts", ports}, {"protocols", PropertyArray{1, kUnknown}}}).reasons,
      IsEmpty());
}

TEST(Stateless, JudgesFlagsAndProtocols) {
  const auto flags = [](PropertyArray set, PropertyArray masks) {
    return PropertyMap{{"protocols", PropertyArray{6}},
                       {"tcpFlags", PropertyArray{PropertyMap{{"flags", std::move(set)},
                                                              {"masks", std::move(masks)}}}}};
  };
  EXPECT_THAT(CheckMatch(flags({"SYN"}, {"ACK"})).failures,
              ElementsAre(kMatch + "tcpFlags[0].flags[0] aws.nf.tcp-flags"));
  EXPECT_THAT(CheckMatch(flags({"SYN"}, {})).reasons, IsEmpty());
  EXPECT_THAT(CheckMatch(flags({"SYN"}, {kUnknown})).reasons, IsEmpty());
  EXPECT_THAT(CheckMatch(flags({"SNY"}, {"SNY"})).reasons,
              testing::Each(HasSubstr("did you mean \"SYN\"?")));
  PropertyMap udp = flags({"SYN"}, {"SYN"});
  udp["protocols"] = PropertyArray{17};
  EXPECT_THAT(CheckMatch(udp).warnings, ElementsAre(kMatch + "tcpFlags aws.nf.tcp-flags"));
  EXPECT_THAT(CheckMatch({{"protocols", PropertyArray{0, 255, 256, -1, kUnknown}}}).failures,
              ElementsAre(kMatch + "protocols[2] aws.nf.protocol",
                          kMatch + "protocols[3] aws.nf.protocol"));
}

}  // namespace
}  // namespace palisade::aws::rules

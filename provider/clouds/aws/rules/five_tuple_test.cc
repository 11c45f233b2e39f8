#include "provider/clouds/aws/rules/five_tuple.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PropertyMap Option(PropertyValue keyword, PropertyArray settings = {}) {
  return {{"keyword", std::move(keyword)}, {"settings", std::move(settings)}};
}

PropertyMap Rule(const char* sid, PropertyMap header = {}, const char* action = "DROP") {
  PropertyMap full{{"protocol", "TCP"},      {"source", "$HOME_NET"}, {"sourcePort", "ANY"},
                   {"direction", "FORWARD"}, {"destination", "ANY"},  {"destinationPort", "80:90"}};
  for (auto& [name, value] : header) full[name] = value;
  return {{"action", action},
          {"header", std::move(full)},
          {"ruleOptions", PropertyArray{Option("sid", {sid})}}};
}

PropertyMap Source(PropertyArray rules) { return {{"statefulRules", std::move(rules)}}; }

const RuleNames kNames{std::set<std::string>{}, std::set<std::string>{}, std::set<std::string>{}};

void RuleOf(const PropertyMap& bag, Findings& findings) {
  CheckStatefulRules({bag, PropertyPath(), findings}, kNames, false);
}
Found CheckRules(PropertyArray rules) { return Check(RuleOf, Source(std::move(rules))); }

TEST(FiveTuple, TakesGoodRulesWhateverIsUnknown) {
  const PropertyMap good = Source(
      {Rule("1"), Rule("2", {{"protocol", "QUIC"}, {"source", "[10.0.0.0/8,!10.0.0.1]"}}),
       PropertyMap{{"action", "ALERT"},
                   {"ruleOptions", PropertyArray{Option("sid:3"), Option("msg", {"\"hello\""}),
                                                 Option("nocase")}}}});
  EXPECT_THAT(Check(RuleOf, good).reasons, IsEmpty());
  ExpectUnknownsPass(RuleOf, good);
}

TEST(FiveTuple, NamesTheWordThatIsMeant) {
  const struct {
    const char *name, *given, *reason;
  } rows[] = {{"protocol", "tcp", "write TCP"},          {"protocol", "HTTPS", "write TLS"},
              {"protocol", "TPC", "write TCP"},          {"direction", "->", "write FORWARD"},
              {"direction", "forward", "write FORWARD"}, {"direction", "BOTH", "write ANY"},
              {"direction", "BACK", "FORWARD or ANY"}};
  for (const auto& row : rows) {
    const Found found = CheckRules({Rule("1", {{row.name, row.given}})});
    EXPECT_THAT(found.failures, ElementsAre("statefulRules[0].header." + std::string(row.name) +
                                            " aws.nf.suricata-" + row.name));
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason)));
  }
  EXPECT_THAT(CheckRules({Rule("1", {}, "ALLOW")}).reasons, ElementsAre(HasSubstr("write PASS")));
  // The service adds protocols and actions; the shape warns of those that it does not know.
  EXPECT_THAT(CheckRules({Rule("1", {{"protocol", "MQTT"}}, "COUNT")}).reasons, IsEmpty());
}

TEST(FiveTuple, JudgesAddressesAndPorts) {
  const struct {
    const char *name, *given, *rule;
  } rows[] = {{"source", "example.com", "address"}, {"destination", "10.0.0.0/33", "address"},
              {"source", "$WEB", "variable"},       {"sourcePort", "65536", "port"},
              {"destinationPort", "80-90", "port"}, {"destinationPort", "$HOME_NET", "variable"}};
  for (const auto& row : rows) {
    EXPECT_THAT(CheckRules({Rule("1", {{row.name, row.given}})}).failures,
                ElementsAre("statefulRules[0].header." + std::string(row.name) +
                            " aws.nf.suricata-" + row.rule));
  }
}

TEST(FiveTuple, WantsOneSidPerRuleAndNoneTwice) {
  EXPECT_THAT(CheckRules({Rule("1"), Rule("1")}).reasons,
              ElementsAre(AllOf(HasSubstr("sid 1 is taken by statefulRules[0]"))));
  EXPECT_THAT(CheckRules({Rule("x"), Rule("0")}).failures,
              ElementsAre("statefulRules[0].ruleOptions[0].settings aws.nf.suricata-sid",
                          "statefulRules[1].ruleOptions[0].settings aws.nf.suricata-sid"));
  PropertyMap none = Rule("1"), twice = Rule("1"), open = Rule("1");
  none["ruleOptions"] = PropertyArray{Option("nocase")};
  twice["ruleOptions"] = PropertyArray{Option("sid:1"), Option("sid", {"2"})};
  open["ruleOptions"] = PropertyArray{Option(kUnknown)};
  EXPECT_THAT(CheckRules({none}).failures,
              ElementsAre("statefulRules[0].ruleOptions aws.nf.suricata-sid"));
  EXPECT_THAT(CheckRules({twice}).failures,
              ElementsAre("statefulRules[0].ruleOptions[1].keyword aws.nf.suricata-sid"));
  EXPECT_THAT(CheckRules({open}).failures, IsEmpty());
}

TEST(FiveTuple, JudgesOptions) {
  const auto check = [](PropertyMap option, bool strict = false) {
    PropertyMap rule = Rule("1");
    rule["ruleOptions"] = PropertyArray{Option("sid:1"), std::move(option)};
    return CheckAt([&](const Place& place) { CheckStatefulRules(place, kNames, strict); },
                   Source({rule}));
  };
  const std::string at = "statefulRules[0].ruleOptions[1].";
  EXPECT_THAT(check(Option("dataset", {"x"})).failures,
              ElementsAre(at + "keyword aws.nf.suricata-keyword"));
  EXPECT_THAT(check(Option("nocas")).warnings, ElementsAre(at + "keyword aws.nf.suricata-keyword"));
  EXPECT_THAT(check(Option("msg", {"hello"})).warnings,
              ElementsAre(at + "settings aws.nf.suricata-option"));
  EXPECT_THAT(check(Option("priority", {"1"}), true).failures,
              ElementsAre(at + "keyword aws.nf.suricata-option"));
  EXPECT_THAT(check(Option("priority", {"1"})).reasons, IsEmpty());
}

TEST(FiveTuple, KnowsWhereRejectWorks) {
  EXPECT_THAT(CheckRules({Rule("1", {{"protocol", "FTP"}}, "REJECT")}).failures,
              ElementsAre("statefulRules[0].action aws.nf.suricata-action"));
  EXPECT_THAT(CheckRules({Rule("1", {{"protocol", "UDP"}}, "REJECT")}).warnings,
              ElementsAre("statefulRules[0].action aws.nf.suricata-action"));
  EXPECT_THAT(CheckRules({Rule("1", {}, "REJECT")}).reasons, IsEmpty());
}

}  // namespace
}  // namespace palisade::aws::rules

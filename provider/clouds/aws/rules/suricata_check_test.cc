#include "provider/clouds/aws/rules/suricata_check.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const PropertyPath kPath("rules");

RuleNames Names() {
  return {std::set<std::string>{"WEB"}, std::set<std::string>{"HTTP_PORTS"},
          std::set<std::string>{"BETA"}};
}

Found CheckText(std::string_view text, const RuleNames& names = Names(), bool strict = false) {
  Findings findings;
  CheckSuricata(text, kPath, names, strict, findings);
  return In(findings);
}

Found CheckHeader(const std::string& header) { return CheckText(header + " (sid:1;)"); }
Found CheckOptions(const std::string& options, bool strict = false) {
  return CheckText("alert tcp any any -> any any (" + options + ")", Names(), strict);
}

TEST(CheckSuricata, TakesRulesAsPeopleWriteThem) {
  EXPECT_THAT(CheckText(R"(
# Stateful egress rules, as in guides for this service.
pass tcp any any <> $EXTERNAL_NET 443 (msg:"Allow 3-way TCP handshake"; flow:to_server,not_established; sid:100; rev:1;)
pass http $HOME_NET any -> $EXTERNAL_NET 80 (http.host; dotprefix; content:".example.com"; endswith; msg:"Allowed HTTP domain"; sid:892120; rev:1;)
pass tls $HOME_NET any -> $EXTERNAL_NET any (tls.sni; content:"api.example.com"; startswith; endswith; flow:to_server; nocase; msg: "x"; sid:202310;)
drop tls $HOME_NET any -> any any (tls.sni; pcre:"/^(?!.*\.internal$).*/i"; flow:to_server; sid:5;)
reject tcp [10.0.0.0/8, !10.0.0.1, $WEB, @BETA] [1024:,!2000] -> ![192.0.2.0/24,2001:db8::/32] [80,$HTTP_PORTS,:90,443:445] (sid:6;)
alert icmp any any -> any any (msg:"ping"; itype:8; geoip:dst,RU; sid:7;)
alert ip 10.0.0.1-10.0.0.9 any <> 10.0.0.0/255.0.0.0 any (ip_proto:6; content:!"a"; content:"|41 42|"; sid:8; metadata:policy x;)
alert dns any any -> any 53 (dns.query; content:"evil"; classtype:bad-unknown; reference:url,example.com/a; threshold: type limit, track by_src, seconds 60, count 1; sid:9;)
ALERT TCP any any -> any any (sid:10;)
)")
                  .failures,
              IsEmpty());
}

TEST(CheckSuricata, JudgesActions) {
  const struct {
    const char *given, *reason;
  } rows[] = {{"dropp", "did you mean \"drop\"?"},
              {"allow", "write pass"},
              {"deny", "write drop"},
              {"rejectboth", "write reject"},
              {"rejectsrc", "write reject"},
              {"config", "is no action"},
              {"block", "write drop"},
              {"log", "write alert"}};
  for (const auto& row : rows) {
    const Found found = CheckHeader(std::string(row.given) + " tcp any any -> any any");
    EXPECT_THAT(found.failures, ElementsAre("rules aws.nf.suricata-action")) << row.given;
    EXPECT_THAT(found.reasons,
                ElementsAre(AllOf(HasSubstr("line 1, sid 1: "), HasSubstr(row.reason))));
  }
  EXPECT_THAT(CheckHeader("accept:flow tcp any any -> any any").failures, IsEmpty());
  EXPECT_THAT(CheckHeader("accept:flow tcp any any -> any any").warnings, SizeIs(1));
}

TEST(CheckSuricata, JudgesProtocols) {
  const struct {
    const char *given, *reason;
  } bad[] = {{"https", "write tls"},   {"tpc", "did you mean \"tcp\"?"},
             {"any", "write ip"},      {"sctp", "does not support"},
             {"ikev2", "not support"}, {"ftp-data", "not support"},
             {"icmp6", "write icmpv6"}};
  for (const auto& row : bad) {
    const Found found = CheckHeader("drop " + std::string(row.given) + " any any -> any any");
    EXPECT_THAT(found.failures, ElementsAre("rules aws.nf.suricata-protocol")) << row.given;
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason)));
  }
  const Found newer = CheckHeader("drop zabbix any any -> any any");
  EXPECT_THAT(newer.failures, IsEmpty());
  EXPECT_THAT(newer.warnings, ElementsAre("rules aws.nf.suricata-protocol"));
}

TEST(CheckSuricata, JudgesDirections) {
  EXPECT_THAT(CheckHeader("drop tcp any any <- any any").reasons,
              ElementsAre(HasSubstr("swap source and destination")));
  EXPECT_THAT(CheckHeader("drop tcp any any => any any").failures, IsEmpty());
  // A word too few: one sentence, not five.
  EXPECT_THAT(CheckHeader("drop tcp any -> any any any").failures,
              ElementsAre("rules aws.nf.suricata-direction"));
}

TEST(CheckSuricata, JudgesAddresses) {
  const struct {
    const char *given, *reason;
  } rows[] = {
      {"example.com", "tls.sni"},
      {"10.0.0.256", "not an address range"},
      {"10.0.0.0/33", "expected 0 to 32"},
      {"!any", "matches nothing"},
      {"[]", "nothing before a ]"},
      {"[10.0.0.1,]", "nothing before a ]"},
      {"[,10.0.0.1]", "nothing before a comma"},
      {"10.0.0.1,10.0.0.2", "write it in brackets"},
      {"10.0.0.1]", "has a ] without"},
      {"[10.0.0.1 10.0.0.2]", "lacks a comma"},
      {"!!10.0.0.1", "! twice"},
      {"!", "ends where an item should follow"},
      {"10.0.0.9-10.0.0.1", "swap the two"},
      {"10.0.0.1-::1", "is no address"},
      {"WEB", "write $WEB"},
      {"$WEBB", "did you mean $WEB?"},
      {"$HOME-NET", "is not defined"},
      {"$HOME_NTE", "did you mean $HOME_NET?"},
      {"$HTTP_PORTS", "holds ports, but stands where an address is expected"},
      {"@ALPHA", "add ALPHA to referenceSets.ipSetReferences"},
      {"@WEB", "write $WEB"},
  };
  for (const auto& row : rows) {
    for (const bool source : {true, false}) {
      const std::string given = row.given;
      const Found found = CheckHeader(source ? "drop tcp " + given + " any -> any any"
                                             : "drop tcp any any -> " + given + " any");
      EXPECT_THAT(found.failures, SizeIs(1)) << row.given;
      EXPECT_THAT(found.reasons, Each(HasSubstr(row.reason)));
    }
  }
}

TEST(CheckSuricata, JudgesPorts) {
  const struct {
    const char *given, *reason;
  } rows[] = {{"65536", "is no port"},
              {"80-90", "write it with a colon, 80:90"},
              {"90:80", "swap the two"},
              {":", "is no port range"},
              {"http", "is no port"},
              {"!any", "matches nothing"},
              {"$WEB", "holds addresses"},
              {"$HOME_NET", "holds addresses"},
              {"@BETA", "refers to addresses"},
              {"[80,443", "is not closed"},
              {"$PORTS", "add PORTS to ruleVariables.portSets"}};
  for (const auto& row : rows) {
    const Found found = CheckHeader("drop tcp any any -> any " + std::string(row.given));
    EXPECT_THAT(found.failures, SizeIs(1)) << row.given;
    EXPECT_THAT(found.reasons, Each(HasSubstr(row.reason)));
  }
}

TEST(CheckSuricata, LeavesVariablesThatMayBeDefined) {
  EXPECT_THAT(CheckText("drop tcp $A $B -> @C any (sid:1;)", RuleNames()).failures, IsEmpty());
}

TEST(CheckSuricata, WantsOneSidPerRuleAndNoneTwice) {
  EXPECT_THAT(CheckOptions("msg:\"a\";").reasons, ElementsAre(HasSubstr("has no sid")));
  EXPECT_THAT(CheckOptions("sid:1; sid:2;").reasons, ElementsAre(HasSubstr("more than one sid")));
  EXPECT_THAT(CheckOptions("sid:0;").reasons, ElementsAre(HasSubstr("no number from 1")));
  EXPECT_THAT(CheckOptions("sid:4294967296;").failures, ElementsAre("rules aws.nf.suricata-sid"));
  const Found twice =
      CheckText("drop ip any any -> any any (sid:7;)\n\npass ip any any -> any any (sid:7;)");
  EXPECT_THAT(twice.failures, ElementsAre("rules aws.nf.suricata-sid"));
  EXPECT_THAT(twice.reasons,
              ElementsAre(AllOf(HasSubstr("line 3, sid 7"), HasSubstr("rule of line 1"))));
}

TEST(CheckSuricata, JudgesOptions) {
  const struct {
    const char *given, *reason;
    bool fails;
  } rows[] = {
      {"msg:hello; sid:1;", "msg needs a text in double quotes", true},
      {"msg; sid:1;", "msg needs a text", true},
      {"msg:\"\"; sid:1;", "msg needs a text", true},
      {"content:abc; sid:1;", "content needs a text", true},
      {"pcre; content:\"a\"; sid:1;", "pcre needs an expression", true},
      {"pcre:\"\"; content:\"a\"; sid:1;", "pcre needs an expression", true},
      {"pcre:!; content:\"a\"; sid:1;", "pcre needs an expression", true},
      {"rev:x; sid:1;", "rev is no number", true},
      {"dataset:set,x; sid:1;", "datasets are not allowed", true},
      {"iprep:src,a,>,1; sid:1;", "IP reputation", true},
      {"filestore; sid:1;", "file extraction", true},
      {"lua:x.lua; sid:1;", "not supported by Network Firewall", false},
      {"xbits:set,a,track ip_src; sid:1;", "track by address", false},
      {"nocas; sid:1;", "did you mean \"nocase\"?", false},
      {"brandnew.keyword; sid:1;", "no keyword that this version knows", false},
  };
  for (const auto& row : rows) {
    const Found found = CheckOptions(row.given);
    EXPECT_THAT(found.failures, SizeIs(row.fails ? 1 : 0)) << row.given;
    EXPECT_THAT(found.reasons, ElementsAre(HasSubstr(row.reason))) << row.given;
  }
  EXPECT_THAT(CheckOptions("content:! \"a\"; sid:1;").reasons, IsEmpty());
}

TEST(CheckSuricata, TakesValuesWithoutQuotesWhereTheyAreOptional) {
  for (const char* option :
       {"pcre:/foo/i", "pcre:!/foo/i", "pcre:! \"/foo/\"", "pcre:/a\"b/", "tls.subject:CN=a",
        "tls.issuerdn:!CN=a", "tls.fingerprint:ab:cd", "ssh.protoversion:2_compat",
        "ssh.softwareversion:OpenSSH", "app-layer-protocol:!http", "tos:8"}) {
    const Found found = CheckOptions("content:\"a\"; " + std::string(option) + "; sid:1;");
    EXPECT_THAT(found.failures, IsEmpty()) << option;
  }
}

TEST(CheckSuricata, WarnsOfAnExpressionThatHasNothingBesideIt) {
  const Found alone = CheckOptions("flow:to_server; pcre:\"/a/\"; pcre:\"/b/\"; sid:1;");
  EXPECT_THAT(alone.failures, IsEmpty());
  EXPECT_THAT(alone.warnings, ElementsAre("rules aws.nf.suricata-option"));
  EXPECT_THAT(alone.reasons, ElementsAre(AllOf(HasSubstr("sid 1: pcre"), HasSubstr("add one"))));
  EXPECT_THAT(CheckOptions("http.uri; pcre:\"/a/\"; sid:1;").warnings, SizeIs(1));
  for (const char* beside : {"content:\"a\"", "tls.sni", "http.host", "dns.query", "tls_sni",
                             "http_host", "dns_query"}) {
    const std::string options = std::string(beside) + "; pcre:\"/a/\"; sid:1;";
    EXPECT_THAT(CheckOptions(options).reasons, IsEmpty()) << beside;
  }
}

TEST(CheckSuricata, RefusesPriorityInStrictOrder) {
  EXPECT_THAT(CheckOptions("priority:1; sid:1;", false).reasons, IsEmpty());
  EXPECT_THAT(CheckOptions("priority:1; sid:1;", true).failures,
              ElementsAre("rules aws.nf.suricata-option"));
}

TEST(CheckSuricata, NeverQuotesAnOptionsValue) {
  for (const char* options : {"msg:hunter2; sid:1;", "msg:\"hunter2; sid:1;", "rev:hunter2; sid:1;",
                              "dataset:hunter2; sid:1;", "sid:hunter2;"}) {
    EXPECT_THAT(CheckOptions(options).reasons, Each(testing::Not(HasSubstr("hunter2"))));
  }
}

TEST(CheckSuricata, StopsAfterFiftyFindings) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "nonsense\n";
  const Found found = CheckText(text);
  EXPECT_THAT(found.failures, SizeIs(50));
  EXPECT_THAT(found.reasons.back(), HasSubstr("there may be more"));
}

TEST(CheckSuricata, WarnsOfARuleThatSuricataCutsOff) {
  const std::string rule =
      "drop ip any any -> any any (msg:\"" + std::string(9000, 'a') + "\"; sid:1;)";
  EXPECT_THAT(CheckText(rule).warnings, ElementsAre("rules aws.nf.suricata-syntax"));
}

Found CheckGroupVariables(const PropertyMap& group) {
  return CheckAt([](const Place& place) { CheckVariables(place); }, group);
}

TEST(CheckVariables, JudgesNamesAndDefinitions) {
  const auto set = [](PropertyArray items) {
    return PropertyMap{{"definition", std::move(items)}};
  };
  const Found found = CheckGroupVariables(
      {{"ruleVariables",
        PropertyMap{{"ipSets", PropertyMap{{"HOME_NET", set({"10.0.0.0/8", "!10.0.0.1"})},
                                           {"$WEB", set({"192.0.2.0/24"})},
                                           {"A", set({"example.com", kUnknown})}}},
                    {"portSets", PropertyMap{{"1ST", set({"80"})}, {"P", set({"80:90", "x"})}}}}},
       {"referenceSets",
        PropertyMap{{"ipSetReferences",
                     PropertyMap{{"BETA", PropertyMap{{"referenceArn", "pl-0a1b2c3d"}}}}}}}});
  EXPECT_THAT(found.failures,
              testing::UnorderedElementsAre(
                  "ruleVariables.ipSets[\"$WEB\"] aws.nf.variable-name",
                  "ruleVariables.ipSets.A.definition[0] aws.nf.variable-definition",
                  "ruleVariables.portSets.1ST aws.nf.variable-name",
                  "ruleVariables.portSets.P.definition[1] aws.nf.variable-definition",
                  "referenceSets.ipSetReferences.BETA.referenceArn aws.arn"));
}

TEST(CheckVariables, WarnsOfMoreReferencesThanARuleGroupMayHave) {
  const auto check = [](int count) {
    PropertyMap references;
    for (int i = 0; i < count; ++i) references["R" + std::to_string(i)] = kUnknown;
    return CheckGroupVariables(
        {{"referenceSets", PropertyMap{{"ipSetReferences", std::move(references)}}}});
  };
  EXPECT_THAT(check(5).reasons, IsEmpty());
  EXPECT_THAT(check(6).failures, IsEmpty());
  EXPECT_THAT(check(6).warnings, ElementsAre("referenceSets.ipSetReferences aws.nf.references"));
  EXPECT_THAT(check(6).reasons, ElementsAre(AllOf(HasSubstr("6"), HasSubstr("5"))));
}

TEST(CheckVariables, KnowsWhatIsUnknown) {
  Findings findings;
  const auto names = [&](const PropertyMap& group) {
    return CheckVariables({group, PropertyPath(), findings});
  };
  EXPECT_TRUE(names({}).ip_sets->empty());
  EXPECT_EQ(names({{"ruleVariables", kUnknown}}).ip_sets, std::nullopt);
  EXPECT_EQ(names({{"ruleVariables", kUnknown}}).port_sets, std::nullopt);
  EXPECT_EQ(names({{"ruleVariables", PropertyMap{{"ipSets", kUnknown}}}}).ip_sets, std::nullopt);
  EXPECT_TRUE(names({{"ruleVariables", PropertyMap{{"ipSets", kUnknown}}}}).port_sets->empty());
  EXPECT_THAT(
      *names({{"ruleVariables", PropertyMap{{"ipSets", PropertyMap{{"A", kUnknown}}}}}}).ip_sets,
      ElementsAre("A"));
  EXPECT_THAT(findings.failures(), IsEmpty());
}

}  // namespace
}  // namespace palisade::aws::rules

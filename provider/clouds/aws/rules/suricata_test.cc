#include "provider/clouds/aws/rules/suricata.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRule[] = R"(alert tcp any any -> any 80 (msg:"a"; sid:1;))";

TEST(Suricata, TakesARuleApart) {
  const SuricataText text = ParseSuricata(
      "drop tls [$HOME_NET, !10.0.0.1] any -> $EXTERNAL_NET [443,8443:8450] "
      "(tls.sni; content: \"example.com\"; nocase; msg:\"a \\; b (c)\"; sid: 1001 ; rev:2;)");
  ASSERT_THAT(text.rules, SizeIs(1));
  EXPECT_THAT(text.problems, IsEmpty());
  const SuricataRule& rule = text.rules[0];
  EXPECT_EQ(rule.header.action, "drop");
  EXPECT_EQ(rule.header.protocol, "tls");
  EXPECT_EQ(rule.header.source, "[$HOME_NET, !10.0.0.1]");
  EXPECT_EQ(rule.header.source_port, "any");
  EXPECT_EQ(rule.header.direction, "->");
  EXPECT_EQ(rule.header.destination, "$EXTERNAL_NET");
  EXPECT_EQ(rule.header.destination_port, "[443,8443:8450]");
  ASSERT_THAT(rule.options, SizeIs(6));
  EXPECT_EQ(rule.options[0].keyword, "tls.sni");
  EXPECT_EQ(rule.options[0].value, std::nullopt);
  EXPECT_EQ(rule.options[1].keyword, "content");
  EXPECT_EQ(rule.options[1].value, "\"example.com\"");
  EXPECT_EQ(rule.options[3].value, "\"a \\; b (c)\"");
  EXPECT_EQ(rule.sid, 1001u);
}

TEST(Suricata, KnowsLinesCommentsAndContinuations) {
  const std::string rule(kRule);
  const SuricataText text =
      ParseSuricata("\n# a comment\r\n  \t\n   # another\n" + rule + "\r\n" +
                    "drop ip any any \\\n  <> any any \\\r\n (sid:2;)\n" + rule);
  EXPECT_EQ(text.count, 3u);
  EXPECT_THAT(text.problems, IsEmpty());
  ASSERT_THAT(text.rules, SizeIs(3));
  EXPECT_EQ(text.rules[0].line, 5u);
  EXPECT_EQ(text.rules[1].line, 6u);
  EXPECT_EQ(text.rules[1].header.direction, "<>");
  EXPECT_EQ(text.rules[1].sid, 2u);
  EXPECT_EQ(text.rules[2].line, 9u);
  EXPECT_EQ(ParseSuricata("").count, 0u);
  EXPECT_EQ(ParseSuricata("# only\n#a\n").count, 0u);
}

TEST(Suricata, SaysWhyARuleCannotBeRead) {
  const struct {
    const char *given, *reason;
  } rows[] = {
      {"alert", "the protocol is missing"},
      {"alert tcp any any -> any", "the destination port is missing"},
      {"alert tcp any any -> any (sid:1;)", "the destination port is missing"},
      {"alert tcp any any -> any 80", "the options are missing"},
      {"alert tcp any any -> any 80 sid:1;", "where the options should open"},
      {"alert tcp any any -> any 80 (sid:1;", "is not closed at the end"},
      {"alert tcp any any -> any 80 (", "is not closed"},
      {"alert tcp any any -> any 80 (sid:1)", "does not end with ;"},
      {"alert tcp any any -> any 80 (msg:\"a; sid:1;)", "not closed; each option ends with ;"},
      {"alert tcp any any -> any 80 (msg:\"a;b\"; sid:1;)", "written as \\;"},
      {"alert tcp any any -> any 80 (content:!\"a; sid:1;)", "\"content\" begins with a quote"},
      {"alert tcp any any -> any 80 (msg:\"; sid:1;)", "not closed"},
      {"alert tcp any any -> any 80 (sid:1;;)", "no keyword before its ;"},
      {"alert tcp any any -> any 80 (:1; sid:1;)", "no keyword before its :"},
      {"alert tcp [10.0.0.1,10.0.0.2 any -> any 80 (sid:1;)", "the source port is missing"},
  };
  for (const auto& row : rows) {
    const SuricataText text = ParseSuricata(std::string("#\n") + row.given);
    EXPECT_EQ(text.count, 1u);
    EXPECT_THAT(text.rules, IsEmpty()) << row.given;
    ASSERT_THAT(text.problems, SizeIs(1)) << row.given;
    EXPECT_THAT(text.problems[0].reason, HasSubstr(row.reason)) << row.given;
    EXPECT_EQ(text.problems[0].line, 2u);
  }
  EXPECT_EQ(ParseSuricata("alert tcp any any -> any 80 (msg:\"a; sid:17;)").problems[0].sid, 17u);
}

TEST(Suricata, ReadsNoSidThatIsNoNumber) {
  for (const char* sid : {"0", "x", "-1", "4294967296", "1x", ""}) {
    const SuricataText text =
        ParseSuricata("alert ip any any -> any any (sid:" + std::string(sid) + ";)");
    ASSERT_THAT(text.rules, SizeIs(1)) << sid;
    EXPECT_EQ(text.rules[0].sid, std::nullopt) << sid;
  }
}

TEST(Suricata, OneBadRuleHidesNoOther) {
  const SuricataText text = ParseSuricata(std::string(kRule) + "\nnonsense\n" + kRule);
  EXPECT_EQ(text.count, 3u);
  EXPECT_THAT(text.rules, SizeIs(2));
  EXPECT_THAT(text.problems, SizeIs(1));
}

TEST(Suricata, ReadsALargeTextOnce) {
  std::string large;
  for (int i = 1; i <= 20000; ++i) {
    large += "drop tls $HOME_NET any -> any 443 (tls.sni; content:\"a\"; sid:" + std::to_string(i) +
             ";)\n";
  }
  const SuricataText text = ParseSuricata(large);
  ASSERT_THAT(text.rules, SizeIs(20000));
  EXPECT_EQ(text.rules.back().sid, 20000u);
  // Views stay good when the text moves.
  SuricataText from = ParseSuricata(kRule);
  const SuricataText to = std::move(from);
  EXPECT_EQ(to.rules[0].header.action, "alert");
}

}  // namespace
}  // namespace palisade::aws::rules

#include "provider/clouds/aws/rules/domain_list.h"

#include "provider/clouds/aws/rules/testing.h"

namespace palisade::aws::rules {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = TargetVerdict::Kind;

Found CheckList(const PropertyMap& list) { return CheckAt(CheckDomainList, list); }

TEST(DomainList, TakesNamesAndNamesWithALeadingDot) {
  for (const char* target : {"example.com", ".example.com", "abc.example.com", "xn--bcher-kva.de",
                             "_dmarc.example.com", "3com.com", "com", ".com", "a-b.c_d"}) {
    EXPECT_EQ(JudgeTarget(target).kind, Kind::kGood) << target;
  }
}

TEST(DomainList, RefusesAddressesWithTheFix) {
  for (const char* target :
       {"203.0.113.0/24", "203.0.113.7", "2001:db8::/32", "::1", "10.0.0.999", "10.0.0/8"}) {
    const TargetVerdict verdict = JudgeTarget(target);
    EXPECT_EQ(verdict.kind, Kind::kFail) << target;
    EXPECT_EQ(verdict.rule, "aws.nf.target-is-cidr") << target;
    EXPECT_THAT(verdict.reason, AllOf(HasSubstr("is an address"), HasSubstr("5-tuple")));
  }
}

TEST(DomainList, RefusesOtherFormsWithTheFix) {
  const std::string label(64, 'a'), name = std::string(60, 'a') + "." + std::string(60, 'b') + "." +
                                           std::string(60, 'c') + "." + std::string(80, 'd');
  const struct {
    std::string given;
    const char* reason;
  } rows[] = {
      {"https://api.example.com/v1", "write only its host name, \"api.example.com\""},
      {"*.example.com", "write \".example.com\""},
      {"api.*.com", "the only wildcard is a dot at the start"},
      {"*", "the only wildcard"},
      {"example.com/models", "sees only the host name, \"example.com\""},
      {"example.com:443", "has a port"},
      {"example.com, example.org", "holds blanks"},
      {" example.com", "holds blanks"},
      {"", "the text is empty"},
      {".", "holds no domain name"},
      {"a..b", "two dots in a row"},
      {"..example.com", "two dots in a row"},
      {"exam!ple.com", "a character that no domain name has"},
      {label + ".com", "63 characters"},
      {name, "at most 253"},
  };
  for (const auto& row : rows) {
    const TargetVerdict verdict = JudgeTarget(row.given);
    EXPECT_EQ(verdict.kind, Kind::kFail) << row.given;
    EXPECT_EQ(verdict.rule, "aws.nf.target-domain") << row.given;
    EXPECT_THAT(verdict.reason, HasSubstr(row.reason));
  }
}

TEST(DomainList, WarnsOfWhatMatchesNothing) {
  const struct {
    const char *given, *reason;
  } rows[] = {{"Example.com", "write \"example.com\""},
              {"example.com.", "write \"example.com\""},
              {"bücher.example", "xn--"}};
  for (const auto& row : rows) {
    const TargetVerdict verdict = JudgeTarget(row.given);
    EXPECT_EQ(verdict.kind, Kind::kWarn) << row.given;
    EXPECT_THAT(verdict.reason, HasSubstr(row.reason));
  }
}

TEST(DomainList, TranslatesTheSeedsMistakes) {
  const Found found = CheckList({{"targets", PropertyArray{"203.0.113.0/24", ".example.com"}},
                                 {"targetTypes", PropertyArray{"HTTP", "HTTPS"}},
                                 {"generatedRulesType", "ALLOW"}});
  EXPECT_THAT(found.failures,
              ElementsAre("targets[0] aws.nf.target-is-cidr", "targetTypes[0] aws.nf.target-type",
                          "targetTypes[1] aws.nf.target-type",
                          "generatedRulesType aws.nf.generated-rules-type"));
  EXPECT_THAT(found.reasons[1], HasSubstr("write HTTP_HOST"));
  EXPECT_THAT(found.reasons[2], HasSubstr("write TLS_SNI"));
  EXPECT_THAT(found.reasons[3], HasSubstr("write ALLOWLIST"));
}

TEST(DomainList, LeavesNewerKindsToTheShape) {
  EXPECT_THAT(CheckList({{"targetTypes", PropertyArray{"DNS", "TLS_SNI", "HTTP_HOST",
                                                       "AWS_ROUTE_53_RESOLVED_DOMAIN"}},
                         {"generatedRulesType", "COUNT"}})
                  .reasons,
              IsEmpty());
}

TEST(DomainList, SaysNothingWhereTheShapeFailed) {
  Findings findings;
  findings.Fail(PropertyPath("targetTypes").Child(std::size_t{0}), "enum", "is not one of");
  CheckDomainList({{{"targetTypes", PropertyArray{"tls_sni"}}}, PropertyPath(), findings});
  EXPECT_EQ(findings.failures().size(), 1u);
}

TEST(DomainList, ChecksWhatIsKnownBesideUnknowns) {
  EXPECT_THAT(CheckList({{"targets", PropertyArray{kUnknown, "a.example", 7, "a.example"}},
                         {"targetTypes", kUnknown}})
                  .warnings,
              ElementsAre("targets[3] aws.nf.duplicate"));
  EXPECT_THAT(CheckList({{"targets", kUnknown}, {"generatedRulesType", kUnknown}}).reasons,
              IsEmpty());
}

}  // namespace
}  // namespace palisade::aws::rules

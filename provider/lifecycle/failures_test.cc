#include "provider/lifecycle/failures.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/check_report.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

class FailuresTest : public testing::Test {
 protected:
  CheckFailure Failure(PropertyPath path, const PropertyMap& bag,
                       const std::set<PropertyPath>& secrets = {}, bool never = false) const {
    return ToFailure({shape_, bag, secrets, never}, {std::move(path), "rule", "is wrong"});
  }

  ObjectShape shape_ = Object({{"name", String()},
                               {"count", Integer()},
                               {"token", SecretOf(String())},
                               {"list", List(String())},
                               {"any", Of(Kind::kAny)}});
};

TEST_F(FailuresTest, ATopLevelScalarIsNamed) {
  for (const PropertyMap& bag : {PropertyMap{{"name", "x"}}, PropertyMap{},
                                 PropertyMap{{"name", Unknown{}}}, PropertyMap{{"name", 5}}}) {
    const CheckFailure failure = Failure(PropertyPath("name"), bag);
    EXPECT_EQ(failure.property, "name");
    EXPECT_EQ(failure.reason, "is wrong [rule]");
  }
}

TEST_F(FailuresTest, EverythingElseHasItsPathInTheReason) {
  const auto expect_hidden = [](const CheckFailure& failure, const std::string& path) {
    EXPECT_EQ(failure.property, "");
    EXPECT_EQ(failure.reason, path + ": is wrong [rule]");
  };
  expect_hidden(Failure(PropertyPath("token"), {{"token", "hunter2"}}), "token");
  expect_hidden(Failure(PropertyPath("token"), {}), "token");
  expect_hidden(Failure(PropertyPath("name"), {{"name", "x"}}, {PropertyPath("name")}), "name");
  expect_hidden(Failure(PropertyPath("name"), {{"name", PropertyMap{{"password", "x"}}}}), "name");
  expect_hidden(Failure(PropertyPath("list"), {{"list", "x"}}), "list");
  expect_hidden(Failure(PropertyPath("list").Child(0), {}), "list[0]");
  expect_hidden(Failure(PropertyPath("any"), {{"any", "x"}}), "any");
  expect_hidden(Failure(PropertyPath("nmae"), {{"nmae", "x"}}), "nmae");
  expect_hidden(Failure(PropertyPath("name"), {{"name", "x"}}, {}, true), "name");
}

TEST_F(FailuresTest, AKeyInTheWrongPlaceIsNotPrinted) {
  EXPECT_EQ(Failure(PropertyPath("name"), {{"name", "-----BEGIN PRIVATE KEY-----"}}).property, "");
  EXPECT_EQ(Failure(PropertyPath("name"), {{"name", std::string(5000, 'x')}}).property, "");
}

TEST_F(FailuresTest, AFindingOfTheWholeResourceHasNoPath) {
  EXPECT_EQ(Failure(PropertyPath(), {}).reason, "is wrong [rule]");
  EXPECT_EQ(FindingText({PropertyPath("a"), "", "is wrong"}), "a: is wrong");
  EXPECT_LT(FindingText({PropertyPath(std::string(100000, 'x')), "r", "is wrong"}).size(), 400u);
}

TEST_F(FailuresTest, SettleDividesThem) {
  resource::Findings findings;
  findings.Fail(PropertyPath("name"), "pattern", "is odd");
  findings.Fail(PropertyPath("count"), "range", "is large");
  findings.Warn(PropertyPath("list"), "enum", "is new");
  findings.Warn(PropertyPath("any"), "deprecated", "is old");
  RecordingReporter reporter;
  const SkipChecks skip({{"skipChecks", PropertyArray{"range", "deprecated"}}}, {});
  const PropertyMap bag;
  const std::set<PropertyPath> secrets;
  const auto failures = Settle({shape_, bag, secrets}, findings, skip, "urn:x", reporter);
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].reason, "is odd [pattern]");
  EXPECT_EQ(reporter.Warnings(), std::vector<std::string>{"list: is new [enum]"});
  EXPECT_EQ(reporter.lines.back().urn, "urn:x");
  EXPECT_EQ(reporter.Messages(resource::Severity::kDebug),
            (std::vector<std::string>{"silenced by skipChecks: count: is large [range]",
                                      "silenced by skipChecks: any: is old [deprecated]"}));
}

TEST_F(FailuresTest, AWarningIsNotHeardWhereSomethingFailed) {
  resource::Findings findings;
  findings.Fail(PropertyPath("name"), "aws.word", "is none");
  findings.Warn(PropertyPath("name"), "enum", "is passed on as it is");
  findings.Fail(PropertyPath("count"), "range", "is large");
  findings.Warn(PropertyPath("count"), "enum", "is new");
  RecordingReporter reporter;
  const PropertyMap bag;
  const std::set<PropertyPath> secrets;
  const SkipChecks skip({{"skipChecks", PropertyArray{"range"}}}, {});
  EXPECT_EQ(Settle({shape_, bag, secrets}, findings, skip, "", reporter).size(), 1u);
  EXPECT_EQ(reporter.Warnings(), std::vector<std::string>{"count: is new [enum]"});
}

TEST_F(FailuresTest, TheLastOfVeryManySaysThatThereMayBeMore) {
  resource::Findings findings;
  for (std::size_t i = 0; i < CheckReport::kMostFindings; ++i) {
    findings.Fail(PropertyPath("list").Child(i), "type", "is wrong");
  }
  RecordingReporter reporter;
  const PropertyMap bag;
  const std::set<PropertyPath> secrets;
  const auto failures = Settle({shape_, bag, secrets}, findings, SkipChecks({}, {}), "", reporter);
  EXPECT_EQ(failures.size(), CheckReport::kMostFindings + 1);
  EXPECT_NE(failures.back().reason.find("may be more"), std::string::npos);
}

}  // namespace
}  // namespace palisade::lifecycle

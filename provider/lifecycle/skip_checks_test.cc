#include "provider/lifecycle/skip_checks.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

PropertyMap Skipping(PropertyArray ids) { return {{"skipChecks", std::move(ids)}}; }

TEST(SkipChecksTest, TheResourceAndTheProviderBothSilence) {
  const SkipChecks skip(Skipping({"pattern", Unknown{}, 5}), {"range"});
  EXPECT_TRUE(skip.Skips("pattern"));
  EXPECT_TRUE(skip.Skips("range"));
  EXPECT_FALSE(skip.Skips("length"));
  EXPECT_FALSE(SkipChecks({{"skipChecks", "pattern"}}, {}).Skips("pattern"));
}

std::vector<std::string> Warnings(PropertyArray ids, resource::Findings findings = {}) {
  WarnOfUnknownIds(Skipping(std::move(ids)), findings);
  std::vector<std::string> texts;
  for (const auto& warning : findings.warnings()) texts.push_back(warning.reason);
  return texts;
}

TEST(SkipChecksTest, AnIdThatNoRuleHasIsWarnedOf) {
  EXPECT_EQ(Warnings({"patern"}),
            (std::vector<std::string>{"no check is called \"patern\"; did you mean \"pattern\"?"}));
  EXPECT_EQ(Warnings({"banana"}), (std::vector<std::string>{"no check is called \"banana\""}));
  EXPECT_TRUE(Warnings({"pattern", "exclusive", "unknown-property"}).empty());
}

TEST(SkipChecksTest, HandlersIdsAreKnownByTheirDot) {
  EXPECT_TRUE(Warnings({"tls.ca-key-mismatch"}).empty());
  resource::Findings findings;
  findings.Fail(PropertyPath("caKeyPem"), "tls.ca-key-mismatch", "differs");
  EXPECT_TRUE(Warnings({"tls.ca-key-mismatch"}, findings).empty());
  EXPECT_EQ(Warnings({"tls.ca-key-mismach"}, findings),
            (std::vector<std::string>{"no check is called \"tls.ca-key-mismach\"; did you mean "
                                      "\"tls.ca-key-mismatch\"?"}));
}

}  // namespace
}  // namespace palisade::lifecycle

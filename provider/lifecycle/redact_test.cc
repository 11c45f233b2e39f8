#include "provider/lifecycle/redact.h"

#include <gtest/gtest.h>

namespace palisade::lifecycle {
namespace {

using value::PropertyArray;
using value::PropertyMap;
using value::PropertyPath;

std::string Hidden(const std::string& message, const std::string& secret) {
  return Redacted(message, {&secret});
}

TEST(RedactTest, SecretTextsAreFoundAtAnyDepthTheLongestFirst) {
  const PropertyMap bag{{"open", "not this"},
                        {"list", PropertyArray{"a", PropertyMap{{"b", "longer"}}, 5}},
                        {"name", "xy"}};
  const auto texts =
      SecretTexts(bag, {PropertyPath("list"), PropertyPath("name"), PropertyPath("absent")});
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_EQ(*texts[0], "longer");
  EXPECT_EQ(*texts[1], "xy");
  EXPECT_EQ(*texts[2], "a");
}

TEST(RedactTest, ASecretIsReplacedWhereverItStands) {
  EXPECT_EQ(Hidden("\"hunter2 x\" is wrong, hunter2 x", "hunter2 x"),
            "\"[secret]\" is wrong, [secret]");
  EXPECT_EQ(Hidden("nothing of it", "hunter2"), "nothing of it");
  EXPECT_EQ(Hidden("write hunter2 in lower case", "Hunter2"), "write [secret] in lower case");
}

TEST(RedactTest, ACutOrCleanedSecretIsReplacedToo) {
  const std::string cut(80, 'x');
  EXPECT_EQ(Hidden("\"" + cut + "…\" is wrong", cut + cut), "\"[secret]…\" is wrong");
  EXPECT_EQ(Hidden("\"hunter?2\" is wrong", "hunter\n2"), "\"[secret]\" is wrong");
  // A common beginning is an accident.
  EXPECT_EQ(Hidden("private key", "private matters"), "private key");
}

TEST(RedactTest, TheHeadOfASecretPemMayBeNamed) {
  const std::string pem = "-----BEGIN PRIVATE KEY-----\nMHcCAQ\n-----END PRIVATE KEY-----\n";
  const std::string advice = "expected \"-----BEGIN CERTIFICATE-----\" first";
  EXPECT_EQ(Hidden(advice, pem), advice);
  EXPECT_EQ(Hidden("-----BEGIN ", "-----BEGIN "), "-----BEGIN ");
}

TEST(RedactTest, BlanksOfASecretMayBeShownInOtherWays) {
  EXPECT_EQ(Hidden("'hunter2-of-ann' is wrong", " hunter2-of-ann\n"), "'[secret]' is wrong");
  EXPECT_EQ(Hidden("'is' is wrong", "is\n"), "[secret] is wrong");
  for (const char* shown : {"a secret\nof lines", "a secret of lines", "a secret??of lines",
                            "a secret?of  lines", "a secret\r\nof\tlines"}) {
    EXPECT_EQ(Hidden(shown, "a secret\r\nof lines\r\n"), "[secret]") << shown;
  }
  EXPECT_EQ(Hidden("a?? b", "a secret"), "a?? b");
  EXPECT_EQ(Hidden("what??is it", "what\n?is it"), "[secret]");
  EXPECT_EQ(Hidden("asecretoflines", "a secret of lines"), "asecretoflines");
  EXPECT_EQ(Hidden("nothing of it", " \n "), "nothing of it");
}

TEST(RedactTest, AKeyOnOneLineIsHidden) {
  const std::string key = "MC4CAQAwBQYDK2VwBCIEIDfjdDrSS7VYDC0dGxrWvXKTCjAyTHMsCFkAB9WEX2Zv";
  const std::string pem = "-----BEGIN PRIVATE KEY----- " + key + " -----END PRIVATE KEY-----";
  EXPECT_EQ(Hidden("\"" + pem + "\" is bad", pem),
            "\"-----BEGIN PRIVATE KEY----- [secret]\" is bad");
  EXPECT_EQ(Redacted("\"" + pem + "\" is bad", {}),
            "\"-----BEGIN PRIVATE KEY-----[secret]-----END PRIVATE KEY-----\" is bad");
  EXPECT_EQ(Redacted("-----BEGIN PRIVATE KEY----- " + key + " is bad", {}),
            "-----BEGIN PRIVATE KEY-----[secret] is bad");
  const std::string advice = "after -----BEGIN PRIVATE KEY----- comes a line";
  EXPECT_EQ(Redacted(advice, {}), advice);
}

TEST(RedactTest, AShortSecretIsReplacedOnlyInQuotes) {
  EXPECT_EQ(Hidden("\"is\" is wrong", "is"), "[secret] is wrong");
  EXPECT_EQ(Hidden("the value 'is' is wrong", "is"), "the value [secret] is wrong");
}

TEST(RedactTest, TheInsideOfAPrivateKeyIsNeverShown) {
  EXPECT_EQ(Redacted("\"-----BEGIN EC PRIVATE KEY-----?MHcCAQ\" is no name", {}),
            "\"-----BEGIN EC PRIVATE KEY-----[secret]\" is no name");
  const std::string advice = "expected \"-----BEGIN PRIVATE KEY-----\" first";
  EXPECT_EQ(Redacted(advice, {}), advice);
}

}  // namespace
}  // namespace palisade::lifecycle

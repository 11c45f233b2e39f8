#include "provider/lifecycle/limits_check.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

struct Found {
  std::vector<std::string> failures, warnings;
};

Found Check(const PropertyShape& shape, const PropertyValue& value, bool secret = false) {
  resource::Findings findings;
  CheckReport report(findings, nullptr, false);
  const Place place{nullptr, std::string_view("p"), secret};
  CheckAllowed(shape, value, place, report);
  CheckLimits(shape.limits, value, place, report);
  Found found;
  for (const auto& finding : findings.failures()) found.failures.push_back(FindingText(finding));
  for (const auto& finding : findings.warnings()) found.warnings.push_back(FindingText(finding));
  return found;
}

std::string One(const PropertyShape& shape, const PropertyValue& value, bool secret = false) {
  const Found found = Check(shape, value, secret);
  return found.failures.empty() ? "" : found.failures.front();
}

TEST(PatternTest, TheWholeTextHasToMatch) {
  const PropertyShape shape = Pattern("[a-z]+", "lower-case letters");
  EXPECT_EQ(One(shape, "abc"), "");
  EXPECT_EQ(One(shape, "abc1"),
            "p: \"abc1\" is not allowed; expected lower-case letters [pattern]");
  EXPECT_EQ(One(shape, "abc1", true),
            "p: the string is not allowed; expected lower-case letters [pattern]");
  EXPECT_EQ(One(Pattern("a|b"), "ab"),
            "p: \"ab\" is not allowed; expected text that matches a|b [pattern]");
  EXPECT_EQ(One(shape, "abc\n"),
            "p: the string is not allowed; expected lower-case letters [pattern]");
}

TEST(PatternTest, AMalformedPatternStopsNobody) {
  const Found found = Check(Pattern("["), "x");
  EXPECT_TRUE(found.failures.empty());
  ASSERT_EQ(found.warnings.size(), 1u);
  EXPECT_NE(found.warnings[0].find("bug in palisade"), std::string::npos);
}

TEST(PatternTest, AHundredMegabytesAreMatchedInLinearTime) {
  std::string text(100u << 20, 'a');
  text += '!';
  const std::string message = One(Pattern("(a+)+b?"), text);
  EXPECT_EQ(message, "p: the string is not allowed; expected text that matches (a+)+b? [pattern]");
}

TEST(LengthTest, CountsCodePoints) {
  PropertyShape shape = String();
  shape.limits.min_length = 2;
  shape.limits.max_length = 3;
  EXPECT_EQ(One(shape, "éé"), "");
  EXPECT_EQ(One(shape, "ééé"), "");
  EXPECT_EQ(One(shape, "é"), "p: has 1 character, but at least 2 are needed [length]");
  EXPECT_EQ(One(shape, "éééé"), "p: has 4 characters, but at most 3 are allowed [length]");
}

TEST(RangeTest, BothEndsAreInside) {
  PropertyShape shape = Integer();
  shape.limits.minimum = 1;
  shape.limits.maximum = 5;
  EXPECT_EQ(One(shape, 1), "");
  EXPECT_EQ(One(shape, 5), "");
  EXPECT_EQ(One(shape, 0), "p: 0 is below the minimum of 1 [range]");
  EXPECT_EQ(One(shape, 6), "p: 6 is above the maximum of 5 [range]");
  EXPECT_EQ(One(shape, 6, true), "p: the number is above the maximum of 5 [range]");
}

TEST(ItemsTest, ListsAndMaps) {
  PropertyShape list = List(String()), map = MapOf(String());
  list.limits.min_items = map.limits.min_items = 1;
  list.limits.max_items = map.limits.max_items = 1;
  EXPECT_EQ(One(list, PropertyArray{}), "p: has 0 items, but at least 1 are needed [items]");
  EXPECT_EQ(One(list, PropertyArray{1, 2}), "p: has 2 items, but at most 1 are allowed [items]");
  EXPECT_EQ(One(map, PropertyMap{{"a", 1}}), "");
  EXPECT_EQ(One(map, PropertyMap{}), "p: has 0 items, but at least 1 are needed [items]");
}

TEST(ConstTest, OnlyOneValue) {
  PropertyShape shape = String();
  shape.constant = PropertyValue("v1");
  EXPECT_EQ(One(shape, "v1"), "");
  EXPECT_EQ(One(shape, "v2"), "p: \"v2\" is not allowed; it can only be \"v1\" [const]");
  EXPECT_EQ(One(shape, "v2", true), "p: the string is not allowed; it can only be \"v1\" [const]");
}

TEST(EnumTest, AClosedOneFails) {
  const PropertyShape shape = Enum({"RSA", "ECDSA", "ED25519"}, true);
  EXPECT_EQ(One(shape, "RSA"), "");
  EXPECT_EQ(One(shape, "DSA!"), "p: \"DSA!\" is not one of \"RSA\", \"ECDSA\", \"ED25519\" [enum]");
  EXPECT_EQ(One(shape, "ECDSAA"),
            "p: \"ECDSAA\" is not one of \"RSA\", \"ECDSA\", \"ED25519\"; did "
            "you mean \"ECDSA\"? [enum]");
}

TEST(EnumTest, AnOpenOneFailsOnlyWhenNear) {
  const PropertyShape shape = Enum({"server_auth", "client_auth", "TLSv1.2"}, false);
  EXPECT_NE(One(shape, "sever_auth").find("did you mean \"server_auth\"?"), std::string::npos);
  for (const char* newer : {"brand_new_purpose", "TLSv1.3"}) {
    const Found found = Check(shape, newer);
    EXPECT_TRUE(found.failures.empty()) << newer;
    ASSERT_EQ(found.warnings.size(), 1u) << newer;
    EXPECT_TRUE(found.warnings[0].starts_with("p: \"" + std::string(newer) + "\" is not one of"));
    EXPECT_TRUE(found.warnings[0].ends_with("it is passed on as it is [enum]"));
  }
}

TEST(EnumTest, ASecretIsNotToldByItsNearMatch) {
  const std::string message = One(Enum({"hunter", "gatherer"}, false), "hunterr", true);
  EXPECT_EQ(message, "p: the string is not one of \"hunter\", \"gatherer\" [enum]");
}

TEST(EnumTest, NumbersAndLongLists) {
  PropertyShape shape = Integer();
  for (int i = 0; i < 25; ++i) shape.enum_values.push_back({PropertyValue(i), ""});
  shape.closed = true;
  EXPECT_EQ(One(shape, 24), "");
  EXPECT_NE(One(shape, 25).find("18, 19 and 5 more"), std::string::npos);
}

}  // namespace
}  // namespace palisade::lifecycle

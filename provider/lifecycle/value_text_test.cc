#include "provider/lifecycle/value_text.h"

#include <gtest/gtest.h>

#include <cmath>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

TEST(ValueTextTest, LengthsAreCodePoints) {
  EXPECT_EQ(CodePoints(""), 0u);
  EXPECT_EQ(CodePoints("aé€😀"), 4u);
  EXPECT_EQ(FirstCodePoints("aé€😀", 2), "aé");
  EXPECT_EQ(FirstCodePoints("aé", 9), "aé");
  EXPECT_EQ(FirstCodePoints("aé", 0), "");
}

TEST(ValueTextTest, ShowsScalarsUpTo80Characters) {
  EXPECT_EQ(Shown("kms", false), "\"kms\"");
  EXPECT_EQ(Shown(2048, false), "2048");
  EXPECT_EQ(Shown(true, false), "true");
  EXPECT_EQ(Shown(std::string(81, 'x'), false), "\"" + std::string(80, 'x') + "…\"");
  EXPECT_EQ(Shown(PropertyArray{"kms"}, false), "the list");
}

TEST(ValueTextTest, NeverShowsWhatIsHiddenOrMayBeAKey) {
  EXPECT_EQ(Shown("hunter2", true), "the string");
  EXPECT_EQ(Shown(1234, true), "the number");
  EXPECT_EQ(Shown("-----BEGIN PRIVATE KEY-----", false), "the string");
  EXPECT_EQ(Shown("two\nlines", false), "the string");
  EXPECT_EQ(FoundText(1234, true), "a number");
  EXPECT_EQ(FoundText(true, true), "a boolean");
  EXPECT_EQ(FoundText(1234, false), "the number 1234");
  EXPECT_EQ(FoundText(PropertyValue(), true), "nothing (null)");
}

TEST(ValueTextTest, NamesWhatIsExpected) {
  EXPECT_EQ(ExpectedText(List(Integer())), "a list of whole numbers");
  EXPECT_EQ(ExpectedText(MapOf(String())), "a map of strings");
  EXPECT_EQ(ExpectedText(OneOf({String(), Nested({}), String()})), "a string or an object");
  EXPECT_EQ(ExpectedText(Of(Kind::kArray)), "a list");
}

TEST(ValueTextTest, HintsSayHowToWriteIt) {
  EXPECT_EQ(TypeHint(List(String()), "kms", false), "; write [\"kms\"]");
  EXPECT_EQ(TypeHint(List(Integer()), 5, false), "; write [5]");
  EXPECT_EQ(TypeHint(List(String()), "kms", true), "; write it as a list of one item, in brackets");
  EXPECT_EQ(TypeHint(List(Nested({})), PropertyMap{}, false),
            "; write it as a list of one item, in brackets");
  EXPECT_EQ(TypeHint(Integer(), "2048", false), "; write 2048 without quotes");
  EXPECT_EQ(TypeHint(Integer(), "2048", true), "; write it without quotes");
  EXPECT_EQ(TypeHint(Boolean(), "true", false), "; write true without quotes");
  EXPECT_EQ(TypeHint(Boolean(), "yes", false), "");
  EXPECT_EQ(TypeHint(Integer(), "many", false), "");
  EXPECT_EQ(TypeHint(String(), 2048, false), "; write \"2048\", in quotes");
  EXPECT_EQ(TypeHint(String(), 2048, true), "; write it in quotes");
  EXPECT_EQ(TypeHint(Nested({}), "{\"a\": 1}", false),
            "; write the value itself, not its JSON text");
  EXPECT_EQ(TypeHint(List(String()), "[\"a\"]", false),
            "; write the value itself, not its JSON text");
  EXPECT_EQ(TypeHint(List(String()), "[\"a\"", false), "; its text is not valid JSON");
  const PropertyMap tag{{"key", "Name"}, {"value", "a"}};
  EXPECT_EQ(TypeHint(MapOf(String()), PropertyArray{tag, tag}, true),
            "; write a map, {KEY: VALUE}, instead of objects with key and value");
  EXPECT_EQ(TypeHint(MapOf(String()), PropertyArray{tag, "b"}, false), "");
  EXPECT_EQ(TypeHint(MapOf(String()), PropertyArray{}, false), "");
  EXPECT_EQ(TypeHint(MapOf(Integer()), PropertyArray{tag}, false), "");
  PropertyShape json = String();
  json.same = schema::Same::kJson;
  EXPECT_NE(TypeHint(json, PropertyMap{}, false).find("as JSON text"), std::string::npos);
  EXPECT_NE(TypeHint(String(), value::ResourceReference{}, false).find("`id`"), std::string::npos);
}

}  // namespace
}  // namespace palisade::lifecycle

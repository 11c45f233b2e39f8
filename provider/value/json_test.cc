#include "provider/value/json.h"

#include <gtest/gtest.h>

#include "provider/value/number.h"
#include "provider/value/view.h"

namespace palisade::value {
namespace {

TEST(ParseJson, ReadsEveryKind) {
  const auto value = ParseJson(R"({"a": [1, 2.5, "x", true, null], "b": {"c": {}}})");
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, PropertyValue(PropertyMap{{"a", PropertyArray{1, 2.5, "x", true, Null{}}},
                                              {"b", PropertyMap{{"c", PropertyMap{}}}}}));
}

TEST(ParseJson, RefusesWhatIsNotJsonOrTooDeep) {
  EXPECT_FALSE(ParseJson("{"));
  EXPECT_FALSE(ParseJson("{} {}"));
  EXPECT_FALSE(ParseJson(""));
  EXPECT_FALSE(ParseJson(std::string(5000, '[') + std::string(5000, ']')));
  EXPECT_TRUE(ParseJson(std::string(900, '[') + std::string(900, ']')));
}

TEST(ToJsonText, IsStable) {
  EXPECT_EQ(ToJsonText(PropertyMap{{"b", 1}, {"a", PropertyArray{true, 0.5, Unknown{}}}}),
            R"({"a":[true,0.5,null],"b":1})");
  EXPECT_EQ(ToJsonText("\xff"), "\"\xEF\xBF\xBD\"");
}

TEST(NumberText, IsTheShortestThatReadsBack) {
  for (const double number : {0.0, 1.0, -2048.0, 0.1, 1e300, 9007199254740993.0, -0.5}) {
    EXPECT_EQ(ParseNumber(NumberText(number)), number);
  }
  EXPECT_EQ(NumberText(2048), "2048");
  EXPECT_EQ(NumberText(0.1), "0.1");
}

TEST(ParseNumber, WantsTheWholeText) {
  for (const char* text : {"", " 1", "1 ", "0x10", "1,5", "inf", "nan", "1e999", "+1"}) {
    EXPECT_FALSE(ParseNumber(text)) << text;
  }
}

TEST(ExactInteger, EndsWhereDoublesSkip) {
  EXPECT_EQ(ExactInteger(9007199254740992.0), 9007199254740992);
  EXPECT_FALSE(ExactInteger(9007199254740994.0));
  EXPECT_FALSE(ExactInteger(0.5));
  EXPECT_FALSE(ExactInteger(std::numeric_limits<double>::quiet_NaN()));
}

TEST(View, TellsAbsentUnknownAndWrongApart) {
  const PropertyMap bag{{"text", "x"},
                        {"null", Null{}},
                        {"unknown", Unknown{}},
                        {"list", PropertyArray{"a", Unknown{}}},
                        {"texts", PropertyArray{"a", "b"}},
                        {"half", 0.5}};
  const View view(bag);
  EXPECT_EQ(view.String("text"), "x");
  EXPECT_FALSE(view.Has("null"));
  EXPECT_TRUE(view.Has("unknown"));
  EXPECT_TRUE(view.IsUnknown("unknown"));
  EXPECT_TRUE(view.IsUnknown("list"));
  EXPECT_FALSE(view.Strings("list"));
  EXPECT_EQ(view.Strings("texts"), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(view.Integer("half"));
  EXPECT_FALSE(view.Bool("text"));
}

}  // namespace
}  // namespace palisade::value

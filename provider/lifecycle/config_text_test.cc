#include "provider/lifecycle/config_text.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

TEST(FromTextTest, ScalarsComeAsTextOrNative) {
  EXPECT_EQ(FromText(Integer(), "5"), PropertyValue(5));
  EXPECT_EQ(FromText(Number(), "1.5"), PropertyValue(1.5));
  EXPECT_EQ(FromText(Boolean(), "true"), PropertyValue(true));
  EXPECT_EQ(FromText(Boolean(), "false"), PropertyValue(false));
  EXPECT_EQ(FromText(Integer(), 5), PropertyValue(5));
  EXPECT_EQ(FromText(String(), "5"), PropertyValue("5"));
  EXPECT_EQ(FromText(Of(Kind::kAny), "5"), PropertyValue("5"));
}

TEST(FromTextTest, NumbersAndTruthValuesAreSpeltWhereATextIsWanted) {
  EXPECT_EQ(FromText(List(String()), PropertyArray{111122223333.0, "222233334444", true}),
            PropertyValue(PropertyArray{"111122223333", "222233334444", "true"}));
  EXPECT_EQ(FromText(String(), 1.5), PropertyValue(1.5));
}

TEST(FromTextTest, WhatCannotBeReadStaysAsItIs) {
  EXPECT_EQ(FromText(Integer(), "five"), PropertyValue("five"));
  EXPECT_EQ(FromText(Boolean(), "yes"), PropertyValue("yes"));
  EXPECT_EQ(FromText(Nested({}), "{"), PropertyValue("{"));
  EXPECT_EQ(FromText(Nested({}), "5"), PropertyValue("5"));
  EXPECT_EQ(FromText(Integer(), ""), PropertyValue(""));
  EXPECT_EQ(FromText(Integer(), Unknown{}), PropertyValue(Unknown{}));
}

TEST(FromTextTest, TheTextNullIsNullButForATextItself) {
  for (const PropertyShape& shape : {Nested({}), MapOf(String()), List(String()), Integer(),
                                     Boolean(), OneOf({Integer(), Nested({})})}) {
    EXPECT_EQ(FromText(shape, "null"), PropertyValue());
  }
  EXPECT_EQ(FromText(String(), "null"), PropertyValue("null"));
  EXPECT_EQ(FromText(OneOf({Integer(), String()}), "null"), PropertyValue("null"));
  EXPECT_EQ(
      FromText(Nested({{"port", Integer()}, {"url", String()}}), R"({"port":"null","url":"null"})"),
      PropertyValue(PropertyMap{{"port", Null{}}, {"url", "null"}}));
  EXPECT_EQ(FromVariable(List(String()), "null"), PropertyValue(PropertyArray{"null"}));
}

TEST(FromTextTest, AStructureOfTheWrongKindIsOpenedSoThatTheMessageCanNameIt) {
  EXPECT_EQ(FromText(Nested({}), "[1]"), PropertyValue(PropertyArray{1}));
  EXPECT_EQ(FromText(List(String()), "{}"), PropertyValue(PropertyMap{}));
}

TEST(FromTextTest, JsonTextsAndWhatIsInside) {
  const PropertyShape proxy = Nested({{"url", String()}, {"port", Integer()}, {"on", Boolean()}});
  const PropertyValue native = PropertyMap{{"url", "u"}, {"port", 80}, {"on", true}};
  EXPECT_EQ(FromText(proxy, R"({"url":"u","port":"80","on":"true"})"), native);
  EXPECT_EQ(FromText(proxy, PropertyMap{{"url", "u"}, {"port", "80"}, {"on", true}}), native);
  EXPECT_EQ(FromText(MapOf(proxy), PropertyMap{{"a", R"({"port":"80"})"}}),
            PropertyValue(PropertyMap{{"a", PropertyMap{{"port", 80}}}}));
  EXPECT_EQ(FromText(List(Integer()), "[1,\"2\"]"), PropertyValue(PropertyArray{1, 2}));
}

TEST(FromTextTest, UnionsPreferTheTextItself) {
  EXPECT_EQ(FromText(OneOf({Integer(), String()}), "5"), PropertyValue("5"));
  EXPECT_EQ(FromText(OneOf({Boolean(), Integer()}), "5"), PropertyValue(5));
  EXPECT_EQ(FromText(OneOf({Boolean(), Integer()}), "x"), PropertyValue("x"));
}

TEST(FromTextTest, DepthIsNoProblem) {
  const std::string deep = std::string(900, '[') + std::string(900, ']');
  EXPECT_TRUE(FromText(Of(Kind::kArray), deep).Is<PropertyArray>());
  const std::string deeper = std::string(100000, '[') + std::string(100000, ']');
  EXPECT_TRUE(FromText(Of(Kind::kArray), deeper).Is<std::string>());
}

TEST(FromVariableTest, ListsOfStringsMayUseCommas) {
  EXPECT_EQ(FromVariable(List(String()), "pattern, range ,"),
            PropertyValue(PropertyArray{"pattern", "range"}));
  EXPECT_EQ(FromVariable(List(String()), "pattern"), PropertyValue(PropertyArray{"pattern"}));
  EXPECT_EQ(FromVariable(List(String()), R"(["a","b"])"), PropertyValue(PropertyArray{"a", "b"}));
  EXPECT_EQ(FromVariable(List(String()), "[a"), PropertyValue("[a"));
  EXPECT_EQ(FromVariable(List(Integer()), "1,2"), PropertyValue("1,2"));
}

TEST(WithoutNullsTest, ObjectsLoseThemAndListsKeepThem) {
  EXPECT_EQ(
      WithoutNulls({{"a", Null{}},
                    {"b", PropertyMap{{"c", Null{}}, {"d", 1}}},
                    {"e", PropertyArray{Null{}, PropertyMap{{"f", Null{}}}}}}),
      (PropertyMap{{"b", PropertyMap{{"d", 1}}}, {"e", PropertyArray{Null{}, PropertyMap{}}}}));
}

}  // namespace
}  // namespace palisade::lifecycle

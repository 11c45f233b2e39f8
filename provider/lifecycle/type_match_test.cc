#include "provider/lifecycle/type_match.h"

#include <gtest/gtest.h>

#include <limits>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

TEST(TypeMatchTest, TypesAreExact) {
  EXPECT_TRUE(HasTypeOf(String(), "a"));
  EXPECT_FALSE(HasTypeOf(String(), 1));
  EXPECT_FALSE(HasTypeOf(String(), true));
  EXPECT_FALSE(HasTypeOf(Number(), "1"));
  EXPECT_TRUE(HasTypeOf(Number(), 1.5));
  EXPECT_FALSE(HasTypeOf(Boolean(), "true"));
  EXPECT_FALSE(HasTypeOf(String(), PropertyValue()));
  EXPECT_FALSE(HasTypeOf(Of(Kind::kAny), PropertyValue()));
  EXPECT_FALSE(HasTypeOf(String(), value::Bytes{"\xff"}));
}

TEST(TypeMatchTest, WholeNumbersHoldUpTo2To53) {
  EXPECT_TRUE(HasTypeOf(Integer(), 9007199254740992.0));
  EXPECT_FALSE(HasTypeOf(Integer(), 9007199254740994.0));
  EXPECT_FALSE(HasTypeOf(Integer(), 1.5));
  EXPECT_TRUE(HasTypeOf(Integer(), -3));
}

TEST(TypeMatchTest, NumbersAreFinite) {
  EXPECT_FALSE(HasTypeOf(Number(), std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(HasTypeOf(Number(), std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(HasTypeOf(Integer(), -std::numeric_limits<double>::infinity()));
}

TEST(TypeMatchTest, AnArchiveIsAnAssetButNotTheOtherWay) {
  EXPECT_TRUE(HasTypeOf(Of(Kind::kAsset), value::Asset{}));
  EXPECT_TRUE(HasTypeOf(Of(Kind::kAsset), value::Archive{}));
  EXPECT_TRUE(HasTypeOf(Of(Kind::kArchive), value::Archive{}));
  EXPECT_FALSE(HasTypeOf(Of(Kind::kArchive), value::Asset{}));
  EXPECT_FALSE(HasTypeOf(Of(Kind::kAsset), "file"));
}

TEST(TypeMatchTest, UnknownIsOfEveryType) {
  for (const Kind kind : {Kind::kAny, Kind::kBoolean, Kind::kInteger, Kind::kNumber, Kind::kString,
                          Kind::kArray, Kind::kMap, Kind::kObject, Kind::kAsset, Kind::kArchive}) {
    EXPECT_TRUE(HasTypeOf(Of(kind), Unknown{}));
  }
  EXPECT_TRUE(HasTypeOf(OneOf({String()}), Unknown{}));
}

TEST(UnionTest, TheFirstAlternativeThatSuitsIsChosen) {
  const PropertyShape shape =
      OneOf({Enum({"A", "B"}, true), String(), List(Integer()), List(String())});
  const auto index = [&](const PropertyValue& value) {
    return ChosenAlternative(shape, value) - shape.alternatives.data();
  };
  EXPECT_EQ(index("B"), 0);
  EXPECT_EQ(index("other"), 1);
  EXPECT_EQ(index(PropertyArray{1}), 2);
  EXPECT_EQ(index(PropertyArray{"x"}), 3);
  EXPECT_EQ(ChosenAlternative(shape, true), nullptr);
}

TEST(UnionTest, ObjectsAreToldApartByConstantsThenNames) {
  PropertyShape file = String(), web = String();
  file.constant = PropertyValue("file");
  web.constant = PropertyValue("web");
  const PropertyShape shape = OneOf({Nested({{"kind", file}, {"path", Required(String())}}),
                                     Nested({{"kind", web}, {"url", Required(String())}})});
  const auto index = [&](PropertyMap object) {
    return ChosenAlternative(shape, PropertyValue(std::move(object))) - shape.alternatives.data();
  };
  EXPECT_EQ(index({{"kind", "web"}}), 1);
  EXPECT_EQ(index({{"kind", "web"}, {"path", "x"}}), 1);
  EXPECT_EQ(index({{"url", "x"}}), 1);
  EXPECT_EQ(index({{"path", "x"}}), 0);
  EXPECT_EQ(index({{"kind", Unknown{}}, {"url", "x"}}), 1);
}

TEST(UnionTest, NestedUnionsAreOneUnion) {
  const PropertyShape shape = OneOf({OneOf({Boolean(), Integer()}), String()});
  EXPECT_EQ(ChosenAlternative(shape, 5)->kind, Kind::kInteger);
  EXPECT_EQ(ChosenAlternative(shape, "x")->kind, Kind::kString);
}

}  // namespace
}  // namespace palisade::lifecycle

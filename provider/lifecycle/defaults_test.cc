#include "provider/lifecycle/defaults.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

using Paths = std::set<PropertyPath>;

PropertyPath P(std::string_view text) { return *PropertyPath::Parse(text); }

class DefaultsTest : public testing::Test {
 protected:
  Paths Fill(const Properties& shape, PropertyMap& bag) {
    findings_ = {};
    return FillDefaults(Object(shape),
                        {olds_, old_listed_, new_listed_, test_.services.environment}, bag,
                        findings_);
  }

  TestServices test_;
  PropertyMap olds_;
  Paths old_listed_, new_listed_;
  resource::Findings findings_;
};

TEST_F(DefaultsTest, StaticDefaultsFillWhatIsAbsent) {
  PropertyMap bag = {{"b", 7}};
  EXPECT_EQ(
      Fill({{"a", Default(Integer(), 1)}, {"b", Default(Integer(), 2)}, {"c", Integer()}}, bag),
      Paths{P("a")});
  EXPECT_EQ(bag, (PropertyMap{{"a", 1}, {"b", 7}}));
}

TEST_F(DefaultsTest, AnUnknownIsPresent) {
  PropertyMap bag = {{"a", Unknown{}}};
  EXPECT_EQ(Fill({{"a", Default(Integer(), 1)}}, bag), Paths{});
}

TEST_F(DefaultsTest, TheFirstVariableThatIsSetWins) {
  test_.variables = {{"EMPTY", ""}, {"TWO", "2"}, {"THREE", "3"}};
  const PropertyShape shape =
      Default(FromEnvironment(Integer(), {"ONE", "EMPTY", "TWO", "THREE"}), 9);
  PropertyMap bag;
  EXPECT_EQ(Fill({{"a", shape}}, bag), Paths{P("a")});
  EXPECT_EQ(bag, (PropertyMap{{"a", 2}}));
  test_.variables.clear();
  bag.clear();
  Fill({{"a", shape}}, bag);
  EXPECT_EQ(bag, (PropertyMap{{"a", 9}}));
}

TEST_F(DefaultsTest, AVariableOfTheWrongTypeFailsWithoutShowingIt) {
  test_.variables = {{"PORT", "hunter2"}};
  PropertyMap bag;
  EXPECT_EQ(Fill({{"port", Default(FromEnvironment(Integer(), {"PORT"}), 9)}}, bag), Paths{});
  ASSERT_EQ(findings_.failures().size(), 1u);
  EXPECT_EQ(
      FindingText(findings_.failures()[0]),
      "port: the environment variable PORT was taken for it, but does not hold a whole number; "
      "correct the variable, or set the property [type]");
}

TEST_F(DefaultsTest, WhatCheckFilledBeforeStays) {
  test_.variables = {{"REGION", "us-east-1"}};
  olds_ = {{"a", 1}, {"region", "eu-west-1"}, {"b", 1}};
  old_listed_ = {P("a"), P("region")};
  PropertyMap bag;
  const Paths filled = Fill({{"a", Default(Integer(), 5)},
                             {"b", Default(Integer(), 5)},
                             {"region", FromEnvironment(String(), {"REGION"})}},
                            bag);
  EXPECT_EQ(bag, (PropertyMap{{"a", 1}, {"b", 5}, {"region", "eu-west-1"}}));
  EXPECT_EQ(filled, (Paths{P("a"), P("b"), P("region")}));
}

TEST_F(DefaultsTest, AnOldDefaultThatIsNoLongerAllowedIsReplaced) {
  olds_ = {{"size", "tiny"}, {"n", "text"}};
  old_listed_ = {P("size"), P("n")};
  PropertyMap bag;
  Fill({{"size", Default(Enum({"large"}, true), "large")}, {"n", Default(Integer(), 3)}}, bag);
  EXPECT_EQ(bag, (PropertyMap{{"size", "large"}, {"n", 3}}));
}

TEST_F(DefaultsTest, NestedOnlyWhereTheObjectIs) {
  const PropertyShape rule = Nested({{"priority", Default(Integer(), 100)}});
  const Properties shape = {{"one", rule},
                            {"list", List(rule)},
                            {"map", MapOf(rule)},
                            {"either", OneOf({String(), rule})},
                            {"absent", rule}};
  PropertyMap bag = {
      {"one", PropertyMap{}},
      {"list", PropertyArray{PropertyMap{{"priority", 1}}, PropertyMap{}, Unknown{}}},
      {"map", PropertyMap{{"k.x", PropertyMap{}}}},
      {"either", PropertyMap{}}};
  EXPECT_EQ(Fill(shape, bag), (Paths{P("one.priority"), P("list[1].priority"),
                                     P("map[\"k.x\"].priority"), P("either.priority")}));
  EXPECT_FALSE(bag.contains("absent"));
  EXPECT_EQ(*value::Find(bag, P("list[1].priority")), PropertyValue(100));
}

TEST_F(DefaultsTest, ARequiredConstantAtTheTopIsFilled) {
  PropertyShape kind = String();
  kind.constant = PropertyValue("Secret");
  PropertyMap bag = {{"o", PropertyMap{}}};
  EXPECT_EQ(
      Fill({{"kind", Required(kind)}, {"other", kind}, {"o", Nested({{"k", Required(kind)}})}},
           bag),
      Paths{P("kind")});
}

TEST_F(DefaultsTest, ListedInTheNewInputsStaysListedWhileUnchanged) {
  const Properties shape = {{"a", Default(Integer(), 5)},
                            {"b", Default(Integer(), 5)},
                            {"c", Default(Integer(), 5)},
                            {"d", Integer()},
                            {"o", Nested({{"p", Default(Integer(), 5)}})}};
  new_listed_ = {P("a"), P("b"), P("d"), P("o.p"), P("gone")};
  PropertyMap bag = {{"a", 5}, {"b", 6}, {"c", 5}, {"d", 1}, {"o", PropertyMap{{"p", 5}}}};
  EXPECT_EQ(Fill(shape, bag), (Paths{P("a"), P("o.p")}));
  olds_ = {{"a", 4}, {"b", 6}};
  old_listed_ = {P("a"), P("b")};
  EXPECT_EQ(Fill(shape, bag), (Paths{P("b"), P("o.p")}));
}

TEST_F(DefaultsTest, NamesAreLeftToTheirOwnRule) {
  PropertyMap bag;
  EXPECT_EQ(Fill({{"name", Default(Named(), "x")}}, bag), Paths{});
  EXPECT_TRUE(bag.empty());
}

TEST(DefaultsListTest, ReadsBackAndSurvivesNonsense) {
  const Paths paths = {P("b[0].c"), P("a"), P("m[\"k.x\"]")};
  const PropertyMap bag = {{"__defaults", DefaultsList(paths)}};
  EXPECT_EQ(ListedDefaults(bag), paths);
  EXPECT_EQ(DefaultsList(paths), PropertyValue(PropertyArray{"a", "b[0].c", "m[\"k.x\"]"}));
  EXPECT_EQ(ListedDefaults({{"__defaults", PropertyArray{5, "", "a[", Unknown{}, "ok"}}}),
            Paths{P("ok")});
  EXPECT_EQ(ListedDefaults({{"__defaults", "a"}}), Paths{});
  EXPECT_EQ(ListedDefaults({}), Paths{});
}

}  // namespace
}  // namespace palisade::lifecycle

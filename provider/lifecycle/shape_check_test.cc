#include "provider/lifecycle/shape_check.h"

#include <gtest/gtest.h>

#include <limits>

#include "provider/lifecycle/check_report.h"
#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

using Texts = std::vector<std::string>;

class ShapeCheckTest : public testing::Test {
 protected:
  Texts Failures(const Properties& properties, const PropertyMap& bag) {
    resource::Findings findings;
    CheckShape(Object(properties), bag, rules_, findings);
    warnings_.clear();
    for (const auto& warning : findings.warnings()) warnings_.push_back(FindingText(warning));
    Texts texts;
    for (const auto& failure : findings.failures()) texts.push_back(FindingText(failure));
    return texts;
  }

  ShapeRules rules_;
  Texts warnings_;
};

TEST_F(ShapeCheckTest, WrongTypesNameBothSidesAndTheRemedy) {
  EXPECT_EQ(
      Failures({{"bits", Integer()}}, {{"bits", "2048"}}),
      Texts{"bits: expected a whole number, found a string; write 2048 without quotes [type]"});
  EXPECT_EQ(Failures({{"uses", List(String())}}, {{"uses", "kms"}}),
            Texts{"uses: expected a list of strings, found a string; write [\"kms\"] [type]"});
  EXPECT_EQ(Failures({{"name", String()}}, {{"name", 5}}),
            Texts{"name: expected a string, found the number 5; write \"5\", in quotes [type]"});
  EXPECT_EQ(Failures({{"x", OneOf({String(), Boolean()})}}, {{"x", PropertyArray{}}}),
            Texts{"x: expected a string or a boolean (true or false), found a list [type]"});
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Failures({{"n", Number()}}, {{"n", nan}}),
            Texts{"n: expected a number, found a number that is not finite [type]"});
}

TEST_F(ShapeCheckTest, PathsLeadInside) {
  const Properties shape = {{"rules", List(Nested({{"ports", MapOf(Integer())}}))}};
  const PropertyMap bag = {
      {"rules", PropertyArray{PropertyMap{}, PropertyMap{{"ports", PropertyMap{{"a.b", true}}}}}}};
  EXPECT_EQ(
      Failures(shape, bag),
      Texts{"rules[1].ports[\"a.b\"]: expected a whole number, found the boolean true [type]"});
}

TEST_F(ShapeCheckTest, NotFiniteInsideAnythingFails) {
  const auto inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(
      Failures({{"doc", Of(Kind::kAny)}}, {{"doc", PropertyMap{{"a", PropertyArray{1, inf}}}}}),
      Texts{"doc.a[1]: expected a number, found one that is not finite [type]"});
}

TEST_F(ShapeCheckTest, UnknownsPassEverywhere) {
  PropertyShape strict = Pattern("a+");
  strict.limits.min_length = 3;
  const Properties shape = {{"a", Required(strict)},
                            {"b", Enum({"X"}, true)},
                            {"c", List(Integer())},
                            {"d", Nested({{"e", Required(Boolean())}})}};
  EXPECT_EQ(Failures(shape, {{"a", Unknown{}},
                             {"b", Unknown{Unknown::Kind::kNumber}},
                             {"c", PropertyArray{1, Unknown{}}},
                             {"d", PropertyMap{{"e", Unknown{}}}}}),
            Texts{});
  EXPECT_EQ(Failures(shape, {{"a", Unknown{}}, {"c", Unknown{}}, {"d", Unknown{}}}), Texts{});
}

TEST_F(ShapeCheckTest, RequiredAlsoInside) {
  PropertyShape region = FromEnvironment(Required(String()), {"REGION", "AREA"});
  EXPECT_EQ(Failures({{"a", Required(String())}, {"o", Nested({{"b", Required(String())}})}},
                     {{"o", PropertyMap{}}}),
            (Texts{"o.b: is required, but missing [required]",
                   "a: is required, but missing [required]"}));
  EXPECT_EQ(Failures({{"region", region}}, {}),
            Texts{"region: is required, but missing; set it, or the environment variable REGION or "
                  "AREA [required]"});
  EXPECT_EQ(Failures({{"name", Required(Named())}}, {}), Texts{});
}

TEST_F(ShapeCheckTest, UnknownNamesGetTheNearestOne) {
  const Properties shape = {{"validityPeriodHours", Integer()},
                            {"subject", Nested({{"commonName", String()}})}};
  EXPECT_EQ(Failures(shape, {{"validityPeriodHour", 1}}),
            Texts{"validityPeriodHour: is not an input of this resource; did you mean "
                  "\"validityPeriodHours\"? [unknown-property]"});
  EXPECT_EQ(Failures(shape, {{"subject", PropertyMap{{"comonName", "x"}}}}),
            Texts{"subject.comonName: is not a property of this object; did you mean "
                  "\"commonName\"? [unknown-property]"});
  EXPECT_EQ(Failures(shape, {{"banana", 1}}),
            Texts{"banana: is not an input of this resource; known are subject, "
                  "validityPeriodHours [unknown-property]"});
  EXPECT_EQ(Failures({}, {{"banana", 1}}),
            Texts{"banana: is not an input of this resource; it takes none [unknown-property]"});
}

TEST_F(ShapeCheckTest, TheHandlersExplanationComesFirst) {
  rules_.explain_unknown = [](std::string_view name) {
    return name == "keyAlgorithm" ? std::optional<std::string>("use `algorithm`") : std::nullopt;
  };
  const Properties shape = {{"keyAlgorithms", String()}, {"o", Nested({{"x", String()}})}};
  EXPECT_EQ(Failures(shape, {{"keyAlgorithm", "RSA"}}),
            Texts{"keyAlgorithm: use `algorithm` [unknown-property]"});
  EXPECT_EQ(Failures(shape, {{"o", PropertyMap{{"keyAlgorithm", 1}}}}),
            Texts{"o.keyAlgorithm: is not a property of this object; known are x "
                  "[unknown-property]"});
}

TEST_F(ShapeCheckTest, InternalNamesAreNotLookedAt) {
  EXPECT_EQ(Failures({{"o", Nested({})}},
                     {{"__v", 1}, {"o", PropertyMap{{"__defaults", PropertyArray{}}}}}),
            Texts{});
}

TEST_F(ShapeCheckTest, DeprecatedWarns) {
  PropertyShape old = String();
  old.deprecation = "use name";
  EXPECT_EQ(Failures({{"old", old}}, {{"old", "x"}}), Texts{});
  EXPECT_EQ(warnings_, Texts{"old: is deprecated: use name [deprecated]"});
  EXPECT_EQ(Failures({{"old", old}}, {}), Texts{});
  EXPECT_EQ(warnings_, Texts{});
}

TEST_F(ShapeCheckTest, AllFailuresAtOnce) {
  EXPECT_EQ(Failures({{"a", Integer()}, {"b", Required(String())}}, {{"a", "x"}, {"z", 1}}).size(),
            3u);
}

TEST_F(ShapeCheckTest, SecretsAreNotShown) {
  const Properties shape = {
      {"token", SecretOf(Pattern("[a-z]+"))},
      {"box", SecretOf(Nested({{"pin", Pattern("[a-z]+")}, {"n", String()}}))},
      {"free", Pattern("[a-z]+")}};
  const std::set<PropertyPath> wrapped = {PropertyPath("free")};
  rules_.secret_paths = &wrapped;
  const Texts failures = Failures(shape, {{"token", "HUNTER2"},
                                          {"box", PropertyMap{{"pin", "HUNTER2"}, {"n", 777}}},
                                          {"free", "HUNTER2"}});
  ASSERT_EQ(failures.size(), 4u);
  for (const std::string& text : failures) {
    EXPECT_EQ(text.find("HUNTER2"), std::string::npos) << text;
    EXPECT_EQ(text.find("777"), std::string::npos) << text;
  }
}

TEST_F(ShapeCheckTest, AUnionOfTypesThatContainItselfTakesLinearTime) {
  auto a = std::make_shared<ObjectShape>();
  auto b = std::make_shared<ObjectShape>();
  PropertyShape to_a = Of(Kind::kObject), to_b = Of(Kind::kObject);
  to_a.object = a;
  to_b.object = b;
  const PropertyShape either = OneOf({to_a, to_b});
  a->properties = {{"next", either}};
  b->properties = {{"next", either}};
  PropertyValue chain = PropertyMap{{"bad", 1}};
  for (int i = 0; i < 400; ++i) chain = PropertyMap{{"next", std::move(chain)}};
  EXPECT_EQ(Failures({{"top", either}}, {{"top", chain}}).size(), 1u);
  a->properties.clear();  // The shapes own each other.
  b->properties.clear();
}

TEST_F(ShapeCheckTest, HostileBagsAreCheap) {
  PropertyMap many;
  for (int i = 0; i < 50000; ++i) many.emplace("n" + std::to_string(i), 1);
  EXPECT_EQ(Failures({{"a", String()}}, many).size(), CheckReport::kMostFindings);
  PropertyValue deep = "x";
  for (int i = 0; i < 1000; ++i) deep = PropertyMap{{"d", std::move(deep)}};
  EXPECT_EQ(Failures({{"a", Of(Kind::kAny)}, {"b", String()}}, {{"a", deep}, {"b", deep}}).size(),
            1u);
}

TEST(FitsTest, LooksInside) {
  EXPECT_TRUE(Fits(List(Enum({"A"}, true)), PropertyArray{"A"}));
  EXPECT_FALSE(Fits(List(Enum({"A"}, true)), PropertyArray{"C"}));
  EXPECT_FALSE(Fits(String(), 1));
}

}  // namespace
}  // namespace palisade::lifecycle

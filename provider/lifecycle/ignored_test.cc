#include "provider/lifecycle/ignored.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/thing_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyValue;

PropertyMap Reset(const PropertyMap& olds, const PropertyMap& news,
                  const std::vector<std::string>& ignored) {
  Bag now = Open(news);
  ResetIgnored(IgnoredPaths(ignored), Open(olds), now);
  return value::WithSecrets(now.values, now.secret_paths);
}

TEST(ResetIgnoredTest, TopLevelInputsHaveTheirOldValues) {
  const PropertyMap olds{{"a", 1}, {"b", 1}};
  EXPECT_EQ(Reset(olds, {{"a", 2}, {"b", 2}}, {"a"}), (PropertyMap{{"a", 1}, {"b", 2}}));
  EXPECT_EQ(Reset(olds, {{"b", 2}, {"c", 3}}, {"a", "c"}), (PropertyMap{{"a", 1}, {"b", 2}}));
  EXPECT_EQ(Reset(olds, {{"a", Unknown{}}, {"c", 3}}, {"*"}), olds);
  EXPECT_EQ(Reset(olds, {{"a", 2}}, {}), (PropertyMap{{"a", 2}}));
}

TEST(ResetIgnoredTest, PathsLeadIntoObjectsAndLists) {
  const PropertyMap olds{{"o", PropertyMap{{"x", 1}, {"y", 1}}},
                         {"l", PropertyArray{PropertyMap{{"x", 1}}, PropertyMap{{"x", 2}}}}};
  const PropertyMap news{{"o", PropertyMap{{"x", 5}, {"z", 5}}},
                         {"l", PropertyArray{PropertyMap{{"x", 5}}, PropertyMap{{"x", 6}}}}};
  const auto object = [&](const char* ignored) { return Reset(olds, news, {ignored}).at("o"); };
  EXPECT_EQ(object("o.x"), PropertyValue(PropertyMap{{"x", 1}, {"z", 5}}));
  EXPECT_EQ(object("o.y"), PropertyValue(PropertyMap{{"x", 5}, {"y", 1}, {"z", 5}}));
  EXPECT_EQ(object("o.*"), olds.at("o"));
  const auto list = [&](const char* ignored) { return Reset(olds, news, {ignored}).at("l"); };
  EXPECT_EQ(list("l[1]"),
            PropertyValue(PropertyArray{PropertyMap{{"x", 5}}, PropertyMap{{"x", 2}}}));
  EXPECT_EQ(list("l[*].x"), olds.at("l"));
  // What leads nowhere on one side is left alone.
  for (const char* nowhere : {"l[2]", "l.x", "o[0]", "l[0].x.deep", "o.x[*]"}) {
    EXPECT_EQ(Reset(olds, news, {nowhere}), news) << nowhere;
  }
  EXPECT_EQ(Reset({}, news, {"o.x", "l[0]"}).at("o"), PropertyValue(PropertyMap{{"z", 5}}));
}

TEST(ResetIgnoredTest, AListOfAnotherLengthStays) {
  const PropertyMap news{{"l", PropertyArray{1, 2}}};
  EXPECT_EQ(Reset({{"l", PropertyArray{5}}}, news, {"l[*]"}), news);
}

TEST(ResetIgnoredTest, WhatCheckFilledInStays) {
  EXPECT_EQ(Reset({}, {{"a", 1}, {"b", 2}, {"__defaults", PropertyArray{"a"}}}, {"a", "b"}),
            (PropertyMap{{"a", 1}}));
}

TEST(ResetIgnoredTest, OldSecretsComeAlong) {
  EXPECT_EQ(
      Reset({{"a", MakeSecret(PropertyMap{{"x", 1}})}}, {{"a", PropertyMap{{"x", 2}}}}, {"a.x"}),
      (PropertyMap{{"a", PropertyMap{{"x", MakeSecret(1)}}}}));
  EXPECT_EQ(Reset({{"a", PropertyMap{{"x", MakeSecret(1)}}}}, {{"a", 2}}, {"a"}),
            (PropertyMap{{"a", PropertyMap{{"x", MakeSecret(1)}}}}));
}

TEST_F(ProviderTest, AnUpdateLeavesIgnoredInputsAsTheyAre) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", "a"}};
  const PropertyMap inputs{{"size", 1}, {"tier", "a"}};
  PropertyMap seen;
  script_.update = [&seen](resource::Call&, const resource::UpdateRequest& request) {
    seen = request.new_inputs;
    return PropertyMap{{"arn", "x"}};
  };
  for (const bool preview : {true, false}) {
    const auto alone = provider_.Update(
        {subject_, "id-1", olds, inputs, {{"size", 2}, {"tier", "a"}}, {}, {"size"}, preview});
    ASSERT_TRUE(alone.ok()) << alone.status();
    EXPECT_EQ(alone->properties.at("size"), PropertyValue(1));
    EXPECT_EQ(script_.updates, 0);
  }
  const auto with_another = provider_.Update(
      {subject_, "id-1", olds, inputs, {{"size", 2}, {"tier", "b"}}, {}, {"size"}, false});
  ASSERT_TRUE(with_another.ok()) << with_another.status();
  EXPECT_EQ(seen, (PropertyMap{{"size", 1}, {"tier", "b"}}));
  EXPECT_EQ(with_another->properties.at("size"), PropertyValue(1));
}

}  // namespace
}  // namespace palisade::lifecycle

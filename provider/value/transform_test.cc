#include "provider/value/transform.h"

#include <gtest/gtest.h>

namespace palisade::value {
namespace {

PropertyPath Path(const char* text) { return *PropertyPath::Parse(text); }

TEST(Unwrapped, TakesSecretsAndOutputsOffAndSaysWhereTheyWere) {
  const PropertyMap bag{
      {"plain", 1},
      {"secret", MakeSecret("s")},
      {"deep", PropertyMap{{"list", PropertyArray{"a", MakeSecret(PropertyMap{{"x", 2}})}}}},
      {"output", Output{Box("o"), true, {"urn"}}},
      {"pending", Output{std::nullopt, false, {}}},
      {"twice", Secret{Box(MakeSecret("t"))}}};
  std::set<PropertyPath> paths;
  const PropertyMap plain = Unwrapped(bag, &paths);
  EXPECT_EQ(plain.at("secret"), PropertyValue("s"));
  EXPECT_EQ(*Find(plain, Path("deep.list[1].x")), PropertyValue(2));
  EXPECT_EQ(plain.at("output"), PropertyValue("o"));
  EXPECT_TRUE(plain.at("pending").IsUnknown());
  EXPECT_EQ(plain.at("twice"), PropertyValue("t"));
  EXPECT_EQ(paths, (std::set<PropertyPath>{Path("secret"), Path("deep.list[1]"), Path("output"),
                                           Path("twice")}));
}

TEST(WithSecrets, RestoresWhatUnwrappedTookOff) {
  const PropertyMap bag{{"a", MakeSecret("s")},
                        {"b", PropertyArray{1, MakeSecret(PropertyMap{{"x", 2}})}}};
  std::set<PropertyPath> paths;
  const PropertyMap plain = Unwrapped(bag, &paths);
  EXPECT_EQ(WithSecrets(plain, paths), bag);
  // Wrapping twice is wrapping once: a refresh must not grow the state.
  EXPECT_EQ(WithSecrets(WithSecrets(plain, paths), paths), bag);
}

TEST(WithSecrets, APathIntoAnUnknownWrapsTheUnknown) {
  const PropertyMap wrapped = WithSecrets({{"a", Unknown{}}, {"c", 1}}, {Path("a.b"), Path("d")});
  EXPECT_EQ(wrapped.at("a"), MakeSecret(Unknown{}));
  EXPECT_EQ(wrapped.at("c"), PropertyValue(1));
  EXPECT_FALSE(wrapped.contains("d"));
}

TEST(ContainsUnknown, LooksEverywhere) {
  EXPECT_FALSE(ContainsUnknown(PropertyValue(PropertyArray{1, "x", Null{}})));
  EXPECT_TRUE(ContainsUnknown(PropertyValue(PropertyArray{1, MakeSecret(Unknown{})})));
  EXPECT_TRUE(ContainsUnknown(PropertyMap{{"a", Output{}}}));
  ResourceReference pending;
  pending.id = Box(Unknown{});
  EXPECT_TRUE(ContainsUnknown(PropertyValue(pending)));
  EXPECT_TRUE(ContainsSecret(PropertyValue(PropertyMap{{"a", MakeSecret(1)}})));
  EXPECT_FALSE(ContainsSecret(PropertyValue(PropertyMap{{"a", 1}})));
}

TEST(Describe, NeverShowsASecretOrAText) {
  EXPECT_EQ(Describe("hunter2"), "a string");
  EXPECT_EQ(Describe(5), "the number 5");
  EXPECT_EQ(Describe(MakeSecret(5)), "a secret number");
  EXPECT_EQ(Describe(MakeSecret(true)), "a secret boolean");
  EXPECT_EQ(Describe(MakeSecret("x")), "a secret string");
  EXPECT_EQ(Describe(Null{}), "nothing");
}

}  // namespace
}  // namespace palisade::value

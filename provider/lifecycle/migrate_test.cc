#include "provider/lifecycle/migrate.h"

#include <gtest/gtest.h>

#include <functional>

#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using value::MakeSecret;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;

/// Migrates as a test says.
class Mover final : public resource::Resource {
 public:
  using Move = std::function<void(PropertyMap& inputs, PropertyMap& outputs)>;
  explicit Mover(Move move) : move_(std::move(move)) {}
  absl::StatusOr<resource::Created> Create(resource::Call&, const PropertyMap&) const override {
    return resource::Created{};
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      resource::Call&, const resource::ReadRequest&) const override {
    return std::nullopt;
  }
  void Migrate(int, PropertyMap& inputs, PropertyMap& outputs) const override {
    move_(inputs, outputs);
  }

 private:
  const Move move_;
};

struct Moved {
  PropertyMap inputs, outputs;
};
Moved Migrated(const PropertyMap& inputs, const PropertyMap& outputs, Mover::Move move) {
  Bag in = Open(inputs), out = Open(outputs);
  Migrate(Mover(std::move(move)), 0, in, out);
  return {value::WithSecrets(in.values, in.secret_paths),
          value::WithSecrets(out.values, out.secret_paths)};
}

void Rename(PropertyMap& bag, const char* from, const char* to) {
  if (auto node = bag.extract(from)) {
    node.key() = to;
    bag.insert(std::move(node));
  }
}

TEST(MigrateTest, ARenamedSecretIsSecretUnderItsNewName) {
  const auto moved = Migrated(
      {{"description", MakeSecret("x")}, {"open", "x"}}, {},
      [](PropertyMap& inputs, PropertyMap&) { Rename(inputs, "description", "groupDescription"); });
  // What was public before stays public.
  EXPECT_EQ(moved.inputs, (PropertyMap{{"groupDescription", MakeSecret("x")}, {"open", "x"}}));
}

TEST(MigrateTest, AListOfTagsBecomesAMapAndACopy) {
  const PropertyMap old{
      {"tags", PropertyArray{PropertyMap{{"key", "a"}, {"value", MakeSecret("hidden")}},
                             PropertyMap{{"key", "b"}, {"value", "shown"}}}}};
  const PropertyMap tags{{"a", "hidden"}, {"b", "shown"}};
  const auto moved = Migrated(old, old, [&tags](PropertyMap& inputs, PropertyMap& outputs) {
    inputs["tags"] = tags;
    outputs["tags"] = tags;
    outputs["tagsAll"] = tags;
  });
  const PropertyValue expected = PropertyMap{{"a", MakeSecret("hidden")}, {"b", "shown"}};
  EXPECT_EQ(moved.inputs.at("tags"), expected);
  EXPECT_EQ(moved.outputs.at("tags"), expected);
  EXPECT_EQ(moved.outputs.at("tagsAll"), expected);
}

TEST(MigrateTest, ASecretListIsSecretInItsParts) {
  const auto moved =
      Migrated({{"subjects", MakeSecret(PropertyArray{PropertyMap{{"commonName", "ann"}}})}}, {},
               [](PropertyMap& inputs, PropertyMap&) {
                 const auto subjects = inputs.extract("subjects");
                 const PropertyArray* list = subjects.mapped().If<PropertyArray>();
                 inputs["subject"] = list->at(0);
               });
  EXPECT_EQ(moved.inputs,
            (PropertyMap{{"subject", MakeSecret(PropertyMap{{"commonName", "ann"}})}}));
}

TEST(MigrateTest, WhatCannotBeFoundAgainMakesAllThatIsNewSecret) {
  const auto moved = Migrated({{"flag", MakeSecret(true)}, {"kept", "k"}}, {},
                              [](PropertyMap& inputs, PropertyMap&) {
                                inputs.erase("flag");
                                inputs["mode"] = "ON";
                                inputs["level"] = 3;
                              });
  EXPECT_EQ(moved.inputs,
            (PropertyMap{{"kept", "k"}, {"level", MakeSecret(3)}, {"mode", MakeSecret("ON")}}));
}

TEST(MigrateTest, WhatWasPublicUnderAnotherNameStaysPublic) {
  const PropertyValue ann = PropertyMap{{"commonName", "ann"}};
  const PropertyMap old{{"key", MakeSecret("hash")}, {"subjects", PropertyArray{ann}}};
  const auto move = [](PropertyMap& inputs, PropertyMap&) {
    inputs.erase("key");
    const auto subjects = inputs.extract("subjects");
    inputs["subject"] = subjects.mapped().If<PropertyArray>()->at(0);
    inputs["derived"] = "of the hash";
  };
  EXPECT_EQ(Migrated(old, {}, move).inputs,
            (PropertyMap{{"derived", MakeSecret("of the hash")}, {"subject", ann}}));
  // With a secret inside it is none of these.
  PropertyMap half = old;
  half["subjects"] = PropertyArray{PropertyMap{{"commonName", MakeSecret("ann")}}};
  EXPECT_NE(Migrated(half, {}, move).inputs.at("subject"), ann);
}

TEST(MigrateTest, AValueOfAnotherFormInItsPlaceIsJustThat) {
  const auto moved =
      Migrated({{"size", MakeSecret("5")}}, {}, [](PropertyMap& inputs, PropertyMap&) {
        inputs["size"] = 5;
        inputs["color"] = "red";
      });
  EXPECT_EQ(moved.inputs, (PropertyMap{{"color", "red"}, {"size", MakeSecret(5)}}));
}

TEST(MigrateTest, ASecretOfOneBagIsSecretInTheOther) {
  const auto moved = Migrated(
      {}, {{"key", MakeSecret("hidden")}},
      [](PropertyMap& inputs, PropertyMap& outputs) { inputs["keyText"] = outputs.at("key"); });
  EXPECT_EQ(moved.inputs.at("keyText"), MakeSecret("hidden"));
}

}  // namespace
}  // namespace palisade::lifecycle

#include <gtest/gtest.h>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

using resource::ChangeKind;

class ConfigDiffTest : public testing::Test {
 protected:
  std::map<std::string, ChangeKind> Diff(PropertyMap olds, PropertyMap news,
                                         std::vector<std::string> ignored = {}) {
    DiffInput input;
    input.olds = {{"nonsense", true}};
    input.old_inputs = std::move(olds);
    input.news = std::move(news);
    input.ignore_changes = std::move(ignored);
    const auto result = DiffConfig({shape_, test_.services, "palisade"}, input);
    EXPECT_TRUE(result.ok());
    EXPECT_FALSE(result->delete_before_replace);
    std::map<std::string, ChangeKind> kinds;
    for (const auto& [path, change] : result->changes) {
      EXPECT_FALSE(change.replace);
      EXPECT_TRUE(change.input);
      kinds[path.Text()] = change.kind;
    }
    return kinds;
  }
  using Kinds = std::map<std::string, ChangeKind>;

  ObjectShape shape_ = Object({{"region", String()},
                               {"retries", Default(Integer(), 5)},
                               {"tls", Nested({{"url", String()}, {"key", SecretOf(String())}})}});
  TestServices test_;
};

TEST_F(ConfigDiffTest, KindsOfChanges) {
  EXPECT_EQ(Diff({{"region", "a"}, {"retries", 1}},
                 {{"region", "b"}, {"tls", PropertyMap{{"url", "u"}}}}),
            (Kinds{{"region", ChangeKind::kUpdate},
                   {"retries", ChangeKind::kDelete},
                   {"tls", ChangeKind::kAdd}}));
}

TEST_F(ConfigDiffTest, FormsOfTheSameValueAreNoChange) {
  EXPECT_EQ(Diff({{"retries", "7"}, {"tls", PropertyMap{{"url", "u"}, {"key", MakeSecret("k")}}}},
                 {{"retries", 7}, {"tls", R"({"key":"k","url":"u"})"}}),
            Kinds{});
  EXPECT_EQ(Diff({{"retries", "5"}, {"region", Null{}}}, {}), Kinds{});
  EXPECT_EQ(Diff({{"retries", "null"}, {"tls", "null"}}, {}), Kinds{});
}

TEST_F(ConfigDiffTest, TheVersionAloneIsNoChange) {
  EXPECT_EQ(Diff({{"version", "1.0.0"}},
                 {{"version", "2.0.0"}, {"pluginDownloadURL", "u"}, {"__internal", 1}}),
            Kinds{});
}

TEST_F(ConfigDiffTest, AnUnknownIsAChange) {
  EXPECT_EQ(Diff({{"region", "a"}}, {{"region", Unknown{}}}),
            (Kinds{{"region", ChangeKind::kUpdate}}));
  EXPECT_EQ(Diff({{"tls", PropertyMap{{"url", "u"}}}}, {{"tls", PropertyMap{{"url", Unknown{}}}}}),
            (Kinds{{"tls", ChangeKind::kUpdate}}));
}

TEST_F(ConfigDiffTest, TwoUnknownsAreNotTheSame) {
  EXPECT_EQ(Diff({{"region", Unknown{}}}, {{"region", Unknown{}}}),
            (Kinds{{"region", ChangeKind::kUpdate}}));
}

TEST_F(ConfigDiffTest, IgnoredChangesAreNone) {
  EXPECT_EQ(Diff({{"region", "a"}}, {{"region", "b"}}, {"region"}), Kinds{});
  EXPECT_EQ(Diff({{"region", "a"}}, {{"region", "b"}}, {"*", "a["}), Kinds{});
  EXPECT_EQ(Diff({{"region", "a"}}, {{"region", "b"}}, {"retries"}).size(), 1u);
}

TEST_F(ConfigDiffTest, WithoutOldInputsTheOutputsServe) {
  DiffInput input;
  input.olds = {{"region", "a"}};
  input.news = {{"region", "b"}};
  const auto result = DiffConfig({shape_, test_.services, "palisade"}, input);
  EXPECT_EQ(result->changes.size(), 1u);
}

}  // namespace
}  // namespace palisade::lifecycle

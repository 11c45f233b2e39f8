#include "provider/value/property_path.h"

#include <gtest/gtest.h>

namespace palisade::value {
namespace {

TEST(PropertyPath, WritesTheEnginesSyntax) {
  EXPECT_EQ(PropertyPath("a").Child("b").Child(0).Child("k.x").Text(), "a.b[0][\"k.x\"]");
  EXPECT_EQ(PropertyPath("a").Child("quo\"te").Text(), "a[\"quo\\\"te\"]");
  EXPECT_EQ(PropertyPath("app.kubernetes.io/name").Child("x").Text(),
            "[\"app.kubernetes.io/name\"].x");
  EXPECT_EQ(PropertyPath().Text(), "");
}

TEST(PropertyPath, QuotesWhatTheEngineQuotes) {
  const auto text = [](std::string_view name) { return PropertyPath("a").Child(name).Text(); };
  EXPECT_EQ(text("Under_score9"), "a.Under_score9");
  EXPECT_EQ(text("__internal"), "a.__internal");
  EXPECT_EQ(text("my-key"), "a[\"my-key\"]");
  EXPECT_EQ(text("aws:x"), "a[\"aws:x\"]");
  EXPECT_EQ(text("with blank"), "a[\"with blank\"]");
  EXPECT_EQ(text("größe"), "a[\"größe\"]");
  EXPECT_EQ(text(""), "a[\"\"]");
}

TEST(PropertyPath, EscapesQuotesAlone) {
  EXPECT_EQ(PropertyPath("a").Child(R"(b\c)").Text(), R"(a["b\c"])");
  EXPECT_EQ(PropertyPath("a").Child(R"(b\\c)").Text(), R"(a["b\\c"])");
  EXPECT_EQ(PropertyPath("a").Child(R"(say "x")").Text(), R"(a["say \"x\""])");
  EXPECT_EQ(*PropertyPath::Parse(R"(a["b\c"])"), PropertyPath("a").Child(R"(b\c)"));
  EXPECT_EQ(*PropertyPath::Parse(R"(a["b\\c"])"), PropertyPath("a").Child(R"(b\\c)"));
  EXPECT_EQ(*PropertyPath::Parse(R"(a["say \"x\""])"), PropertyPath("a").Child(R"(say "x")"));
}

TEST(PropertyPath, ReadsNamesThatItWouldQuote) {
  EXPECT_EQ(*PropertyPath::Parse("a.my-key"), PropertyPath("a").Child("my-key"));
  EXPECT_EQ(*PropertyPath::Parse("a[\"plain\"]"), PropertyPath("a").Child("plain"));
  EXPECT_EQ(*PropertyPath::Parse("a[\"\"]"), PropertyPath("a").Child(""));
}

TEST(PropertyPath, ReadsWhatItWrites) {
  for (const char* text : {"a", "a.b[0][\"k.x\"]", "[\"k.x\"].a[12][3]", "a[\"quo\\\"te\"].b", "",
                           "a.*.b", "list[*].name", "tags.my-key", R"(a["b\\"c"])"}) {
    const auto path = PropertyPath::Parse(text);
    ASSERT_TRUE(path.ok()) << text << ": " << path.status();
    const auto again = PropertyPath::Parse(path->Text());
    ASSERT_TRUE(again.ok()) << path->Text();
    EXPECT_EQ(*path, *again);
  }
  EXPECT_EQ(PropertyPath::Parse("a.b[0][\"k.x\"]")->Text(), "a.b[0][\"k.x\"]");
}

TEST(PropertyPath, RepeatedDotsMeanNothing) {
  EXPECT_EQ(*PropertyPath::Parse("a..b"), PropertyPath("a").Child("b"));
  EXPECT_EQ(*PropertyPath::Parse("a[0]..b...c"), PropertyPath("a").Child(0).Child("b").Child("c"));
}

TEST(PropertyPath, IsReadableUpToANameThatEndsInABackslash) {
  const PropertyPath tags("tags");
  EXPECT_EQ(tags.Child(R"(C:\keys\)").Child("x").Readable(), tags);
  EXPECT_EQ(tags.Child(R"(C:\keys)").Child(1).Readable(), tags.Child(R"(C:\keys)").Child(1));
  EXPECT_EQ(PropertyPath(R"(a\)").Readable(), PropertyPath(R"(a\)"));
}

TEST(PropertyPath, RefusesWhatIsNone) {
  for (const char* text : {"a.", "a..", ".a", "..a", "a[", "a[x]", "a[-1]", "a[\"b]", "a[]",
                           "a[99999999999999999999]"}) {
    EXPECT_EQ(PropertyPath::Parse(text).status().code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(PropertyPath, CoversWhatLiesBelowIt) {
  const auto covers = [](const char* pattern, const char* path) {
    return PropertyPath::Parse(pattern)->Covers(*PropertyPath::Parse(path));
  };
  EXPECT_TRUE(covers("a", "a"));
  EXPECT_TRUE(covers("a", "a.b[0]"));
  EXPECT_TRUE(covers("a[*].b", "a[3].b.c"));
  EXPECT_TRUE(covers("*", "anything"));
  EXPECT_FALSE(covers("a.b", "a"));
  EXPECT_FALSE(covers("a[1]", "a[0]"));
  EXPECT_FALSE(covers("ab", "a"));
}

TEST(Find, LooksThroughSecrets) {
  const PropertyMap bag{
      {"list", MakeSecret(PropertyArray{PropertyMap{{"name", MakeSecret("x")}}, "y"})}};
  const PropertyValue* name = Find(bag, *PropertyPath::Parse("list[0].name"));
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(*name, PropertyValue("x"));
  EXPECT_EQ(Find(bag, *PropertyPath::Parse("list[2]")), nullptr);
  EXPECT_EQ(Find(bag, *PropertyPath::Parse("list.name")), nullptr);
  EXPECT_EQ(Find(bag, *PropertyPath::Parse("none")), nullptr);
}

}  // namespace
}  // namespace palisade::value

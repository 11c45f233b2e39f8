#include "provider/lifecycle/finding_redactor.h"

#include <gtest/gtest.h>

#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

class FindingRedactorTest : public testing::Test {
 protected:
  // What is said of `path` when `secret` is secret.
  std::string Said(const std::string& reason, const char* path, const char* secret = "targets[0]",
                   const char* rule = "test.rule") const {
    const FindingRedactor redactor(shape_, bag_, {*PropertyPath::Parse(secret)});
    return redactor.Redact({*PropertyPath::Parse(path), rule, reason}).reason;
  }

  const ObjectShape shape_ = Object({{"targets", List(String())},
                                     {"rules", String()},
                                     {"password", SecretOf(String())},
                                     {"bits", Integer()}});
  const PropertyMap bag_{{"targets", PropertyArray{"https://Hidden.Example.COM/x", "open.example"}},
                         {"rules", "alert tcp 10.20.30.400 any (msg:\"a b\"; sid:77;)"},
                         {"password", "Horse-Battery"},
                         {"bits", 100}};
};

TEST_F(FindingRedactorTest, NoSpellingAndNoPartOfASecretIsSaid) {
  EXPECT_EQ(Said("\"hidden.example.com\" is upper case", "targets[0]"),
            "\"[secret]\" is upper case");
  EXPECT_EQ(Said("the host Hidden.Example.com, not `example.com`.", "targets[0]"),
            "the host [secret], not `[secret]`.");
  EXPECT_EQ(Said("10.20.30.400 is no address", "rules", "rules"), "[secret] is no address");
  EXPECT_EQ(Said("sid 77 is used in line 7", "rules", "rules"), "sid [secret] is used in line 7");
  EXPECT_EQ(Said("the keyword `alert` in `rules`", "rules", "rules"),
            "the keyword `[secret]` in `rules`");
}

TEST_F(FindingRedactorTest, WhatARuleQuotesOfASecretMayBeAnotherSpelling) {
  EXPECT_EQ(Said("\"hiden\"; did you mean \"hidden\"?", "targets[0]"),
            "\"[secret]\"; did you mean \"[secret]\"?");
  // Nobody can tell which quotes are the secret's.
  EXPECT_EQ(Said("\"msg:\"a b\"\" is no \"option\" here", "rules", "rules"), "\"[secret]\" here");
}

TEST_F(FindingRedactorTest, TheShapesOwnRulesNameWhatIsAllowed) {
  EXPECT_EQ(Said("expected \"one\" or \"two\"", "targets[0]", "targets[0]", "enum"),
            "expected \"one\" or \"two\"");
}

TEST_F(FindingRedactorTest, WhatAPemBlockIsMayBeSaid) {
  EXPECT_EQ(
      Said("the block is \"CERTIFICATE\", not \"RSA PRIVATE KEY\" or \"SECRET\"", "targets[0]"),
      "the block is \"CERTIFICATE\", not \"RSA PRIVATE KEY\" or \"[secret]\"");
  EXPECT_EQ(Said("expected \"-----BEGIN PRIVATE KEY-----\"", "targets[0]"),
            "expected \"-----BEGIN PRIVATE KEY-----\"");
}

TEST_F(FindingRedactorTest, WhatStandsAboveASecretQuotesTheOthers) {
  EXPECT_EQ(Said("\"open.example\" and \"hidden.example.com\" differ", "targets"),
            "\"open.example\" and \"[secret]\" differ");
  EXPECT_EQ(Said("`targets` are 2 hosts", "targets"), "`targets` are 2 hosts");
}

TEST_F(FindingRedactorTest, ElsewhereOnlyTheWholeSecretIsHidden) {
  EXPECT_EQ(Said("\"example.com\" of https://hidden.example.com/x", "bits"),
            "\"example.com\" of [secret]");
}

TEST_F(FindingRedactorTest, ANumberIsHiddenAsAWord) {
  EXPECT_EQ(Said("found 100 bits, 1000 and 100.5", "bits", "bits"),
            "found [secret] bits, 1000 and 100.5");
}

TEST_F(FindingRedactorTest, AKeyOfASecretMapIsNotSaid) {
  const ObjectShape shape =
      Object({{"labels", MapOf(Nested({{"note", String()}}))},
              {"spec", Nested({{"note", String()}, {"more", MapOf(String())}})}});
  const PropertyMap bag{
      {"labels", PropertyMap{{"of-ann", PropertyMap{{"note", "x"}}}}},
      {"spec", PropertyMap{{"note", "n"}, {"more", PropertyMap{{"of-ann", "x"}}}}}};
  const auto path = [&](const char* secret, const char* place) {
    const FindingRedactor redactor(shape, bag, {*PropertyPath::Parse(secret)});
    return redactor.Redact({*PropertyPath::Parse(place), "test.rule", "is wrong"}).path.Text();
  };
  EXPECT_EQ(path("labels", "labels[\"of-ann\"].note"), "labels");
  EXPECT_EQ(path("spec", "spec.more[\"of-ann\"]"), "spec.more");
  // A property's name is the schema's, and beside a secret the user's words are not secret.
  EXPECT_EQ(path("spec", "spec.note"), "spec.note");
  EXPECT_EQ(path("labels[\"of-ann\"]", "labels[\"of-ann\"].note"), "labels[\"of-ann\"].note");
}

TEST_F(FindingRedactorTest, WhatTheShapeMarksIsSecret) {
  EXPECT_EQ(Said("\"battery\" is a word", "password"), "\"[secret]\" is a word");
}

}  // namespace
}  // namespace palisade::lifecycle

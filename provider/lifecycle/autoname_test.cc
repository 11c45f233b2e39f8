#include "provider/lifecycle/autoname.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "provider/lifecycle/failures.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

class AutonameTest : public testing::Test {
 protected:
  /// The name that the bag ends up with; "" if none.
  std::string Fill(const PropertyShape& shape, PropertyMap bag = {}) {
    filled_.clear();
    findings_ = {};
    FillNames(Object({{"name", shape}}),
              {subject_, olds_, listed_, seed_, mode_, test_.random, SkipChecks({}, skip_)}, bag,
              filled_, findings_);
    const auto it = bag.find("name");
    const auto* text = it == bag.end() ? nullptr : it->second.If<std::string>();
    return text == nullptr ? "" : *text;
  }
  std::string Failure() const {
    return findings_.failures().empty() ? "" : FindingText(findings_.failures()[0]);
  }
  void Use(Autonaming::Mode mode, std::string proposed = "") {
    mode_ = Autonaming{std::move(proposed), mode};
  }
  bool Listed() const { return filled_.contains(PropertyPath("name")); }

  TestServices test_;
  Subject subject_{"urn:x", "My-Vault", "palisade:azure/keyvault:Vault"};
  PropertyMap olds_;
  std::set<PropertyPath> listed_, filled_;
  std::string seed_ = std::string(32, 's');
  std::optional<Autonaming> mode_;
  std::set<std::string> skip_;
  resource::Findings findings_;
};

TEST_F(AutonameTest, OwnSchemeIsLogicalNameAndSeededRandom) {
  const std::string name = Fill(Named());
  EXPECT_TRUE(re2::RE2::FullMatch(name, "My-Vault-[0-9a-f]{7}")) << name;
  EXPECT_EQ(Fill(Named()), name) << "the same seed";
  EXPECT_TRUE(Listed());
  seed_ = std::string(32, 't');
  EXPECT_NE(Fill(Named()), name);
  EXPECT_EQ(test_.random.calls, 0);
}

TEST_F(AutonameTest, WithoutASeedTheInjectedRandomnessIsUsed) {
  seed_.clear();
  // Two bytes a character, big-endian: 0x0001, 0x0203, ... by the remainder of 16.
  EXPECT_EQ(Fill(Named()), "My-Vault-13579bd");
}

TEST_F(AutonameTest, AGivenNameWins) {
  olds_ = {{"name", "old"}};
  EXPECT_EQ(Fill(Named(), {{"name", "mine"}}), "mine");
  EXPECT_FALSE(Listed());
  EXPECT_EQ(Fill(Named(), {{"name", Unknown{}}}), "");
  EXPECT_FALSE(Listed());
}

TEST_F(AutonameTest, TheNameInOldsStaysInEveryMode) {
  olds_ = {{"name", "my-vault-0000000"}};
  for (const auto mode :
       {Autonaming::Mode::kPropose, Autonaming::Mode::kEnforce, Autonaming::Mode::kDisable}) {
    Use(mode, "other");
    EXPECT_EQ(Fill(Named()), "my-vault-0000000");
    EXPECT_TRUE(Listed());
    EXPECT_EQ(Failure(), "");
  }
}

TEST_F(AutonameTest, ANameListedInTheNewInputsStaysListedWhileUnchanged) {
  listed_ = {PropertyPath("name")};
  Fill(Named(), {{"name", "made"}});
  EXPECT_TRUE(Listed());
  olds_ = {{"name", "made"}};
  Fill(Named(), {{"name", "made"}});
  EXPECT_TRUE(Listed());
  Fill(Named(), {{"name", "changed"}});
  EXPECT_FALSE(Listed());
}

TEST_F(AutonameTest, IsCutToFitAndLowered) {
  subject_.name = std::string(100, 'A');
  schema::NameRule rule;
  rule.max_length = 24;
  rule.lower_case = true;
  const std::string name = Fill(Named(rule));
  EXPECT_TRUE(re2::RE2::FullMatch(name, "a{16}-[0-9a-f]{7}")) << name;
}

TEST_F(AutonameTest, NoSeparatorIsDoubledByTheCut) {
  subject_.name = "abc-defghi";
  schema::NameRule rule;
  rule.max_length = 12;
  const std::string name = Fill(Named(rule));
  EXPECT_TRUE(re2::RE2::FullMatch(name, "abc-[0-9a-f]{7}")) << name;
}

TEST_F(AutonameTest, ThePatternDecidesTheSpelling) {
  subject_.name = "9 größe/my.vault_x";
  const auto fill = [&](const std::string& pattern, schema::NameRule rule) {
    PropertyShape shape = Named(std::move(rule));
    shape.limits.pattern = pattern;
    const std::string name = Fill(shape);
    EXPECT_TRUE(re2::RE2::FullMatch(name, pattern)) << name;
    return name.substr(0, name.size() - 7);
  };
  EXPECT_EQ(fill("[a-z0-9._-]+", {}), "9-gr-e-my.vault_x-");
  EXPECT_EQ(fill("[a-z0-9-]+", {}), "9-gr-e-my-vault-x-");
  EXPECT_EQ(fill("[a-z][a-z0-9-]+", {}), "n9-gr-e-my-vault-x-");
  schema::NameRule joined;
  joined.separator = "";
  EXPECT_EQ(fill("[a-z0-9]{3,24}", joined), "9gremyvaultx");
  EXPECT_EQ(fill("[a-z][a-z0-9]{3,24}", joined), "n9gremyvaultx");
}

TEST_F(AutonameTest, AForbiddenBeginningIsAvoided) {
  schema::NameRule rule;
  rule.forbidden_prefixes = {"sg-", "id-"};
  const auto made = [&](const std::string& name) {
    subject_.name = name;
    return Fill(Named(rule));
  };
  EXPECT_TRUE(re2::RE2::FullMatch(made("sg-web"), "sgweb-[0-9a-f]{7}")) << made("sg-web");
  EXPECT_TRUE(re2::RE2::FullMatch(made("sg"), "nsg-[0-9a-f]{7}")) << made("sg");
  EXPECT_TRUE(re2::RE2::FullMatch(made("web-sg-1"), "web-sg-1-[0-9a-f]{7}"));
  Use(Autonaming::Mode::kPropose, "sg-web-1a2b");
  EXPECT_EQ(made("web"), "sgweb1a2b");
  Use(Autonaming::Mode::kEnforce, "id-web");
  EXPECT_EQ(made("web"), "");
  EXPECT_NE(Failure().find("which is not possible: it begins with id-;"), std::string::npos);
}

TEST_F(AutonameTest, WithoutALogicalNameTheTypeHelps) {
  subject_.name = "";
  EXPECT_TRUE(re2::RE2::FullMatch(Fill(Named()), "vault-[0-9a-f]{7}"));
  subject_.type = "";
  EXPECT_TRUE(re2::RE2::FullMatch(Fill(Named()), "[0-9a-f]{7}"));
}

TEST_F(AutonameTest, ATinyLimitLeavesTheRandomPart) {
  schema::NameRule rule;
  rule.max_length = 7;
  EXPECT_TRUE(re2::RE2::FullMatch(Fill(Named(rule)), "[0-9a-f]{7}"));
}

TEST_F(AutonameTest, ProposeStartsFromTheProposal) {
  Use(Autonaming::Mode::kPropose, "Team-Vault-1a2b");
  EXPECT_EQ(Fill(Named()), "Team-Vault-1a2b");
  schema::NameRule rule;
  rule.lower_case = true;
  EXPECT_EQ(Fill(Named(rule)), "team-vault-1a2b");
  rule.max_length = 14;
  EXPECT_TRUE(re2::RE2::FullMatch(Fill(Named(rule)), "team-v-[0-9a-f]{7}"));
  Use(Autonaming::Mode::kPropose, "");
  EXPECT_TRUE(Fill(Named()).starts_with("My-Vault-"));
}

TEST_F(AutonameTest, EnforceIsExactlyItOrAFailure) {
  Use(Autonaming::Mode::kEnforce, "Team-Vault");
  EXPECT_EQ(Fill(Named()), "Team-Vault");
  EXPECT_TRUE(Listed());
  schema::NameRule rule;
  rule.lower_case = true;
  EXPECT_EQ(Fill(Named(rule)), "");
  EXPECT_EQ(Failure(),
            "name: pulumi:autonaming demands the name \"Team-Vault\", which is not "
            "possible: it has to be in lower case; set the name in the program, or change "
            "the autonaming configuration [name]");
  rule = {};
  rule.max_length = 5;
  Fill(Named(rule));
  EXPECT_NE(Failure().find("it is longer than 5 characters"), std::string::npos);
  PropertyShape shape = Named();
  shape.limits.pattern = "[a-z]+";
  Fill(shape);
  EXPECT_NE(Failure().find("expected text that matches [a-z]+"), std::string::npos);
  skip_ = {"name"};
  EXPECT_EQ(Fill(shape), "Team-Vault");
}

TEST_F(AutonameTest, DisableWantsAGivenName) {
  Use(Autonaming::Mode::kDisable);
  EXPECT_EQ(Fill(Named()), "");
  EXPECT_EQ(
      Failure(),
      "name: is missing, and pulumi:autonaming forbids making one; set it in the program [name]");
  EXPECT_EQ(Fill(Named(), {{"name", "mine"}}), "mine");
  EXPECT_EQ(Failure(), "");
  skip_ = {"name"};
  EXPECT_TRUE(Fill(Named()).starts_with("My-Vault-"));
}

}  // namespace
}  // namespace palisade::lifecycle

#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/lifecycle/config.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

class ConfigParseTest : public testing::Test {
 protected:
  ConfigParseTest() { shape_.properties["region"].description = "Where things are made."; }
  absl::StatusOr<ParsedConfiguration> Parse(PropertyMap args,
                                            std::map<std::string, std::string> variables = {}) {
    return ParseConfig({shape_, test_.services, "palisade", rules_},
                       {std::move(variables), std::move(args), "id-1"});
  }
  PropertyMap Values(PropertyMap args, std::map<std::string, std::string> variables = {}) {
    const auto parsed = Parse(std::move(args), std::move(variables));
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    return parsed.ok() ? parsed->configuration.values : PropertyMap{};
  }

  ObjectShape shape_ = Object(
      {{"region", Required(FromEnvironment(String(), {"REGION", "AREA"}))},
       {"retries", Default(Integer(), 5)},
       {"tls", Nested({{"proxy", Nested({{"url", String()}, {"password", SecretOf(String())}})}})},
       {"skipChecks", FromEnvironment(List(String()), {"SKIP"})}});
  std::vector<ConfigRules> rules_;
  TestServices test_;
};

TEST_F(ConfigParseTest, ArgumentsWinOverVariables) {
  EXPECT_EQ(Values({{"region", "args"}},
                   {{"palisade:config:region", "variable"}, {"palisade:config:retries", "7"}}),
            (PropertyMap{{"region", "args"}, {"retries", 7}}));
  EXPECT_EQ(Values({{"region", Null{}}}, {{"palisade:config:region", "v"}}).at("region"),
            PropertyValue("v"));
}

TEST_F(ConfigParseTest, TheTextNullIsAbsentAndLeavesRoomForDefaults) {
  EXPECT_EQ(Values({{"region", "r"}, {"retries", "null"}, {"tls", "null"}}),
            (PropertyMap{{"region", "r"}, {"retries", 5}}));
  EXPECT_EQ(
      Values({{"region", "r"}, {"tls", MakeSecret("null")}}, {{"palisade:config:tls", "null"}}),
      (PropertyMap{{"region", "r"}, {"retries", 5}}));
  EXPECT_EQ(Values({{"region", "null"}}).at("region"), PropertyValue("null"));
}

TEST_F(ConfigParseTest, ValuesAreNativeAndUnwrapped) {
  const PropertyValue tls = PropertyMap{{"proxy", PropertyMap{{"url", "u"}, {"password", "x"}}}};
  const std::string json = R"({"proxy":{"url":"u","password":"x"}})";
  EXPECT_EQ(Values({{"region", "r"}, {"tls", json}}).at("tls"), tls);
  EXPECT_EQ(Values({{"region", "r"}, {"tls", MakeSecret(json)}}).at("tls"), tls);
  EXPECT_EQ(Values({{"region", "r"}}, {{"palisade:config:tls", json}}).at("tls"), tls);
  EXPECT_EQ(
      Values({{"region", "r"},
              {"tls",
               PropertyMap{{"proxy", PropertyMap{{"url", "u"}, {"password", MakeSecret("x")}}}}}})
          .at("tls"),
      tls);
}

TEST_F(ConfigParseTest, EnvironmentAndDefaultsApply) {
  test_.variables = {{"AREA", "from-environment"}, {"SKIP", "pattern, range"}};
  const auto parsed = Parse({{"version", "1.0.0"}, {"__internal", PropertyMap{}}});
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->configuration.values,
            (PropertyMap{{"region", "from-environment"},
                         {"retries", 5},
                         {"skipChecks", PropertyArray{"pattern", "range"}}}));
  EXPECT_EQ(parsed->configuration.skip_checks, (std::set<std::string>{"pattern", "range"}));
  EXPECT_EQ(parsed->configuration.id, "id-1");
  EXPECT_TRUE(parsed->missing.empty());
}

TEST_F(ConfigParseTest, MissingKeysAreNamedAsTheUserSetsThem) {
  const auto parsed = Parse({});
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->missing.size(), 1u);
  EXPECT_EQ(parsed->missing[0].name, "palisade:region");
  EXPECT_EQ(parsed->missing[0].description,
            "Where things are made. Also taken from the environment variable REGION or AREA.");
  EXPECT_TRUE(Parse({{"region", Unknown{}}})->missing.empty());
}

TEST_F(ConfigParseTest, WrongValuesAreOneErrorWithoutValues) {
  const auto parsed = Parse({{"region", "r"}, {"retries", "hunter2"}, {"tls", "hunter2"}});
  EXPECT_EQ(parsed.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(base::Message(parsed.status()),
            "the configuration of palisade is wrong: retries: expected a whole number, found a "
            "string [type]; tls: expected an object, found a string [type]");
}

TEST_F(ConfigParseTest, NoMessageShowsAValue) {
  shape_.properties["mode"] = Enum({"fast", "slow"}, true);
  const auto parsed = Parse({{"region", 777.5}, {"mode", "hunter2"}});
  EXPECT_EQ(
      base::Message(parsed.status()),
      "the configuration of palisade is wrong: mode: the string is not one of \"fast\", "
      "\"slow\" [enum]; region: expected a string, found a number; write it in quotes [type]");
}

TEST_F(ConfigParseTest, RulesOfCodeRunHereToo) {
  rules_.push_back([](const PropertyMap& config, resource::Findings& findings) {
    // Defaults are filled by then.
    EXPECT_EQ(config.at("retries"), PropertyValue(5));
    findings.Fail(value::PropertyPath("tls").Child("proxy"), "m.both", "one is too many");
  });
  EXPECT_EQ(base::Message(Parse({{"region", "r"}}).status()),
            "the configuration of palisade is wrong: tls.proxy: one is too many [m.both]");
  EXPECT_TRUE(Parse({{"region", "r"}, {"skipChecks", PropertyArray{"m.both"}}}).ok());
}

TEST_F(ConfigParseTest, KeysOfAnotherVersionOnlyWarn) {
  EXPECT_TRUE(Parse({{"region", "r"}, {"retired", "x"}}).ok());
  ASSERT_EQ(test_.reporter.Warnings().size(), 1u);
  EXPECT_TRUE(test_.reporter.Warnings()[0].starts_with(
      "retired: is not a configuration key of this version of palisade and has no effect"));
}

}  // namespace
}  // namespace palisade::lifecycle

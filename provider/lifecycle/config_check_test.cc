#include <gtest/gtest.h>

#include "provider/lifecycle/config.h"
#include "provider/lifecycle/shape_for_test.h"

namespace palisade::lifecycle {
namespace {

using Texts = std::vector<std::string>;

class ConfigCheckTest : public testing::Test {
 protected:
  CheckResult Check(PropertyMap news) {
    input_.subject = {"urn:provider", "p", "pulumi:providers:palisade"};
    input_.news = std::move(news);
    auto result = CheckConfig({shape_, test_.services, "palisade", rules_}, input_);
    EXPECT_TRUE(result.ok());
    return *std::move(result);
  }
  Texts Reasons(PropertyMap news) {
    Texts texts;
    for (const auto& failure : Check(std::move(news)).failures) {
      EXPECT_EQ(failure.property, "");
      texts.push_back(failure.reason);
    }
    return texts;
  }
  PropertyMap Answer(const PropertyMap& news) {
    const CheckResult result = Check(news);
    EXPECT_TRUE(result.failures.empty());
    EXPECT_EQ(Check(result.inputs).inputs, result.inputs) << "checked again";
    return result.inputs;
  }

  ObjectShape shape_ =
      Object({{"region", Required(FromEnvironment(String(), {"REGION"}))},
              {"retries", Default(Integer(), 5)},
              {"debug", Boolean()},
              {"token", SecretOf(String())},
              {"tls", Nested({{"proxy", Nested({{"url", Required(Pattern("https?://.*"))},
                                                {"password", SecretOf(String())},
                                                {"port", Integer()}})}})},
              {"tags", MapOf(String())},
              {"skipChecks", List(String())}});
  std::vector<ConfigRules> rules_;
  TestServices test_;
  CheckInput input_;
};

TEST_F(ConfigCheckTest, TheAnswerIsWhatTheUserWrote) {
  test_.variables = {{"REGION", "r"}};
  const PropertyMap news = {{"retries", "7"},          {"debug", true},
                            {"tags", R"({"a":"b"})"},  {"skipChecks", R"(["pattern"])"},
                            {"version", "1.2.3"},      {"__internal", PropertyMap{{"x", 1}}},
                            {"pluginDownloadURL", "u"}};
  EXPECT_EQ(Answer(news), news);
  EXPECT_EQ(Answer({}), PropertyMap{});
}

TEST_F(ConfigCheckTest, TheTextNullIsNoValue) {
  const PropertyMap nulls = {
      {"retries", "null"}, {"debug", "null"}, {"tls", "null"}, {"tags", "null"}};
  EXPECT_EQ(Answer(nulls), nulls);
  EXPECT_EQ(Answer({{"tls", PropertyMap{{"proxy", "null"}}}}),
            (PropertyMap{{"tls", PropertyMap{}}}));
  EXPECT_EQ(Answer({{"tls", R"({"proxy":null})"}}), (PropertyMap{{"tls", PropertyMap{}}}));
}

TEST_F(ConfigCheckTest, JsonTextWithSecretPartsIsOpenedAndWrapped) {
  const PropertyMap native = {
      {"tls",
       PropertyMap{{"proxy", PropertyMap{{"url", "http://p"}, {"password", MakeSecret("x")}}}}}};
  EXPECT_EQ(Answer({{"tls", R"({"proxy":{"url":"http://p","password":"x"}})"}}), native);
  EXPECT_EQ(Answer({{"tls", PropertyMap{{"proxy", R"({"url":"http://p","password":"x"})"}}}})
                .at("tls")
                .Is<PropertyMap>(),
            true);
  EXPECT_EQ(Answer({{"tls",
                     PropertyMap{{"proxy", PropertyMap{{"url", "http://p"}, {"password", "x"}}}}}}),
            native);
}

TEST_F(ConfigCheckTest, JsonTextInsideANativeObjectHidesNoSecret) {
  const PropertyMap answer =
      Answer({{"tls", PropertyMap{{"proxy", R"({"url":"http://p","password":"hunter2"})"}}}});
  const PropertyValue& proxy = answer.at("tls").If<PropertyMap>()->at("proxy");
  ASSERT_TRUE(proxy.Is<PropertyMap>());
  EXPECT_EQ(proxy.If<PropertyMap>()->at("password"), MakeSecret("hunter2"));
}

TEST_F(ConfigCheckTest, SecretsStaySecretAndBecomeSecret) {
  EXPECT_EQ(Answer({{"token", "t"}}), (PropertyMap{{"token", MakeSecret("t")}}));
  EXPECT_EQ(Answer({{"token", Unknown{}}}), (PropertyMap{{"token", MakeSecret(Unknown{})}}));
  EXPECT_EQ(Answer({{"retries", MakeSecret("5")}}), (PropertyMap{{"retries", MakeSecret("5")}}));
  const PropertyMap answer = Answer({{"tls", MakeSecret(R"({"proxy":{"url":"http://p"}})")}});
  EXPECT_TRUE(answer.at("tls").Is<value::Secret>());
}

TEST_F(ConfigCheckTest, UnknownsPass) {
  EXPECT_EQ(Reasons({{"region", Unknown{}},
                     {"retries", Unknown{}},
                     {"tls", PropertyMap{{"proxy", PropertyMap{{"url", Unknown{}}}}}}}),
            Texts{});
}

TEST_F(ConfigCheckTest, EveryFormIsValidatedWithPaths) {
  const Texts expected = {
      "debug: expected a boolean (true or false), found a string [type]",
      "retries: expected a whole number, found a string [type]",
      "tls.proxy.port: expected a whole number, found a string [type]",
      "tls.proxy.url: the string is not allowed; expected text that matches https?://.* [pattern]"};
  EXPECT_EQ(Reasons({{"debug", "maybe"},
                     {"retries", "x"},
                     {"tls", R"({"proxy":{"url":"hunter2","port":"y"}})"}}),
            expected);
  EXPECT_EQ(
      Reasons({{"debug", "maybe"},
               {"retries", "x"},
               {"tls", PropertyMap{{"proxy", PropertyMap{{"url", "hunter2"}, {"port", "y"}}}}}}),
      expected);
}

TEST_F(ConfigCheckTest, UnknownKeysGetTheNearest) {
  EXPECT_EQ(Reasons({{"regoin", "x"}}),
            Texts{"regoin: is not a configuration key of palisade; did you mean \"region\"? "
                  "[unknown-property]"});
  EXPECT_EQ(Reasons({{"tls", R"({"proxxy":{}})"}}),
            Texts{"tls.proxxy: is not a property of this object; did you mean \"proxy\"? "
                  "[unknown-property]"});
}

TEST_F(ConfigCheckTest, MalformedJsonFailsAndIsNotLeftInPlain) {
  const CheckResult result = Check({{"tls", R"({"proxy":{"password":"hunter2")"}});
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].reason.find("hunter2"), std::string::npos);
  EXPECT_TRUE(result.inputs.at("tls").Is<value::Secret>());
}

TEST_F(ConfigCheckTest, RequiredKeysAreLeftToConfigureButNotThoseInside) {
  EXPECT_EQ(Reasons({{"tls", R"({"proxy":{}})"}}),
            Texts{"tls.proxy.url: is required, but missing [required]"});
}

TEST_F(ConfigCheckTest, SkipChecksWorksHereToo) {
  EXPECT_EQ(Reasons({{"tls", R"({"proxy":{"url":"x"}})"}, {"skipChecks", R"(["pattern"])"}}),
            Texts{});
}

TEST_F(ConfigCheckTest, RulesOfCodeRunOnNativeValues) {
  PropertyMap seen;
  rules_.push_back([&](const PropertyMap& config, resource::Findings& findings) {
    seen = config;
    findings.Fail(value::PropertyPath("tls").Child("proxy"), "m.both", "one is too many");
    findings.Warn(value::PropertyPath("debug"), "m.debug", "is noisy");
  });
  EXPECT_EQ(Reasons({{"retries", "x"},
                     {"debug", "true"},
                     {"tls", MakeSecret(R"({"proxy":{"url":"http://p"}})")}}),
            (Texts{"retries: expected a whole number, found a string [type]",
                   "tls.proxy: one is too many [m.both]"}));
  EXPECT_EQ(seen.at("debug"), PropertyValue(true));
  EXPECT_EQ(seen.at("tls"),
            PropertyValue(PropertyMap{{"proxy", PropertyMap{{"url", "http://p"}}}}));
  EXPECT_EQ(test_.reporter.Warnings(), Texts{"debug: is noisy [m.debug]"});
  EXPECT_EQ(Reasons({{"skipChecks", R"(["m.both"])"}}), Texts{});
}

TEST_F(ConfigCheckTest, BadInputIsNoCrash) {
  for (const auto& [name, property] : shape_.properties) {
    for (const PropertyValue& bad :
         {PropertyValue(), PropertyValue(""), PropertyValue(PropertyArray{Null{}}),
          PropertyValue(value::Asset{}), PropertyValue(std::string(100000, '['))}) {
      Check({{name, bad}});
    }
  }
}

}  // namespace
}  // namespace palisade::lifecycle

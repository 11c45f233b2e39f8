#include "provider/lifecycle/check.h"

#include <gtest/gtest.h>

#include <limits>

#include "provider/lifecycle/shape_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

class Handler final : public resource::Resource {
 public:
  void Check(const resource::CheckRequest& request, resource::Findings& findings) const override {
    seen = request.inputs;
    seen_olds = request.old_inputs == nullptr ? std::nullopt : std::optional(*request.old_inputs);
    if (request.inputs.contains("a") && request.inputs.contains("b")) {
      findings.Fail(PropertyPath("b"), "test.both", "a and b exclude each other");
    }
    if (request.inputs.contains("odd")) {
      findings.Warn(PropertyPath("odd"), "test.odd", "is unusual");
    }
  }
  std::map<std::string, resource::Default> Defaults(
      const resource::DefaultsRequest& request) const override {
    seen_settings = &request.settings;
    return defaults;
  }
  std::optional<std::string> ExplainUnknown(std::string_view name) const override {
    return name == "legacy" ? std::optional<std::string>("was renamed to `a`") : std::nullopt;
  }
  void Migrate(int version, PropertyMap& inputs, PropertyMap&) const override {
    if (auto old = inputs.extract("oldName"); version == 0 && old) inputs["name"] = old.mapped();
  }
  absl::StatusOr<resource::Created> Create(resource::Call&, const PropertyMap&) const override {
    return resource::Created{};
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      resource::Call&, const resource::ReadRequest&) const override {
    return std::nullopt;
  }

  std::map<std::string, resource::Default> defaults;
  mutable PropertyMap seen;
  mutable std::optional<PropertyMap> seen_olds;
  mutable const resource::Settings* seen_settings = nullptr;
};

class CheckTest : public testing::Test {
 protected:
  CheckTest() {
    shape_.token = "palisade:test:Thing";
    shape_.inputs = Object({{"name", Named()},
                            {"a", String()},
                            {"b", String()},
                            {"odd", Boolean()},
                            {"hours", Default(Integer(), 24)},
                            {"region", FromEnvironment(String(), {"REGION"})},
                            {"password", SecretOf(String())},
                            {"user", Nested({{"name", String()},
                                             {"key", SecretOf(String())},
                                             {"size", Default(Integer(), 8)}})},
                            {"users", List(Nested({{"key", SecretOf(String())}}))},
                            {"code", Pattern("[a-z]+", "lower-case letters")},
                            {"tags", MapOf(String())},
                            {"any", Of(Kind::kAny)},
                            {"skipChecks", List(String())}});
    shape_.outputs = shape_.inputs;
    shape_.outputs.properties["arn"] = String();
    test_.variables = {{"REGION", "eu-west-1"}};
    input_.subject = {"urn:pulumi:s::p::palisade:test:Thing::n", "n", "palisade:test:Thing"};
    input_.random_seed = std::string(32, 's');
  }

  CheckResult Check(PropertyMap news, PropertyMap olds = {}) {
    input_.news = std::move(news);
    input_.olds = std::move(olds);
    auto result = CheckResource({shape_, handler_, test_.services, settings_}, input_);
    EXPECT_TRUE(result.ok());
    return *std::move(result);
  }
  /// Checks that the answer is one that Check leaves alone, on create and on update.
  CheckResult Stable(PropertyMap news, PropertyMap olds = {}) {
    CheckResult result = Check(news, olds);
    if (result.failures.empty()) {
      EXPECT_EQ(Check(result.inputs, olds).inputs, result.inputs) << "again";
      EXPECT_EQ(Check(result.inputs, result.inputs).inputs, result.inputs) << "as an update";
      EXPECT_EQ(Check(news, result.inputs).inputs, result.inputs) << "the same program again";
    }
    return result;
  }
  static std::vector<std::string> Reasons(const CheckResult& result) {
    std::vector<std::string> reasons;
    for (const auto& failure : result.failures) {
      reasons.push_back((failure.property.empty() ? "" : "<" + failure.property + "> ") +
                        failure.reason);
    }
    return reasons;
  }

  schema::ResourceShape shape_;
  Handler handler_;
  TestServices test_;
  resource::Settings settings_;
  CheckInput input_;
};

using Texts = std::vector<std::string>;

TEST_F(CheckTest, FillsNamesAndDefaultsAndListsThem) {
  const CheckResult result = Stable({{"a", "x"}, {"user", PropertyMap{{"name", "u"}}}});
  EXPECT_EQ(Reasons(result), Texts{});
  EXPECT_EQ(result.inputs.at("hours"), PropertyValue(24));
  EXPECT_EQ(result.inputs.at("region"), PropertyValue("eu-west-1"));
  EXPECT_EQ(result.inputs.at("__defaults"),
            PropertyValue(PropertyArray{"hours", "name", "region", "user.size"}));
  EXPECT_FALSE(handler_.seen.contains("__defaults"));
  EXPECT_EQ(handler_.seen.at("hours"), PropertyValue(24));
}

TEST_F(CheckTest, NothingFilledNothingListed) {
  const CheckResult result = Stable({{"name", "n"}, {"hours", 1}, {"region", "r"}});
  EXPECT_FALSE(result.inputs.contains("__defaults"));
}

TEST_F(CheckTest, AnotherEnvironmentChangesNothing) {
  const CheckResult first = Check({});
  test_.variables = {{"REGION", "us-east-1"}};
  EXPECT_EQ(Check({}, first.inputs).inputs, first.inputs);
  EXPECT_EQ(Check({}).inputs.at("region"), PropertyValue("us-east-1"));
}

TEST_F(CheckTest, ANameThatAnotherPackageKeptUnderAnotherNameStays) {
  const CheckResult result = Check({{"a", "x"}}, {{"oldName", "made-1234567"}, {"a", "x"}});
  EXPECT_EQ(result.inputs.at("name"), PropertyValue("made-1234567"));
  EXPECT_EQ(Check({{"name", "given"}}, {{"oldName", "made-1234567"}}).inputs.at("name"),
            PropertyValue("given"));
}

TEST_F(CheckTest, ANameIsMadeAnewForAReplacement) {
  const CheckResult first = Check({});
  input_.random_seed = std::string(32, 't');
  EXPECT_EQ(Check({}, first.inputs).inputs.at("name"), first.inputs.at("name"));
  EXPECT_NE(Check({}).inputs.at("name"), first.inputs.at("name"));
}

TEST_F(CheckTest, AValueGivenIsNoDefaultAnyMore) {
  const CheckResult first = Check({{"name", "n"}});
  const CheckResult second = Check({{"name", "n"}, {"hours", 24}}, first.inputs);
  EXPECT_EQ(second.inputs.at("__defaults"), PropertyValue(PropertyArray{"region"}));
}

TEST_F(CheckTest, NullsAreAbsentAtEveryLevel) {
  const CheckResult result = Stable({{"a", Null{}},
                                     {"hours", MakeSecret(Null{})},
                                     {"tags", PropertyMap{{"x", Null{}}, {"y", "z"}}}});
  EXPECT_EQ(Reasons(result), Texts{});
  EXPECT_FALSE(result.inputs.contains("a"));
  EXPECT_EQ(result.inputs.at("hours"), PropertyValue(24));
  EXPECT_EQ(result.inputs.at("tags"), PropertyValue(PropertyMap{{"y", "z"}}));
}

TEST_F(CheckTest, WhatWasSecretStaysAndWhatTheShapeSaysBecomesIt) {
  const CheckResult result =
      Stable({{"password", "p"},
              {"a", MakeSecret("x")},
              {"user", PropertyMap{{"name", MakeSecret("u")}, {"key", "k"}}},
              {"users", PropertyArray{PropertyMap{{"key", Unknown{}}},
                                      PropertyMap{{"key", MakeSecret("k")}}}},
              {"tags", MakeSecret(PropertyMap{{"t", "v"}})},
              {"any", PropertyArray{value::Output{value::Box("o"), true, {"urn:d"}}}}});
  EXPECT_EQ(Reasons(result), Texts{});
  EXPECT_EQ(result.inputs.at("password"), MakeSecret("p"));
  EXPECT_EQ(result.inputs.at("a"), MakeSecret("x"));
  EXPECT_EQ(
      result.inputs.at("user"),
      PropertyValue(PropertyMap{{"name", MakeSecret("u")}, {"key", MakeSecret("k")}, {"size", 8}}));
  EXPECT_EQ(result.inputs.at("users"),
            PropertyValue(PropertyArray{PropertyMap{{"key", MakeSecret(Unknown{})}},
                                        PropertyMap{{"key", MakeSecret("k")}}}));
  EXPECT_EQ(result.inputs.at("tags"), MakeSecret(PropertyMap{{"t", "v"}}));
  EXPECT_EQ(result.inputs.at("any"), PropertyValue(PropertyArray{MakeSecret("o")}));
  for (const auto& [name, item] : handler_.seen) EXPECT_FALSE(value::ContainsSecret(item)) << name;
}

TEST_F(CheckTest, AnUnknownPassesAnywhere) {
  for (const auto& [name, property] : shape_.inputs.properties) {
    for (const PropertyValue& unknown :
         {PropertyValue(Unknown{}), MakeSecret(Unknown{}), PropertyValue(value::Output{})}) {
      const CheckResult result = Check({{name, unknown}});
      EXPECT_EQ(Reasons(result), Texts{}) << name;
      EXPECT_TRUE(value::ContainsUnknown(result.inputs)) << name;
    }
  }
}

TEST_F(CheckTest, AllFailuresAtOnceTheHandlersToo) {
  const CheckResult result = Check({{"a", "x"},
                                    {"b", "y"},
                                    {"hours", "12"},
                                    {"code", "UP"},
                                    {"hour", 3},
                                    {"legacy", 1},
                                    {"arn", "x"}});
  EXPECT_EQ(
      Reasons(result),
      (Texts{"arn: is an output of this resource, which cannot be set; remove it "
             "[unknown-property]",
             "<code> \"UP\" is not allowed; expected lower-case letters [pattern]",
             "hour: is not an input of this resource; did you mean \"hours\"? "
             "[unknown-property]",
             "<hours> expected a whole number, found a string; write 12 without quotes [type]",
             "legacy: was renamed to `a` [unknown-property]",
             "<b> a and b exclude each other [test.both]"}));
}

TEST_F(CheckTest, SkipChecksSilencesFromBothSides) {
  EXPECT_EQ(Check({{"code", "UP"}, {"skipChecks", PropertyArray{"pattern"}}}).failures.size(), 0u);
  settings_.skip_checks = {"pattern", "test.both", "test.odd"};
  EXPECT_EQ(Check({{"code", "UP"}, {"a", "x"}, {"b", "y"}, {"odd", true}}).failures.size(), 0u);
  EXPECT_EQ(test_.reporter.Warnings(), Texts{});
  settings_.skip_checks.clear();
  EXPECT_EQ(Check({{"code", "UP"}}).failures.size(), 1u);
}

TEST_F(CheckTest, WarningsGoToTheResource) {
  Check({{"odd", true}, {"skipChecks", PropertyArray{"rangee"}}});
  EXPECT_EQ(test_.reporter.Warnings(),
            (Texts{"odd: is unusual [test.odd]",
                   "skipChecks: no check is called \"rangee\"; did you mean \"range\"? "
                   "[skip-checks]"}));
  EXPECT_EQ(test_.reporter.lines.back().urn, input_.subject.urn);
}

TEST_F(CheckTest, NoSecretIsToldByAnyFailure) {
  const std::string secret = "HUNTER2";
  const CheckResult result = Check({{"code", MakeSecret(secret)},
                                    {"passwrod", secret},
                                    {"password", PropertyArray{secret}},
                                    {"users", PropertyArray{PropertyMap{{"kye", secret}}}},
                                    {"tags", MakeSecret(PropertyMap{{"t", 777}})}});
  EXPECT_EQ(result.failures.size(), 5u);
  for (const auto& failure : result.failures) {
    EXPECT_EQ(failure.property, "") << failure.reason;
    EXPECT_EQ(failure.reason.find(secret), std::string::npos) << failure.reason;
    EXPECT_EQ(failure.reason.find("777"), std::string::npos) << failure.reason;
  }
}

TEST_F(CheckTest, WhatAnImportCouldNotReadIsKept) {
  const PropertyMap read = {{"name", "n"},
                            {"hours", 1},
                            {"region", "r"},
                            {"__unread", PropertyArray{"password"}},
                            {"__other", 1}};
  const CheckResult result = Check(read);
  EXPECT_EQ(result.inputs.at("__unread"), PropertyValue(PropertyArray{"password"}));
  EXPECT_FALSE(result.inputs.contains("__other"));
  EXPECT_FALSE(Check({}, result.inputs).inputs.contains("__unread"));
}

TEST_F(CheckTest, AHandlerSeesTheInputsOfWhatExistsAsItSeesTheNewOnes) {
  Check({{"a", "x"}});
  EXPECT_EQ(handler_.seen_olds, std::nullopt);
  Check({{"a", "x"}}, {{"a", MakeSecret("y")}, {"b", Null{}}, {"__defaults", PropertyArray{"a"}}});
  EXPECT_EQ(handler_.seen_olds, (PropertyMap{{"a", "y"}}));
}

TEST_F(CheckTest, DefaultsListedByAnotherPackagesStateCount) {
  const PropertyMap olds = {{"__defaults", PropertyArray{"hours"}}, {"hours", 12}, {"name", "n"}};
  EXPECT_EQ(Check({}, olds).inputs.at("hours"), PropertyValue(12));
}

TEST_F(CheckTest, AKeptDefaultThatWasSecretStaysSecret) {
  const PropertyMap olds = {{"__defaults", PropertyArray{"region"}}, {"region", MakeSecret("r")}};
  EXPECT_EQ(Check({}, olds).inputs.at("region"), MakeSecret("r"));
}

TEST_F(CheckTest, AHandlersDefaultsAreFilledFromTheSettings) {
  handler_.defaults["a"] = {"configured", /*keep_old=*/false};
  const CheckResult result = Stable({});
  EXPECT_EQ(handler_.seen_settings, &settings_);
  EXPECT_EQ(result.inputs.at("a"), value::PropertyValue("configured"));
  EXPECT_EQ(handler_.seen.at("a"), value::PropertyValue("configured"));
  EXPECT_EQ(result.inputs.at("__defaults"),
            value::PropertyValue(PropertyArray{"a", "hours", "name", "region"}));
  // What the user writes wins, and counts as written.
  EXPECT_EQ(Stable({{"a", "written"}}).inputs.at("__defaults"),
            value::PropertyValue(PropertyArray{"hours", "name", "region"}));
}

TEST_F(CheckTest, AnotherMachinesEnvironmentReplacesNothingAnotherConfigurationDoes) {
  handler_.defaults["a"] = {"here", /*keep_old=*/true};
  const CheckResult first = Stable({});
  handler_.defaults["a"] = {"there", /*keep_old=*/true};
  EXPECT_EQ(Stable({}, first.inputs).inputs.at("a"), value::PropertyValue("here"));
  handler_.defaults["a"] = {"configured", /*keep_old=*/false};
  EXPECT_EQ(Stable({}, first.inputs).inputs.at("a"), value::PropertyValue("configured"));
}

TEST_F(CheckTest, AMachineThatKnowsOfNoValueChangesNone) {
  handler_.defaults["a"] = {"here", /*keep_old=*/true};
  const CheckResult first = Stable({});
  handler_.defaults.clear();
  const CheckResult second = Stable({}, first.inputs);
  EXPECT_EQ(second.inputs.at("a"), PropertyValue("here"));
  EXPECT_EQ(second.inputs.at("__defaults"), first.inputs.at("__defaults"));
  // A new object has no value to keep, and one that the program gives is its own.
  EXPECT_FALSE(Stable({}).inputs.contains("a"));
  EXPECT_EQ(Stable({{"a", "here"}}, first.inputs).inputs.at("__defaults"),
            PropertyValue(PropertyArray{"hours", "name", "region"}));
  // What cannot be decided yet must not be told as if it were.
  handler_.defaults["a"] = {Unknown{}};
  EXPECT_FALSE(Check({}, first.inputs).inputs.contains("a"));
  EXPECT_EQ(Check(first.inputs, first.inputs).inputs, first.inputs);
}

TEST_F(CheckTest, ADefaultThatThisVersionHasNoMoreStaysWhileItFits) {
  const CheckResult first = Check({{"any", 5}});
  shape_.inputs.properties["hours"] = Integer();
  EXPECT_EQ(Stable({{"any", 5}}, first.inputs).inputs, first.inputs);
  shape_.inputs.properties["hours"] = String();
  EXPECT_FALSE(Stable({{"any", 5}}, first.inputs).inputs.contains("hours"));
}

TEST_F(CheckTest, BadInputIsAFailureAndNeverACrash) {
  PropertyValue deep = 1;
  for (int i = 0; i < 1000; ++i) {
    deep = i % 2 == 0 ? PropertyValue(PropertyArray{std::move(deep)})
                      : PropertyValue(PropertyMap{{"d", std::move(deep)}});
  }
  const auto nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<PropertyValue> values = {PropertyValue(),
                                             true,
                                             nan,
                                             -0.0,
                                             "",
                                             std::string(1u << 20, 'x'),
                                             PropertyArray{},
                                             PropertyMap{},
                                             PropertyArray{Null{}},
                                             deep,
                                             MakeSecret(deep),
                                             value::Bytes{"\xff"},
                                             value::Asset{},
                                             value::Archive{},
                                             value::ResourceReference{},
                                             value::Output{}};
  for (const auto& [name, property] : shape_.inputs.properties) {
    for (const PropertyValue& bad : values) {
      Check({{name, bad}});
      Check({}, {{name, bad}, {"__defaults", PropertyArray{name}}});
      Check({{name, bad}, {"__defaults", PropertyArray{name, bad}}}, {{"__defaults", bad}});
    }
  }
  EXPECT_EQ(Reasons(Check({{"hours", nan}})),
            Texts{"<hours> expected a whole number, found a number that is not finite [type]"});
  input_ = {};
  Check({});
}

class ArgumentsTest : public CheckTest {
 protected:
  CheckedArguments Arguments(const PropertyMap& args) {
    return CheckArguments({Object({{"bits", Default(Integer(), 5)}, {"pem", Required(String())}}),
                           test_.services, settings_.skip_checks,
                           [](const PropertyMap& values, resource::Findings& findings) {
                             if (values.contains("bad")) findings.Fail({}, "test.bad", "is bad");
                           },
                           "urn:f"},
                          args);
  }
};

TEST_F(ArgumentsTest, AreUnwrappedAndFilled) {
  const CheckedArguments checked = Arguments({{"pem", MakeSecret("p")}, {"bits", Null{}}});
  EXPECT_EQ(checked.values, (PropertyMap{{"bits", 5}, {"pem", "p"}}));
  EXPECT_EQ(checked.secret_paths, std::set<PropertyPath>{PropertyPath("pem")});
  EXPECT_TRUE(checked.failures.empty());
}

TEST_F(ArgumentsTest, FailuresAreThoseOfAFunction) {
  const CheckedArguments checked = Arguments({{"bad", 1}});
  ASSERT_EQ(checked.failures.size(), 3u);
  EXPECT_EQ(checked.failures[0].reason,
            "bad: is not an argument of this function; known are bits, pem [unknown-property]");
  EXPECT_EQ(checked.failures[1].property, "pem");
  EXPECT_EQ(checked.failures[2].reason, "is bad [test.bad]");
}

}  // namespace
}  // namespace palisade::lifecycle

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/lifecycle/thing_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(ProviderTest, AnUnknownTypeIsNamedWithTheNearestOne) {
  const auto diff = provider_.Diff({{"", "", "p:m:Thin"}, "id", {}, {}, {}, {}});
  EXPECT_EQ(diff.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(base::Message(diff.status()), HasSubstr("p:m:Thing"));
  EXPECT_EQ(provider_.Create({{}, {}, {}, true}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ProviderTest, GoneIsAnEmptyId) {
  script_.read = [](const resource::ReadRequest&) { return std::nullopt; };
  const auto read =
      provider_.Read({subject_, "id-1", PropertyMap{{"arn", "x"}}, PropertyMap{}, {}});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->id, "");
}

TEST_F(ProviderTest, ARefreshKeepsSecretsDefaultsAndTheUsersSpelling) {
  script_.read = [](const resource::ReadRequest& request)
      -> absl::StatusOr<std::optional<resource::ReadResult>> {
    EXPECT_NE(request.old_inputs, nullptr);
    resource::ReadResult result;
    result.id = request.id;
    result.inputs = {{"name", "b"}, {"size", 3}, {"tier", "standard"}};
    result.outputs = {{"arn", "x"}, {"token", "t"}};
    return result;
  };
  const auto read =
      provider_.Read({subject_,
                      "id-1",
                      PropertyMap{{"__v", 1}, {"arn", "x"}, {"name", MakeSecret("a")}},
                      PropertyMap{{"name", MakeSecret("a")},
                                  {"passwordWo", MakeSecret("pw")},
                                  {"__defaults", PropertyArray{"name"}}},
                      {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->inputs, (PropertyMap{{"__defaults", PropertyArray{"name"}},
                                       {"name", MakeSecret("b")},
                                       {"passwordWo", MakeSecret("pw")}}));
  EXPECT_EQ(read->properties.at("token"), MakeSecret("t"));
  EXPECT_EQ(read->properties.at("name"), MakeSecret("b"));
}

TEST_F(ProviderTest, ANameThatTheStateShowsIsNoDriftFromTheOneThatCheckMade) {
  std::string now = "of-another-run";
  script_.read = [&](const resource::ReadRequest& request)
      -> absl::StatusOr<std::optional<resource::ReadResult>> {
    resource::ReadResult result;
    result.id = request.id;
    result.inputs = {{"name", now}};
    result.outputs = {{"arn", "x"}, {"token", "t"}};
    return result;
  };
  const PropertyMap outputs{{"__v", 1}, {"arn", "x"}, {"name", "of-another-run"}};
  const PropertyMap made{{"name", "of-this-run"}, {"__defaults", PropertyArray{"name"}}};
  const auto name_of = [&](const PropertyMap& inputs) {
    const auto read = provider_.Read({subject_, "id-1", outputs, inputs, {}});
    return read.ok() ? read->inputs->at("name") : value::PropertyValue();
  };
  EXPECT_EQ(name_of(made), value::PropertyValue("of-this-run"));
  // A name that the user wrote is the user's to hear of, and so is another one in the cloud.
  EXPECT_EQ(name_of({{"name", "of-this-run"}}), value::PropertyValue("of-another-run"));
  now = "renamed";
  EXPECT_EQ(name_of(made), value::PropertyValue("renamed"));
}

TEST_F(ProviderTest, ARefreshAddsNothingToAProgramThatSaysNothing) {
  script_.read = [](const resource::ReadRequest& request)
      -> absl::StatusOr<std::optional<resource::ReadResult>> {
    resource::ReadResult result;
    result.id = request.id;
    result.inputs = {{"zone", "a"}};
    result.outputs = {{"arn", "x"}, {"token", "t"}};
    return result;
  };
  const PropertyMap outputs{{"__v", 1}, {"arn", "x"}, {"zone", "a"}};
  const auto read = provider_.Read({subject_, "id-1", outputs, PropertyMap{}, {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->inputs, PropertyMap());
  // Without inputs, the outputs tell what they were.
  const auto without = provider_.Read({subject_, "id-1", outputs, std::nullopt, {}});
  ASSERT_TRUE(without.ok()) << without.status();
  EXPECT_EQ(without->inputs, (PropertyMap{{"zone", "a"}}));
}

TEST_F(ProviderTest, AnImportTellsWhatItCouldNotRead) {
  script_.read = [](const resource::ReadRequest& request)
      -> absl::StatusOr<std::optional<resource::ReadResult>> {
    EXPECT_EQ(request.old_inputs, nullptr);
    EXPECT_EQ(request.old_outputs, nullptr);
    resource::ReadResult result;
    result.id = "id-real";
    result.inputs = {{"name", "a"}, {"tier", "standard"}};
    result.unreadable = {"secretText"};
    return result;
  };
  for (const std::optional<PropertyMap>& bag :
       {std::optional<PropertyMap>(), std::optional(PropertyMap{})}) {
    const auto read = provider_.Read({subject_, "file", bag, bag, {}});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->id, "id-real");
    EXPECT_EQ(read->inputs,
              (PropertyMap{{"name", "a"}, {"__unread", PropertyArray{"secretText"}}}));
    // What the program says of it is then no difference.
    const auto diff = provider_.Diff({subject_,
                                      "id-real",
                                      read->properties,
                                      read->inputs,
                                      {{"name", "a"}, {"secretText", "s"}},
                                      {}});
    ASSERT_TRUE(diff.ok());
    EXPECT_TRUE(diff->changes.empty());
    EXPECT_TRUE(script_.just_imported);
  }
  // The run after it has the program's inputs in the state.
  const PropertyMap program{{"name", "a"}, {"secretText", "s"}};
  ASSERT_TRUE(provider_.Diff({subject_, "id-real", {{"__v", 1}}, program, program, {}}).ok());
  EXPECT_FALSE(script_.just_imported);
}

TEST_F(ProviderTest, AHalfMadeObjectAnswersItsFailureAgain) {
  script_.read =
      [](const resource::ReadRequest&) -> absl::StatusOr<std::optional<resource::ReadResult>> {
    resource::ReadResult result;
    result.init_failures = {"still FAILED"};
    return result;
  };
  const auto read = provider_.Read({subject_, "id-1", PropertyMap{{"arn", "x"}}, {}, {}});
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->id, "id-1");
  EXPECT_THAT(read->init_failures, ElementsAre("still FAILED"));
}

TEST_F(ProviderTest, StateOfAnotherPackageIsMigrated) {
  const auto diff = provider_.Diff({subject_,
                                    "id-1",
                                    {{"oldName", "a"}, {"arn", "x"}},
                                    PropertyMap{{"oldName", "a"}},
                                    {{"name", "a"}},
                                    {}});
  ASSERT_TRUE(diff.ok());
  EXPECT_TRUE(diff->changes.empty());
  // State of today's version is left alone.
  const auto today = provider_.Diff({subject_,
                                     "id-1",
                                     {{"__v", 1}, {"oldName", "a"}},
                                     PropertyMap{{"oldName", "a"}},
                                     {{"name", "a"}},
                                     {}});
  EXPECT_FALSE(today->changes.empty());
}

TEST_F(ProviderTest, OldOutputsServeWhereOldInputsAreMissing) {
  const auto diff = provider_.Diff({subject_,
                                    "id-1",
                                    {{"__v", 1}, {"name", "a"}, {"arn", "x"}},
                                    std::nullopt,
                                    {{"name", "b"}},
                                    {}});
  ASSERT_TRUE(diff.ok());
  ASSERT_EQ(diff->changes.size(), 1u);
  EXPECT_EQ(diff->changes.begin()->first.Text(), "name");
}

TEST_F(ProviderTest, IgnoredChangesAreNone) {
  const PropertyMap olds{{"name", "a"}, {"size", 1}};
  const auto diff =
      provider_.Diff({subject_, "id", {{"__v", 1}}, olds, {{"name", "b"}, {"size", 2}}, {"name"}});
  ASSERT_TRUE(diff.ok());
  ASSERT_EQ(diff->changes.size(), 1u);
  EXPECT_EQ(diff->changes.begin()->first.Text(), "size");
  EXPECT_THAT(reporter_.warnings, ElementsAre());
  // The engine passes over what is no path.
  EXPECT_EQ(
      provider_
          .Diff({subject_, "id", {{"__v", 1}}, olds, {{"name", "b"}, {"size", 1}}, {"a[", ""}})
          ->changes.size(),
      1u);
  EXPECT_THAT(reporter_.warnings,
              ElementsAre("ignoreChanges: \"a[\" is not a property path: a bracket is not closed; "
                          "expected a form such as a.b[0][\"c.d\"]; nothing is ignored by it"));
}

TEST_F(ProviderTest, OfWhatIsIgnoredNoWarningIsGiven) {
  script_.diff = [](resource::Findings& findings) {
    findings.Warn(value::PropertyPath("ready"), "thing.ready", "is due");
    findings.Warn(value::PropertyPath("spec").Child("note"), "thing.note", "is unusual");
    findings.Warn(value::PropertyPath("size"), "thing.size", "is unusual");
  };
  script_.changes = [](resource::Changes& changes) {
    changes[value::PropertyPath("ready")] = {resource::ChangeKind::kUpdate, true, false};
  };
  const PropertyMap bag{{"size", 1}};
  const auto diff =
      provider_.Diff({subject_, "id", {{"__v", 1}}, bag, bag, {"ready", "spec", "size.deep"}});
  ASSERT_TRUE(diff.ok());
  EXPECT_TRUE(diff->changes.empty());
  EXPECT_THAT(reporter_.warnings, ElementsAre("size: is unusual [thing.size]"));
}

TEST_F(ProviderTest, AReplacementThatKeepsAGivenNameDeletesFirst) {
  const auto deletes_first = [&](const PropertyMap& olds, const PropertyMap& news) {
    return provider_.Diff({subject_, "id", {{"__v", 1}}, olds, news, {}})->delete_before_replace;
  };
  EXPECT_TRUE(deletes_first({{"name", "a"}, {"zone", "x"}}, {{"name", "a"}, {"zone", "y"}}));
  EXPECT_FALSE(deletes_first({{"name", "a"}, {"zone", "x"}}, {{"name", "b"}, {"zone", "y"}}));
  // Check makes another name for the replacement.
  EXPECT_FALSE(
      deletes_first({{"name", "a"}, {"zone", "x"}, {"__defaults", PropertyArray{"name"}}},
                    {{"name", "a"}, {"zone", "y"}, {"__defaults", PropertyArray{"name"}}}));
  // The engine may make a replacement of any change (`replaceOnChanges`), or of none.
  EXPECT_TRUE(deletes_first({{"name", "a"}, {"size", 1}}, {{"name", "a"}, {"size", 2}}));
  EXPECT_TRUE(deletes_first({{"name", "a"}, {"size", 1}}, {{"name", "a"}, {"size", 1}}));
  EXPECT_FALSE(deletes_first({{"name", "a"}, {"size", 1}, {"__defaults", PropertyArray{"name"}}},
                             {{"name", "a"}, {"size", 2}, {"__defaults", PropertyArray{"name"}}}));
  EXPECT_FALSE(deletes_first({{"size", 1}}, {{"size", 2}}));
}

TEST_F(ProviderTest, ATypeOfWhichThereIsRoomForOneDeletesFirst) {
  const PropertyMap olds{{"zone", "x"}, {"size", 1}};
  script_.traits.delete_before_replace = true;
  const auto deletes_first = [&](const PropertyMap& news) {
    return provider_.Diff({subject_, "id", {{"__v", 1}}, olds, news, {}})->delete_before_replace;
  };
  EXPECT_TRUE(deletes_first({{"zone", "y"}, {"size", 1}}));
  EXPECT_TRUE(deletes_first({{"zone", "x"}, {"size", 2}}));
}

TEST_F(ProviderTest, WarningsOfADiffNameTheirRuleAndCanBeSilenced) {
  script_.diff = [](resource::Findings& findings) {
    findings.Warn(value::PropertyPath("size"), "thing.size", "is unusual");
  };
  const PropertyMap bag{{"size", 1}};
  ASSERT_TRUE(provider_.Diff({subject_, "id", {{"__v", 1}}, bag, bag, {}}).ok());
  EXPECT_THAT(reporter_.warnings, ElementsAre("size: is unusual [thing.size]"));

  reporter_.warnings.clear();
  const PropertyMap silent{{"size", 1}, {"skipChecks", PropertyArray{"thing.size"}}};
  ASSERT_TRUE(provider_.Diff({subject_, "id", {{"__v", 1}}, bag, silent, {}}).ok());
  EXPECT_TRUE(reporter_.warnings.empty());
}

}  // namespace
}  // namespace palisade::lifecycle

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/lifecycle/thing_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(ProviderTest, APreviewSaysWhatIsCertainAndLeavesTheRestUnknown) {
  script_.create = [](resource::Call&, const PropertyMap&) -> absl::StatusOr<Created> {
    return base::Internal("a preview must not create");
  };
  const auto preview =
      provider_.Create({subject_,
                        {{"name", "a"}, {"spec", PropertyMap{{"key", Unknown{}}, {"note", "n"}}}},
                        {},
                        true});
  ASSERT_TRUE(preview.ok()) << preview.status();
  const PropertyMap& outputs = preview->properties;
  EXPECT_EQ(outputs.at("name"), value::PropertyValue("a"));
  EXPECT_EQ(outputs.at("spec"),
            value::PropertyValue(PropertyMap{{"key", MakeSecret(Unknown{})}, {"note", "n"}}));
  EXPECT_TRUE(outputs.at("arn").IsUnknown());
  EXPECT_TRUE(outputs.at("tier").IsUnknown()) << "the service fills it";
  EXPECT_EQ(outputs.at("token"), MakeSecret(Unknown{}));
  EXPECT_FALSE(outputs.contains("size")) << "an input that was not given stays absent";
}

TEST_F(ProviderTest, CreateWrapsWhatWasSecretAndWhatTheSchemaSays) {
  const auto created = provider_.Create({subject_,
                                         {{"name", MakeSecret("a")},
                                          {"secretText", "plain on the way in"},
                                          {"spec", PropertyMap{{"key", "k"}}},
                                          {"passwordWo", MakeSecret("pw")},
                                          {"skipChecks", PropertyArray{"type"}},
                                          {"__defaults", PropertyArray{"name"}}},
                                         {},
                                         false});
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->id, "id-1");
  EXPECT_EQ(created->properties, (PropertyMap{{"__v", 1},
                                              {"arn", "arn-1"},
                                              {"name", MakeSecret("a")},
                                              {"secretText", MakeSecret("plain on the way in")},
                                              {"spec", PropertyMap{{"key", MakeSecret("k")}}},
                                              {"token", MakeSecret("t")}}));
}

TEST_F(ProviderTest, AFailureAfterTheObjectExistsKeepsItsId) {
  script_.create = [](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    call.RecordId("id-7", {{"arn", "arn-7"}});
    return base::Error(absl::StatusCode::kUnavailable, "the reply was lost");
  };
  const auto created = provider_.Create({subject_, {{"name", "a"}}, {}, false});
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->id, "id-7");
  EXPECT_THAT(created->init_failures, ElementsAre("the reply was lost"));
  EXPECT_EQ(created->code, absl::StatusCode::kUnavailable);
  EXPECT_EQ(created->properties.at("arn"), value::PropertyValue("arn-7"));
}

TEST_F(ProviderTest, AFailureBeforeThatIsAFailure) {
  script_.create = [](resource::Call&, const PropertyMap&) -> absl::StatusOr<Created> {
    return base::Error(absl::StatusCode::kPermissionDenied, "no");
  };
  EXPECT_EQ(provider_.Create({subject_, {}, {}, false}).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_F(ProviderTest, AnUnfinishedCreationIsFinishedByAnUpdateWithoutADifference) {
  script_.await = [](PropertyMap) -> absl::StatusOr<PropertyMap> {
    return base::Error(absl::StatusCode::kDeadlineExceeded, "not ready");
  };
  const auto created = provider_.Create({subject_, {{"name", "a"}}, {}, false});
  ASSERT_TRUE(created.ok());
  EXPECT_THAT(created->init_failures, ElementsAre("not ready"));

  script_.await = [](PropertyMap outputs) -> absl::StatusOr<PropertyMap> { return outputs; };
  const auto updated = provider_.Update({subject_,
                                         "id-1",
                                         created->properties,
                                         PropertyMap{{"name", "a"}},
                                         {{"name", "a"}},
                                         {},
                                         {},
                                         false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_TRUE(updated->init_failures.empty());
  EXPECT_EQ(script_.updates, 0);
  EXPECT_EQ(script_.awaits, 2);
  EXPECT_EQ(updated->properties.at("arn"), value::PropertyValue("arn-1"));
}

TEST_F(ProviderTest, AnUpdateActsOnWhatOnlyTheHandlersDiffShows) {
  script_.changes = [](resource::Changes& changes) {
    changes[value::PropertyPath("arn")] = {resource::ChangeKind::kUpdate, false, false};
  };
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", "standard"}};
  const auto updated = provider_.Update(
      {subject_, "id-1", olds, PropertyMap{{"size", 1}}, {{"size", 1}}, {}, {}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(script_.updates, 1);
}

TEST_F(ProviderTest, ACreateKnowsWhatCheckFilled) {
  std::set<std::string> filled;
  script_.create = [&](resource::Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    filled = call.filled();
    return Created{"id-1", {{"arn", "arn-1"}, {"token", "t"}}};
  };
  ASSERT_TRUE(
      provider_
          .Create({subject_, {{"name", "n-1"}, {"__defaults", PropertyArray{"name"}}}, {}, false})
          .ok());
  EXPECT_EQ(filled, std::set<std::string>{"name"});
}

TEST_F(ProviderTest, AnUpdateAnswersTheNewInputs) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", "standard"}};
  const auto updated = provider_.Update(
      {subject_, "id-1", olds, PropertyMap{{"size", 1}}, {{"size", 2}}, {}, {}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(script_.updates, 1);
  EXPECT_EQ(updated->properties,
            (PropertyMap{{"__v", 1}, {"arn", "x"}, {"size", 2}, {"tier", "standard"}}));
}

TEST_F(ProviderTest, AnUpdateAnswersTheNewInputsAlsoWhenStateHasTheServicesOwnSpelling) {
  const PropertyMap olds{{"__v", 1}, {"arn", "x"}, {"size", 7}, {"tier", "standard"}};
  const auto updated = provider_.Update(
      {subject_, "id-1", olds, PropertyMap{{"size", 1}}, {{"size", 2}}, {}, {}, false});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->properties.at("size"), value::PropertyValue(2));
  EXPECT_EQ(updated->properties.at("tier"), value::PropertyValue("standard"));
}

TEST_F(ProviderTest, RealCallsRefuseUnknowns) {
  EXPECT_EQ(provider_.Create({subject_, {{"name", Unknown{}}}, {}, false}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(provider_.Update({subject_, "id", {}, {}, {{"name", Unknown{}}}, {}, {}, false})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(ProviderTest, AnAnswerNeverHoldsAnUnknown) {
  script_.create = [](resource::Call&, const PropertyMap&) -> absl::StatusOr<Created> {
    return Created{"id-1", {{"arn", Unknown{}}}};
  };
  const auto created = provider_.Create({subject_, {}, {}, false});
  ASSERT_TRUE(created.ok());
  EXPECT_EQ(created->id, "id-1");
  EXPECT_FALSE(value::ContainsUnknown(created->properties));
  EXPECT_EQ(created->init_failures.size(), 1u);
}

}  // namespace
}  // namespace palisade::lifecycle

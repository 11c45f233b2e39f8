// That what is secret in a request is secret in everything that follows from it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/lifecycle/thing_for_test.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using resource::Call;
using resource::ReadRequest;
using resource::ReadResult;
using resource::UpdateRequest;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using value::PropertyPath;
using value::PropertyValue;

constexpr char kSecret[] = "Hunter2-of-Ann";

class SecrecyTest : public ProviderTest {
 protected:
  // What a service says of a value that it does not like.
  static absl::Status Refusal() {
    absl::Status refusal =
        base::Error(absl::StatusCode::kPermissionDenied, "'hunter2-of-ann' of 48291 is bad");
    refusal.SetPayload("url", absl::Cord("payload"));
    return refusal;
  }
  static void ExpectRedacted(const absl::Status& status) {
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(base::Message(status), "'[secret]' of [secret] is bad");
    EXPECT_TRUE(status.GetPayload("url").has_value());
  }
  // Every way of telling something.
  static void Tell(const Call& call) {
    const std::string text = std::string("about ") + kSecret;
    call.Warn(text);
    call.Info(text);
    call.Debug(text);
    call.Status(text);
    call.Aftermath({}).Warn(text);
  }

  absl::StatusOr<Outcome> Update(const PropertyMap& old_inputs, const PropertyMap& outputs,
                                 const PropertyMap& news, std::vector<std::string> ignored = {},
                                 bool preview = false) {
    return provider_.Update(
        {subject_, "id-1", outputs, old_inputs, news, {}, std::move(ignored), preview});
  }
  // A read that finds `inputs`.
  void Find(PropertyMap inputs, PropertyMap outputs = {}) {
    ReadResult result{"id-1", std::move(inputs), std::move(outputs), {}, {}};
    result.outputs.emplace("arn", "x");
    script_.read = [result](const ReadRequest&) -> absl::StatusOr<std::optional<ReadResult>> {
      return result;
    };
  }

  const PropertyMap inputs_{{"name", MakeSecret(kSecret)}, {"size", MakeSecret(48291)}};
  const PropertyMap outputs_{{"__v", 1}, {"arn", "x"}, {"name", MakeSecret(kSecret)}};
};

TEST_F(SecrecyTest, NoErrorOfAHandlerTellsASecret) {
  script_.create = [](Call&, const PropertyMap&) -> absl::StatusOr<Created> { return Refusal(); };
  ExpectRedacted(provider_.Create({subject_, inputs_, {}, false}).status());
  script_.update = [](Call&, const UpdateRequest&) -> absl::StatusOr<PropertyMap> {
    return Refusal();
  };
  // Old values are secret, too.
  ExpectRedacted(Update(inputs_, outputs_, {{"name", "b"}}).status());
  script_.read = [](const ReadRequest&) -> absl::StatusOr<std::optional<ReadResult>> {
    return Refusal();
  };
  ExpectRedacted(provider_.Read({subject_, "id-1", outputs_, inputs_, {}}).status());
  script_.deleted = Refusal();
  ExpectRedacted(provider_.Delete({subject_, "id-1", outputs_, inputs_, {}}));
  script_.invoke = [](Call&) { return Refusal(); };
  EXPECT_EQ(
      base::Message(provider_.Invoke("p:m:echo", {{"text", MakeSecret(kSecret)}}, false).status()),
      "'[secret]' of 48291 is bad");
}

TEST_F(SecrecyTest, NoReasonOfAnUnfinishedObjectTellsASecret) {
  script_.await = [](const PropertyMap&) -> absl::StatusOr<PropertyMap> { return Refusal(); };
  const auto created = provider_.Create({subject_, inputs_, {}, false});
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_THAT(created->init_failures, ElementsAre("'[secret]' of [secret] is bad"));
  const auto updated = Update(inputs_, outputs_, {{"name", "b"}});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_THAT(updated->init_failures, ElementsAre("'[secret]' of [secret] is bad"));
  script_.read = [](const ReadRequest&) -> absl::StatusOr<std::optional<ReadResult>> {
    ReadResult result;
    result.init_failures = {base::Message(Refusal())};
    return result;
  };
  const auto read = provider_.Read({subject_, "id-1", outputs_, inputs_, {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(read->init_failures, ElementsAre("'[secret]' of [secret] is bad"));
}

TEST_F(SecrecyTest, NoMessageOfAHandlerTellsASecret) {
  script_.create = [](Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    Tell(call);
    return Created{"id-1", {{"arn", "x"}}};
  };
  ASSERT_TRUE(provider_.Create({subject_, inputs_, {}, false}).ok());
  EXPECT_EQ(reporter_.all.size(), 5U);
  EXPECT_THAT(reporter_.all, Each(std::string("about [secret]")));
}

TEST_F(SecrecyTest, AWarningOfADifferenceDoesNotTellWhatWasSecret) {
  script_.diff = [](resource::Findings& findings) {
    findings.Warn(PropertyPath("name"), "t.left", std::string("it stays ") + kSecret);
  };
  ASSERT_TRUE(provider_.Diff({subject_, "id-1", outputs_, inputs_, {{"name", "b"}}, {}}).ok());
  EXPECT_THAT(reporter_.all, ElementsAre("name: it stays [secret] [t.left]"));
}

TEST_F(SecrecyTest, AListDoesNotTellASecretOfItsQuery) {
  script_.list_failure = Refusal();
  const auto emit = [](const resource::ListPage::Item&) { return true; };
  const auto listed =
      provider_.List({"p:m:Thing", {{"prefix", MakeSecret(kSecret)}}, 0, 0, ""}, emit);
  EXPECT_EQ(base::Message(listed.status()), "'[secret]' of 48291 is bad");
}

TEST_F(SecrecyTest, WithoutASecretEverythingIsTold) {
  script_.create = [](Call& call, const PropertyMap&) -> absl::StatusOr<Created> {
    Tell(call);
    return Refusal();
  };
  EXPECT_EQ(provider_.Create({subject_, {{"name", kSecret}}, {}, false}).status(), Refusal());
  EXPECT_THAT(reporter_.all, Each(HasSubstr(kSecret)));
}

TEST_F(SecrecyTest, WhatMirrorsAnInputHasItsSecrets) {
  const PropertyMap plain{{"stage", "test"}, {"token", kSecret}, {"team", "a"}};
  const PropertyValue mirrored =
      PropertyMap{{"stage", "test"}, {"token", MakeSecret(kSecret)}, {"team", "a"}};
  const PropertyMap inputs{
      {"labels", PropertyMap{{"stage", "test"}, {"token", MakeSecret(kSecret)}}}};
  script_.create = [plain](Call&, const PropertyMap&) {
    return Created{"id-1", {{"arn", "x"}, {"labelsAll", plain}}};
  };
  const auto created = provider_.Create({subject_, inputs, {}, false});
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->properties.at("labelsAll"), mirrored);
  EXPECT_EQ(provider_.Create({subject_, inputs, {}, true})->properties.at("labelsAll"),
            MakeSecret(Unknown{}));
  Find({{"labels", PropertyMap{{"stage", "test"}, {"token", kSecret}}}}, {{"labelsAll", plain}});
  const auto read = provider_.Read({subject_, "id-1", created->properties, inputs, {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->properties.at("labelsAll"), mirrored);
  PropertyMap news = inputs;
  news["size"] = 2;
  const auto updated = Update(inputs, created->properties, news);
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->properties.at("labelsAll"), mirrored);
  // What is not secret any more is not secret there either.
  news["labels"] = PropertyMap{{"stage", "test"}, {"token", kSecret}};
  EXPECT_EQ(Update(inputs, created->properties, news)->properties.at("labelsAll"),
            PropertyValue(plain));
  const auto whole = provider_.Create(
      {subject_, {{"labels", MakeSecret(PropertyMap{{"token", kSecret}})}}, {}, false});
  EXPECT_EQ(whole->properties.at("labelsAll"), MakeSecret(plain));
}

TEST_F(SecrecyTest, ASecretOfAnotherPackagesStateKeepsIt) {
  Find({{"name", kSecret}});
  const PropertyMap foreign{{"arn", "x"}, {"oldName", MakeSecret(kSecret)}};
  const auto read = provider_.Read({subject_, "id-1", foreign, foreign, {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->inputs->at("name"), MakeSecret(kSecret));
  EXPECT_EQ(read->properties.at("name"), MakeSecret(kSecret));
}

TEST_F(SecrecyTest, ASecretThatTheServiceKeepsStaysOne) {
  script_.await = [](PropertyMap outputs) -> absl::StatusOr<PropertyMap> {
    outputs["tier"] = kSecret;
    return outputs;
  };
  const PropertyMap olds{{"size", 1}, {"tier", MakeSecret(kSecret)}};
  const PropertyMap outputs{{"__v", 1}, {"arn", "x"}, {"size", 1}, {"tier", MakeSecret(kSecret)}};
  for (const bool preview : {false, true}) {
    const auto updated = Update(olds, outputs, {{"size", 2}}, {}, preview);
    ASSERT_TRUE(updated.ok()) << updated.status();
    EXPECT_TRUE(updated->properties.at("tier").Is<value::Secret>());
    EXPECT_EQ(updated->properties.at("size"), PropertyValue(2));
  }
  // A program that says it in plain means it.
  const auto said = Update(olds, outputs, {{"size", 1}, {"tier", "plain"}});
  EXPECT_FALSE(said->properties.at("tier").Is<value::Secret>());
}

TEST_F(SecrecyTest, OutputsAmongTheArgumentsOfAGetAreSecret) {
  const PropertyMap arguments{{"name", "a"}, {"token", kSecret}};
  script_.read = [](const ReadRequest& request) -> absl::StatusOr<std::optional<ReadResult>> {
    return ReadResult{"id-1", *request.old_inputs, *request.old_outputs, {}, {}};
  };
  const auto read = provider_.Read({subject_, "id-1", arguments, arguments, {}});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->inputs, (PropertyMap{{"name", "a"}, {"token", MakeSecret(kSecret)}}));
}

TEST_F(SecrecyTest, WhatTheUserIgnoresIsNotCarriedOut) {
  script_.changes = [](resource::Changes& changes) {
    changes[PropertyPath("arn")] = {resource::ChangeKind::kUpdate, false, false};
  };
  std::vector<bool> ignores;
  script_.update = [&](Call&, const UpdateRequest& request) -> absl::StatusOr<PropertyMap> {
    ignores.push_back(request.Ignores("arn"));
    return request.old_outputs;
  };
  const PropertyMap outputs{{"__v", 1}, {"arn", "x"}, {"size", 1}};
  ASSERT_TRUE(Update({{"size", 1}}, outputs, {{"size", 1}}, {"arn"}).ok());
  EXPECT_EQ(script_.updates, 0);
  ASSERT_TRUE(Update({{"size", 1}}, outputs, {{"size", 2}}, {"arn"}).ok());
  ASSERT_TRUE(Update({{"size", 1}}, outputs, {{"size", 2}}).ok());
  EXPECT_EQ(ignores, (std::vector<bool>{true, false}));
  EXPECT_TRUE(Update({}, outputs, {}, {"a["}).ok());
}

}  // namespace
}  // namespace palisade::lifecycle

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/clouds/aws/core/thing_for_test.h"

namespace palisade::aws {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Thing;
using testing::World;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

// An object of the stand-in, and its state.
class Life : public ::testing::Test {
 protected:
  Life() {
    world.ec2.objects[id] = {"a", {{"own", "1"}}, true};
    inputs = {{"name", "a"}, {"region", "eu-west-1"}, {"tags", PropertyMap{{"own", "1"}}}};
    outputs = {{"thingId", id},
               {"accountId", "111122223333"},
               {"region", "eu-west-1"},
               {"renamed", true},
               {"tagsAll", PropertyMap{{"own", "1"}}}};
  }
  void Configure(PropertyMap aws) {
    aws.emplace("region", "eu-west-1");
    world.Configure(std::move(aws));
  }
  absl::StatusOr<std::optional<resource::ReadResult>> Read() {
    resource::Call call = world.MakeCall();
    return Thing(*world.cloud).Read(call, {id, &inputs, &outputs});
  }
  resource::Changes Diff(const PropertyMap& news, resource::Changes changes = {}) {
    resource::Findings findings;
    Thing(*world.cloud)
        .Diff({id, inputs, outputs, news, world.clock, *world.settings}, changes, findings);
    return changes;
  }

  World world;
  const std::string id = "thing-7";
  PropertyMap inputs, outputs;
};

TEST_F(Life, ReadTellsWhatThereIs) {
  world.ec2.objects[id].tags["aws:cloudformation:stack"] = "x";
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_TRUE(*read);
  EXPECT_EQ((*read)->inputs, inputs);
  EXPECT_EQ((*read)->outputs, outputs);
  EXPECT_TRUE((*read)->init_failures.empty());
}

TEST_F(Life, ReadOfWhatIsGoneIsNothing) {
  world.ec2.objects.clear();
  const auto read = Read();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(*read);
}

TEST_F(Life, DeleteTwiceIsFine) {
  const Thing thing(*world.cloud);
  for (int i = 0; i < 2; ++i) {
    resource::Call call = world.MakeCall();
    EXPECT_TRUE(thing.Delete(call, {id, inputs, outputs}).ok());
    EXPECT_TRUE(world.ec2.objects.empty());
  }
}

TEST_F(Life, IgnoredTagsAreNeitherShownNorTakenOff) {
  Configure({{"ignoreTags", PropertyMap{{"keys", PropertyArray{"owner"}},
                                        {"keyPrefixes", PropertyArray{"cost:"}}}}});
  world.ec2.objects[id].tags = {{"own", "1"}, {"owner", "them"}, {"cost:center", "7"}};
  const auto read = Read();
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_EQ((*read)->inputs, inputs);
  EXPECT_EQ((*read)->outputs, outputs);
  PropertyMap news = inputs;
  news["tags"] = PropertyMap{{"own", "2"}};
  resource::Call call = world.MakeCall();
  ASSERT_TRUE(Thing(*world.cloud).Update(call, {id, inputs, outputs, news}).ok());
  const Tags expected{{"own", "2"}, {"owner", "them"}, {"cost:center", "7"}};
  EXPECT_EQ(world.ec2.objects[id].tags, expected);
}

TEST_F(Life, DefaultTagsAreNotTheProgramsAndTheirChangeIsAnUpdate) {
  Configure({{"defaultTags", PropertyMap{{"tags", PropertyMap{{"team", "x"}}}}}});
  const resource::Changes changes = Diff(inputs);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes.begin()->first.Text(), "tagsAll");
  EXPECT_FALSE(changes.begin()->second.input);
  EXPECT_FALSE(changes.begin()->second.replace);

  resource::Call call = world.MakeCall();
  const Thing thing(*world.cloud);
  const auto updated = thing.Update(call, {id, inputs, outputs, inputs});
  ASSERT_TRUE(updated.ok()) << updated.status();
  outputs = *thing.Await(call, id, inputs, *updated);
  const Tags expected{{"own", "1"}, {"team", "x"}};
  EXPECT_EQ(world.ec2.objects[id].tags, expected);
  EXPECT_TRUE(Diff(inputs).empty());
  const auto read = Read();
  ASSERT_TRUE(read.ok() && *read);
  EXPECT_EQ((*read)->inputs, inputs);
  EXPECT_EQ((*read)->outputs.at("tagsAll"),
            PropertyValue(PropertyMap{{"own", "1"}, {"team", "x"}}));
}

// As aws-native's state has them, which keeps default tags among the program's; and as a program
// changes that moves a tag to the configuration or back.
TEST_F(Life, ATagThatOnlyMovesBetweenProgramAndDefaultsIsNoChange) {
  const PropertyPath team = PropertyPath("tags").Child("team");
  const auto one = [](PropertyPath path, resource::ChangeKind kind) {
    return resource::Changes{{std::move(path), {.kind = kind}}};
  };
  const resource::Changes gone = one(team, resource::ChangeKind::kDelete);
  const PropertyMap without = inputs;
  PropertyMap with = inputs;
  with["tags"] = outputs["tagsAll"] = PropertyMap{{"own", "1"}, {"team", "x"}};

  inputs = with;
  EXPECT_EQ(Diff(without, gone).size(), 1u);
  const auto defaults = [&](const char* text) {
    Configure({{"defaultTags", PropertyMap{{"tags", PropertyMap{{"team", text}}}}}});
  };
  defaults("y");
  EXPECT_EQ(Diff(without, gone).size(), 1u);
  defaults("x");
  EXPECT_TRUE(Diff(without, gone).empty());
  // What moves says nothing of what else differs.
  outputs["tagsAll"] = PropertyMap{{"own", "1"}, {"team", "x"}, {"other", "1"}};
  EXPECT_EQ(Diff(without, gone).begin()->first.Text(), "tagsAll");
  outputs.erase("tagsAll");
  EXPECT_TRUE(Diff(without, gone).empty());

  Configure({});
  inputs = without;
  outputs["tagsAll"] = with["tags"];
  EXPECT_TRUE(Diff(with, one(team, resource::ChangeKind::kAdd)).empty());
}

TEST_F(Life, AllTagsMayMoveToTheDefaults) {
  Configure({{"defaultTags", PropertyMap{{"tags", PropertyMap{{"own", "1"}}}}}});
  PropertyMap news = inputs;
  news.erase("tags");
  const resource::Changes gone{{PropertyPath("tags"), {.kind = resource::ChangeKind::kDelete}}};
  EXPECT_TRUE(Diff(news, gone).empty());
  inputs["tags"] = outputs["tagsAll"] = PropertyMap{{"own", "1"}, {"b", "1"}};
  EXPECT_EQ(Diff(news, gone).size(), 1u);
}

TEST_F(Life, DefaultTagsThatTheUserIgnoresAreNotPutOn) {
  Configure({{"defaultTags", PropertyMap{{"tags", PropertyMap{{"team", "x"}}}}}});
  PropertyMap news = inputs;
  news["name"] = "b";
  news["tags"] = PropertyMap{{"mine", "2"}};
  const std::vector<PropertyPath> ignored{PropertyPath("tagsAll")};
  resource::Call call = world.MakeCall();
  const auto updated = Thing(*world.cloud).Update(call, {id, inputs, outputs, news, ignored});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(world.ec2.objects[id].name, "b");
  EXPECT_EQ(world.ec2.objects[id].tags, (Tags{{"mine", "2"}}));
}

TEST_F(Life, ADescriptionThatIsAStepBehindDoesNotBringOldTagsBack) {
  PropertyMap news = inputs;
  news["tags"] = PropertyMap{{"own", "2"}};
  resource::Call call = world.MakeCall();
  const Thing thing(*world.cloud);
  const auto updated = thing.Update(call, {id, inputs, outputs, news});
  ASSERT_TRUE(updated.ok()) << updated.status();
  world.ec2.objects[id].tags = {{"own", "1"}};
  const auto settled = thing.Await(call, id, news, *updated);
  ASSERT_TRUE(settled.ok()) << settled.status();
  EXPECT_EQ(settled->at("tagsAll"), PropertyValue(PropertyMap{{"own", "2"}}));
}

TEST_F(Life, UnknownTagsMakeTagsAllUnknownInAPreview) {
  const Thing thing(*world.cloud);
  PropertyMap news = inputs;
  const auto preview = [&] {
    return thing.Preview({news, nullptr, nullptr, world.clock, *world.settings});
  };
  EXPECT_EQ(preview().at("tagsAll"), PropertyValue(PropertyMap{{"own", "1"}}));
  news["tags"] = PropertyMap{{"own", value::Unknown{}}};
  EXPECT_FALSE(preview().contains("tagsAll"));
  EXPECT_TRUE(Diff(news).empty());
}

TEST_F(Life, PreviewOfAnUpdateKeepsWhatStays) {
  PropertyMap news = inputs;
  news["name"] = "b";
  const PropertyMap preview =
      Thing(*world.cloud).Preview({news, &inputs, &outputs, world.clock, *world.settings});
  EXPECT_EQ(preview.at("thingId"), PropertyValue(id));
  EXPECT_EQ(preview.at("accountId"), PropertyValue("111122223333"));
  EXPECT_FALSE(preview.contains("renamed"));
  EXPECT_FALSE(preview.contains("name"));
  EXPECT_FALSE(preview.contains("region"));
}

TEST_F(Life, APlaceThatCheckFillsIsNoChangeWhereTheObjectIs) {
  const auto added = [](const char* name) {
    return resource::Changes{
        {PropertyPath(name), {.kind = resource::ChangeKind::kAdd, .replace = true}}};
  };
  EXPECT_TRUE(Diff(inputs, added("region")).empty());
  PropertyMap news = inputs;
  news["region"] = "eu-central-1";
  EXPECT_EQ(Diff(news, added("region")).size(), 1u);
  news["account"] = "other";
  EXPECT_EQ(Diff(news, added("account")).size(), 1u);
  outputs.erase("region");
  outputs.erase("accountId");
  EXPECT_TRUE(Diff(news, added("region")).empty());
  EXPECT_TRUE(Diff(news, added("account")).empty());
}

TEST_F(Life, ImportReadsFromTheRegionBehindTheId) {
  const Thing thing(*world.cloud);
  const auto import = [&](const std::string& text) {
    resource::Call call = world.MakeCall();
    const auto read = thing.Read(call, {text, nullptr, nullptr});
    EXPECT_TRUE(read.ok() && *read) << read.status();
    return **read;
  };
  const auto here = import(id);
  EXPECT_EQ(here.id, id);
  EXPECT_FALSE(here.inputs.contains("region"));
  const auto there = import(id + "@eu-central-1");
  EXPECT_EQ(there.id, id);
  EXPECT_EQ(there.inputs.at("region"), PropertyValue("eu-central-1"));
  EXPECT_THAT(world.transport.sent().back().url, HasSubstr("ec2.eu-central-1.amazonaws.com"));
}

TEST_F(Life, ListTellsTheRegionOfIdsFromElsewhere) {
  const auto list = [&](const PropertyMap& query) {
    resource::Call call = world.MakeCall();
    const std::string continuation;
    const auto page = Thing(*world.cloud).List(call, {query, continuation, 100});
    EXPECT_TRUE(page.ok()) << page.status();
    return page->items.at(0).id;
  };
  EXPECT_EQ(list({}), id);
  EXPECT_EQ(list({{"region", "us-east-1"}}), id + "@us-east-1");
}

TEST_F(Life, StateOfAwsNativeGetsATagMap) {
  PropertyMap old_inputs{{"tags", PropertyArray{PropertyMap{{"key", "a"}, {"value", "1"}},
                                                PropertyMap{{"key", "b"}, {"value", "2"}}}}};
  PropertyMap old_outputs = old_inputs;
  Thing(*world.cloud).Migrate(0, old_inputs, old_outputs);
  const PropertyValue expected = PropertyMap{{"a", "1"}, {"b", "2"}};
  EXPECT_EQ(old_inputs.at("tags"), expected);
  EXPECT_EQ(old_outputs.at("tags"), expected);
  EXPECT_EQ(old_outputs.at("tagsAll"), expected);
}

std::vector<std::string> RulesOf(const World& world, const PropertyMap& inputs) {
  resource::Findings findings;
  Thing(*world.cloud).Check({inputs, world.clock, *world.settings}, findings);
  std::vector<std::string> rules;
  for (const auto& failure : findings.failures()) {
    rules.push_back(failure.path.Text() + " " + failure.rule);
  }
  return rules;
}

TEST_F(Life, CheckKnowsPlacesAndTags) {
  EXPECT_THAT(RulesOf(world, inputs), ElementsAre());
  EXPECT_THAT(RulesOf(world, {}), ElementsAre("region aws.region"));
  EXPECT_THAT(RulesOf(world, {{"region", "eu-west-1a"}}), ElementsAre("region aws.region"));
  EXPECT_THAT(RulesOf(world, {{"region", value::Unknown{}}}), ElementsAre());
  EXPECT_THAT(RulesOf(world, {{"region", "eu-west-1"}, {"account", "prod"}}),
              ElementsAre("account aws.account"));
  EXPECT_THAT(RulesOf(world, {{"region", "eu-west-1"},
                              {"tags", PropertyMap{{"AWS:x", "1"}, {"palisade:creating", "1"}}}}),
              ElementsAre("tags[\"AWS:x\"] aws.tags.reserved",
                          "tags[\"palisade:creating\"] aws.tags.reserved"));
  const auto tagged = [](const std::string& key, const std::string& text) {
    return PropertyMap{{"region", "eu-west-1"}, {"tags", PropertyMap{{key, text}}}};
  };
  std::string most;
  for (int i = 0; i < 128; ++i) most += "\u00e9";
  EXPECT_THAT(RulesOf(world, tagged(most, most + most)), ElementsAre());
  EXPECT_THAT(RulesOf(world, tagged(most + "x", "")),
              ElementsAre("tags[\"" + most + "x\"] aws.tags.key"));
  EXPECT_THAT(RulesOf(world, tagged("a", most + most + "x")), ElementsAre("tags.a aws.tags.value"));
  const auto with_defaults = [&](PropertyMap tags) {
    Configure({{"defaultTags", PropertyMap{{"tags", std::move(tags)}}}});
  };
  with_defaults({{"Aws:y", "1"}, {"b", "1"}});
  EXPECT_THAT(RulesOf(world, tagged("a", "1")), ElementsAre("tags aws.tags.reserved"));
  PropertyMap many;
  for (int i = 0; i < 49; ++i) many["k" + std::to_string(i)] = "1";
  with_defaults(many);
  EXPECT_THAT(RulesOf(world, tagged("a", "1")), ElementsAre());
  many["b"] = "1";
  with_defaults(many);
  EXPECT_THAT(RulesOf(world, tagged("b", "2")), ElementsAre());
  EXPECT_THAT(RulesOf(world, tagged("a", "1")), ElementsAre("tags aws.tags.count"));
  Configure({{"skipRegionValidation", true}});
  EXPECT_THAT(RulesOf(world, {{"region", "moon-base-1"}}), ElementsAre());
}

TEST_F(Life, TheRegionComesFromConfigurationThenEnvironmentThenProfile) {
  const Thing thing(*world.cloud);
  const auto region = [&](const PropertyMap& given) {
    const auto defaults = thing.Defaults({given, *world.settings});
    const auto it = defaults.find("region");
    return it == defaults.end() ? resource::Default{} : it->second;
  };
  EXPECT_EQ(region({}).value, PropertyValue("eu-west-1"));
  EXPECT_FALSE(region({}).keep_old);
  world.Configure({{"accounts", PropertyMap{{"far", PropertyMap{{"region", "us-east-1"}}}}}});
  EXPECT_EQ(region({{"account", "far"}}).value, PropertyValue("us-east-1"));
  EXPECT_EQ(region({{"account", "nowhere"}}).value, PropertyValue());
  EXPECT_EQ(region({}).value, PropertyValue());
  world.environment["AWS_DEFAULT_REGION"] = "sa-east-1";
  EXPECT_EQ(region({}).value, PropertyValue("sa-east-1"));
  EXPECT_TRUE(region({}).keep_old);
  world.environment["AWS_REGION"] = "ca-central-1";
  EXPECT_EQ(region({}).value, PropertyValue("ca-central-1"));
}

TEST_F(Life, UpdateChangesWhatDiffersAndKeepsARecordWhenTagsFail) {
  PropertyMap news = inputs;
  news["name"] = "b";
  news["tags"] = PropertyMap{{"new", "1"}};
  world.ec2.before = [](const testing::Asked& asked) -> std::optional<http::FakeTransport::Answer> {
    if (asked.operation != "DeleteTags") return std::nullopt;
    return testing::Failure(403, "UnauthorizedOperation");
  };
  resource::Call call = world.MakeCall();
  const auto updated = Thing(*world.cloud).Update(call, {id, inputs, outputs, news});
  EXPECT_EQ(updated.status().code(), absl::StatusCode::kPermissionDenied);
  ASSERT_TRUE(call.recorded());
  EXPECT_EQ(call.recorded()->id, id);
  EXPECT_EQ(world.ec2.objects[id].name, "b");
}

}  // namespace
}  // namespace palisade::aws

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/clouds/aws/core/thing_for_test.h"

namespace palisade::aws {
namespace {

using testing::Asked;
using ::testing::Contains;
using testing::Failure;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Thing;
using testing::World;
using value::PropertyMap;
using Answer = std::optional<http::FakeTransport::Answer>;

const PropertyMap kInputs{{"name", "a"}, {"region", "eu-west-1"}};

absl::Status Broken() {
  return base::Error(absl::StatusCode::kUnavailable, "the connection broke");
}

// Create and Await, as lifecycle calls them.
absl::StatusOr<std::string> CreateWhole(World& world, const Thing& thing,
                                        const PropertyMap& inputs = kInputs) {
  resource::Call call = world.MakeCall();
  PALISADE_ASSIGN_OR_RETURN(const auto created, thing.Create(call, inputs));
  const auto outputs = thing.Await(call, created.id, inputs, created.outputs);
  if (!outputs.ok()) return outputs.status();
  return created.id;
}

// Does something the first `times` times that an operation is asked.
auto Times(const std::string& operation, int times, http::FakeTransport::Answer answer) {
  return [=, left = times](const Asked& asked) mutable -> Answer {
    if (asked.operation != operation || left == 0) return std::nullopt;
    --left;
    return answer;
  };
}

TEST(Create, MarksWhileItMakesAndLeavesNoMarker) {
  World world;
  const Thing thing(*world.cloud);
  std::string marker;
  world.ec2.before = [&](const Asked& asked) -> Answer {
    if (asked.operation == "CreateThing") {
      EXPECT_EQ(asked.Get("TagSpecification.1.ResourceType"), "thing");
      EXPECT_EQ(asked.Get("TagSpecification.1.Tag.1.Key"), kMarkerKey);
      marker = asked.Get("TagSpecification.1.Tag.1.Value");
    }
    return std::nullopt;
  };
  resource::Call call = world.MakeCall();
  const auto created = thing.Create(call, kInputs);
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->id, "thing-1");
  ASSERT_TRUE(call.recorded());
  EXPECT_EQ(call.recorded()->id, "thing-1");
  EXPECT_EQ(marker.size(), 33u);
  const auto outputs = thing.Await(call, created->id, kInputs, created->outputs);
  ASSERT_TRUE(outputs.ok()) << outputs.status();
  EXPECT_EQ(outputs->at("thingId"), value::PropertyValue("thing-1"));
  EXPECT_EQ(outputs->at("accountId"), value::PropertyValue("111122223333"));
  EXPECT_EQ(outputs->at("tagsAll"), value::PropertyValue(PropertyMap{}));
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
  EXPECT_EQ(world.ec2.Count("DescribeTags"), 1);
}

TEST(Create, AsksForLeftoversOncePerRun) {
  World world;
  const Thing thing(*world.cloud);
  for (const char* name : {"a", "b", "c"}) {
    world.urn = std::string("urn:pulumi:dev::shop::palisade:aws/test:Thing::") + name;
    ASSERT_TRUE(CreateWhole(world, thing).ok());
  }
  EXPECT_EQ(world.ec2.Count("DescribeTags"), 1);
  EXPECT_EQ(world.ec2.Count("GetCallerIdentity"), 1);
  world.NextRun();
  ASSERT_TRUE(CreateWhole(world, thing).ok());
  EXPECT_EQ(world.ec2.Count("DescribeTags"), 2);
}

TEST(Create, IsRetriedWhenThrottled) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.before = Times("CreateThing", 3, Failure(503, "RequestLimitExceeded"));
  ASSERT_TRUE(CreateWhole(world, thing).ok());
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_EQ(world.ec2.Count("CreateThing"), 4);
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("throttled")));
}

TEST(Create, WhoseReplyIsLostFindsItsObject) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.after = Times("CreateThing", 1, Broken());
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-1");
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_EQ(world.ec2.Count("CreateThing"), 1);
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
}

TEST(Create, ThatEndedWithAServersErrorFindsItsObject) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.after = Times("CreateThing", 1, Failure(500, "InternalError"));
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(world.ec2.objects.size(), 1u);
}

TEST(Create, ThatAnsweredAPageInHtmlFindsItsObject) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.after =
      Times("CreateThing", 1, http::Response{200, {}, "<html><title>Sign in</title></html>"});
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(world.ec2.objects.size(), 1u);
}

TEST(Create, WhoseRequestWasLostAsksOnceMore) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.before = Times("CreateThing", 1, Broken());
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_EQ(world.ec2.Count("CreateThing"), 2);
}

TEST(Create, WithoutAMarkerIsNotRepeatedAfterALostReply) {
  World world;
  world.Configure({{"region", "eu-west-1"}, {"creationMarker", false}});
  const Thing thing(*world.cloud);
  world.ec2.after = Times("CreateThing", 1, Broken());
  const auto id = CreateWhole(world, thing);
  EXPECT_EQ(id.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(base::Message(id.status()), HasSubstr("pulumi import"));
  EXPECT_EQ(world.ec2.Count("CreateThing"), 1);
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
  EXPECT_EQ(world.ec2.Count("DescribeTags"), 0);
}

TEST(Create, AfterAKilledProcessTakesTheObjectUp) {
  World world;
  {
    const Thing thing(*world.cloud);
    resource::Call call = world.MakeCall();
    ASSERT_TRUE(thing.Create(call, kInputs).ok());
  }
  world.NextRun(/*new_process=*/true);
  const Thing thing(*world.cloud);
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-1");
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("found thing-1")));
}

TEST(Create, AfterAKilledProcessWithOtherInputsTellsOfTheObject) {
  World world;
  {
    const Thing thing(*world.cloud);
    resource::Call call = world.MakeCall();
    ASSERT_TRUE(thing.Create(call, kInputs).ok());
  }
  world.NextRun(true);
  const Thing thing(*world.cloud);
  const auto id = CreateWhole(world, thing, {{"name", "b"}, {"region", "eu-west-1"}});
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-2");
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("thing-1 behind")));
}

TEST(Create, OfAnotherResourceOrStackTakesNothingUp) {
  World world;
  const Thing thing(*world.cloud);
  resource::Call call = world.MakeCall();
  ASSERT_TRUE(thing.Create(call, kInputs).ok());
  world.NextRun();
  world.urn = "urn:pulumi:dev::shop::palisade:aws/test:Thing::other";
  auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-2");
  world.urn = "urn:pulumi:dev::shop::palisade:aws/test:Thing::mine";
  auto other = std::make_shared<resource::Settings>(*world.settings);
  other->id = "another stack";
  world.settings = other;
  id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-3");
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
}

TEST(Create, OfAnAutomaticNameIsTakenUpUnderTheOldName) {
  World world;
  const auto with_name = [&](const char* name) {
    return PropertyMap{{"name", name}, {"region", "eu-west-1"}};
  };
  {
    const Thing thing(*world.cloud);
    resource::Call call = world.MakeCall();
    call.set_filled({"name", "region"});
    ASSERT_TRUE(thing.Create(call, with_name("mine-1111111")).ok());
  }
  world.NextRun(true);
  const Thing thing(*world.cloud);
  resource::Call call = world.MakeCall();
  call.set_filled({"name", "region"});
  const auto created = thing.Create(call, with_name("mine-2222222"));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->id, "thing-1");
  const auto outputs = thing.Await(call, created->id, with_name("mine-2222222"), created->outputs);
  ASSERT_TRUE(outputs.ok()) << outputs.status();
  EXPECT_EQ(outputs->at("name"), value::PropertyValue("mine-1111111"));
}

TEST(Create, AgainInOneRunMakesAnotherObject) {
  // --target-replace and taint: Create with the same inputs while the old object is there.
  World world;
  const Thing thing(*world.cloud);
  ASSERT_EQ(*CreateWhole(world, thing), "thing-1");
  const auto second = CreateWhole(world, thing);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(*second, "thing-2");
  world.NextRun(true);
  const Thing later(*world.cloud);
  const auto third = CreateWhole(world, later);
  ASSERT_TRUE(third.ok());
  EXPECT_EQ(*third, "thing-3");
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
}

TEST(Create, ThatIsIssuedAgainAfterAnUnclearEndLooksFirst) {
  World world;
  const Thing thing(*world.cloud);
  std::stop_source stop;
  world.ec2.after = [&](const Asked& asked) -> Answer {
    if (asked.operation != "CreateThing") return std::nullopt;
    stop.request_stop();
    return Broken();
  };
  resource::Call cancelled = world.MakeCall(stop.get_token());
  EXPECT_EQ(thing.Create(cancelled, kInputs).status().code(), absl::StatusCode::kCancelled);
  world.ec2.after = nullptr;
  const auto id = CreateWhole(world, thing);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(*id, "thing-1");
  EXPECT_EQ(world.ec2.objects.size(), 1u);
}

TEST(Create, ThatMayNotTagSaysWhatToDo) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.before = Times("CreateThing", 1, Failure(403, "UnauthorizedOperation"));
  const auto id = CreateWhole(world, thing);
  EXPECT_EQ(id.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_THAT(base::Message(id.status()), HasSubstr("ec2:CreateThing"));
  EXPECT_THAT(base::Message(id.status()), HasSubstr("creationMarker"));
  EXPECT_THAT(base::Message(id.status()), HasSubstr("ec2:CreateTags"));
  EXPECT_EQ(base::CloudCodeOf(id.status()), "UnauthorizedOperation");
}

// A type of a service that tags by ARN.
class ThingWithArn : public Thing {
 public:
  using Thing::Thing;

 private:
  const AwsTraits& aws() const override {
    static const AwsTraits kTraits{
        .service = kNetworkFirewall, .tagging = Tagging::kArn, .not_found = {}};
    return kTraits;
  }
  absl::StatusOr<std::optional<std::string>> FindMarked(Session&, const std::string&,
                                                        const PropertyMap&) const override {
    return std::optional<std::string>();
  }
};

TEST(Create, ThatMayNotTagByArnNamesWhatIsAskedForThere) {
  World world;
  const ThingWithArn thing(*world.cloud);
  world.ec2.before = Times("CreateThing", 1, Failure(403, "AccessDeniedException"));
  const std::string message = base::Message(CreateWhole(world, thing).status());
  EXPECT_THAT(message, HasSubstr("network-firewall:TagResource and UntagResource"));
  EXPECT_THAT(message, HasSubstr("List and Describe"));
  EXPECT_THAT(message, Not(HasSubstr("ListTags")));
}

TEST(Create, IsPartialWhenItDoesNotSettle) {
  World world;
  const Thing thing(*world.cloud);
  resource::Call call = world.MakeCall();
  const auto created = thing.Create(call, kInputs);
  ASSERT_TRUE(created.ok());
  thing.settled = base::FailedPrecondition("it failed");
  const auto outputs = thing.Await(call, created->id, kInputs, created->outputs);
  EXPECT_EQ(base::Message(outputs.status()), "it failed");
  // It is in the state now; a replacement must not take it up.
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
}

TEST(Create, CancelledWhileItSettlesTakesTheMarkerOff) {
  World world;
  const Thing thing(*world.cloud);
  std::stop_source stop;
  resource::Call call = world.MakeCall(stop.get_token());
  const auto created = thing.Create(call, kInputs);
  ASSERT_TRUE(created.ok());
  stop.request_stop();
  thing.settled = call.Proceed("waiting");
  const auto outputs = thing.Await(call, created->id, kInputs, created->outputs);
  EXPECT_EQ(outputs.status().code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
}

TEST(Create, IsPartialWhenTheMarkerStaysOnAndTheNextUpdateTakesItOff) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.before = Times("DeleteTags", 1, Failure(403, "UnauthorizedOperation"));
  const auto id = CreateWhole(world, thing);
  EXPECT_THAT(base::Message(id.status()), HasSubstr("could not be taken off"));
  EXPECT_TRUE(world.ec2.objects.at("thing-1").tags.contains(kMarkerKey));
  world.NextRun(true);
  const Thing later(*world.cloud);
  resource::Call call = world.MakeCall();
  // Until then a refresh says that it is not finished, and shows no marker.
  const std::string thing_id = "thing-1";
  const PropertyMap none;
  const auto read = later.Read(call, {thing_id, &kInputs, &none});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE((*read)->init_failures.empty());
  EXPECT_FALSE((*read)->inputs.contains("tags"));
  ASSERT_TRUE(later.Await(call, "thing-1", kInputs, {}).ok());
  EXPECT_THAT(world.ec2.objects.at("thing-1").tags, IsEmpty());
}

TEST(Create, WaitsUntilTheFreshObjectIsSeen) {
  World world;
  const Thing thing(*world.cloud);
  world.ec2.before = Times("DescribeThings", 3, Failure(400, "InvalidThingID.NotFound"));
  ASSERT_TRUE(CreateWhole(world, thing).ok());
  EXPECT_EQ(world.ec2.Count("DescribeThings"), 4);
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("not visible everywhere yet")));
}

TEST(Create, GetsDefaultTags) {
  World world;
  world.Configure(
      {{"region", "eu-west-1"},
       {"defaultTags", PropertyMap{{"tags", PropertyMap{{"team", "x"}, {"env", "d"}}}}}});
  const Thing thing(*world.cloud);
  PropertyMap inputs = kInputs;
  inputs["tags"] = PropertyMap{{"env", "prod"}};
  ASSERT_TRUE(CreateWhole(world, thing, inputs).ok());
  const Tags expected{{"env", "prod"}, {"team", "x"}};
  EXPECT_EQ(world.ec2.objects.at("thing-1").tags, expected);
}

TEST(Create, OfAsManyTagsAsThereMayBeLeavesTheMarkerOut) {
  World world;
  const Thing thing(*world.cloud);
  PropertyMap tags;
  for (int i = 0; i < 50; ++i) tags["k" + std::to_string(i)] = "1";
  PropertyMap inputs = kInputs;
  inputs["tags"] = tags;
  world.ec2.before = [](const Asked& asked) -> Answer {
    for (const auto& [name, text] : asked.params) EXPECT_NE(text, kMarkerKey) << name;
    return std::nullopt;
  };
  const auto id = CreateWhole(world, thing, inputs);
  ASSERT_TRUE(id.ok()) << id.status();
  EXPECT_EQ(world.ec2.objects.at("thing-1").tags.size(), 50u);
  EXPECT_EQ(world.ec2.Count("DescribeTags"), 0);
}

TEST(Create, InAForbiddenAccountSendsNothing) {
  for (const auto& [key, id] : {std::pair{"allowedAccountIds", "999988887777"},
                                std::pair{"forbiddenAccountIds", "111122223333"}}) {
    World world;
    world.Configure({{"region", "eu-west-1"}, {key, value::PropertyArray{id}}});
    const Thing thing(*world.cloud);
    const auto created = CreateWhole(world, thing);
    EXPECT_EQ(created.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(base::Message(created.status()), HasSubstr(key));
    EXPECT_EQ(world.ec2.Count("CreateThing"), 0);
    EXPECT_EQ(world.ec2.Count("DescribeTags"), 0);
  }
}

TEST(Create, TellsNoSecret) {
  World world;
  const Thing thing(*world.cloud);
  ASSERT_TRUE(CreateWhole(world, thing).ok());
  EXPECT_FALSE(world.reporter.debug.empty());
  EXPECT_THAT(world.reporter.debug, Not(Contains(HasSubstr("SEKRET"))));
  EXPECT_THAT(world.reporter.debug, Not(Contains(HasSubstr("AKIDEXAMPLE"))));
  EXPECT_THAT(world.reporter.debug, Contains(HasSubstr("ec2 CreateThing in eu-west-1: HTTP 200")));
}

}  // namespace
}  // namespace palisade::aws

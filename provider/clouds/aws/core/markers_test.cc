#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

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
using testing::Thing;
using testing::World;
using value::PropertyMap;
using Answer = std::optional<http::FakeTransport::Answer>;

const PropertyMap kInputs{{"name", "a"}, {"region", "eu-west-1"}};

// What goes by the id of the object that it belongs to, as a firewall's logging does.
class Setting final : public Thing {
 public:
  using Thing::Thing;

 protected:
  const AwsTraits& aws() const override {
    static const AwsTraits kTraits{.service = kEc2, .not_found = {}};
    return kTraits;
  }
  absl::StatusOr<std::string> Make(Session& session, const PropertyMap&,
                                   const Tags&) const override {
    TookOver(session, "thing-1");
    return "thing-1";
  }
  absl::Status Remove(Session&, const resource::DeleteRequest&) const override {
    return absl::OkStatus();
  }
};

class MarkersTest : public ::testing::Test {
 protected:
  MarkersTest() { world.KeepMarkers(); }

  // A whole create of the resource `name`, as lifecycle does it.
  std::string Make(const std::string& name) {
    world.urn = "urn:pulumi:dev::shop::palisade:aws/test:Thing::" + name;
    const Thing thing(*world.cloud);
    resource::Call call = world.MakeCall();
    const auto created = thing.Create(call, kInputs);
    EXPECT_TRUE(created.ok()) << created.status();
    if (!created.ok()) return "";
    const auto outputs = thing.Await(call, created->id, kInputs, created->outputs);
    EXPECT_TRUE(outputs.ok()) << outputs.status();
    EXPECT_FALSE(outputs->contains("tags"));
    return created->id;
  }
  void Diff(const std::string& id) { DiffOf(Thing(*world.cloud), id); }
  void DiffOf(const Thing& thing, const std::string& id) {
    resource::Changes changes;
    resource::Findings findings;
    const PropertyMap none;
    thing.Diff({id, kInputs, none, kInputs, world.clock, *world.settings}, changes, findings);
  }
  void Delete(const Thing& thing, const std::string& id) {
    resource::Call call = world.MakeCall();
    const PropertyMap none;
    EXPECT_TRUE(thing.Delete(call, {id, kInputs, none}).ok());
  }
  bool IsMarked(const std::string& id) {
    return world.ec2.objects.at(id).tags.contains(kMarkerKey);
  }

  World world;
};

TEST_F(MarkersTest, StayUntilTheRunEndsAndGoWithOneRequest) {
  for (const char* name : {"a", "b", "c"}) EXPECT_TRUE(IsMarked(Make(name)));
  EXPECT_EQ(world.ec2.Count("DeleteTags"), 0);
  world.cloud->Close();
  for (const char* id : {"thing-1", "thing-2", "thing-3"}) EXPECT_FALSE(IsMarked(id));
  EXPECT_EQ(world.ec2.Count("DeleteTags"), 1);
  world.cloud->Close();
  EXPECT_EQ(world.ec2.Count("DeleteTags"), 1);
}

TEST_F(MarkersTest, GoInALongRunWhenTheEngineHasHadItsTime) {
  const std::string first = Make("a");
  world.clock.Advance(std::chrono::seconds(31));
  const std::string second = Make("b");
  EXPECT_FALSE(IsMarked(first));
  EXPECT_TRUE(IsMarked(second));
}

TEST_F(MarkersTest, StayForLaterWhenTheCallThatTakesThemOffIsCancelled) {
  const std::string one = Make("a"), two = Make("b");
  world.clock.Advance(std::chrono::seconds(31));
  std::stop_source stop;
  world.ec2.before = [&stop](const Asked& asked) -> Answer {
    if (asked.operation != "DeleteTags") return std::nullopt;
    stop.request_stop();
    return Failure(503, "Unavailable");
  };
  resource::Call call = world.MakeCall(stop.get_token());
  const auto created = Thing(*world.cloud).Create(call, kInputs);
  EXPECT_EQ(created.status().code(), absl::StatusCode::kCancelled) << created.status();
  EXPECT_TRUE(world.reporter.warnings.empty());
  world.ec2.before = nullptr;
  world.cloud->Close();
  EXPECT_FALSE(IsMarked(one));
  EXPECT_FALSE(IsMarked(two));
}

// As Provider::Cancel does it: the end of the run meets a call that it has just cancelled.
TEST_F(MarkersTest, GoAlsoWhenTheRunEndsWhileACallTakesThemOff) {
  const std::string one = Make("a"), two = Make("b");
  world.clock.Advance(std::chrono::seconds(31));
  std::stop_source stop;
  std::jthread end;
  world.ec2.before = [&](const Asked& asked) -> Answer {
    if (asked.operation != "DeleteTags" || stop.stop_requested()) return std::nullopt;
    stop.request_stop();
    end = std::jthread([this] { world.cloud->Close(); });
    return Failure(503, "Unavailable");
  };
  resource::Call call = world.MakeCall(stop.get_token());
  EXPECT_FALSE(Thing(*world.cloud).Create(call, kInputs).ok());
  end.join();
  EXPECT_FALSE(IsMarked(one));
  EXPECT_FALSE(IsMarked(two));
}

TEST_F(MarkersTest, AreNotForgottenWhenTheTimeIsUp) {
  const std::string one = Make("a"), two = Make("b");
  world.ec2.before = [this](const Asked& asked) -> Answer {
    if (asked.operation != "DeleteTags") return std::nullopt;
    world.clock.Advance(std::chrono::seconds(1));
    return Failure(503, "RequestLimitExceeded");
  };
  world.cloud->Close();
  EXPECT_EQ(world.ec2.Count("DeleteTags"), 1);
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
  world.ec2.before = nullptr;
  world.cloud->Close();
  EXPECT_FALSE(IsMarked(one));
  EXPECT_FALSE(IsMarked(two));
}

TEST_F(MarkersTest, OfAServiceWithTooMuchToDoAreTriedAgainMuchLater) {
  const std::string one = Make("a");
  world.ec2.before = [](const Asked& asked) -> Answer {
    if (asked.operation != "DeleteTags") return std::nullopt;
    return Failure(503, "RequestLimitExceeded");
  };
  world.clock.Advance(std::chrono::seconds(31));
  Make("b");
  const int tried = world.ec2.Count("DeleteTags");
  EXPECT_GT(tried, 0);
  Make("c");
  EXPECT_EQ(world.ec2.Count("DeleteTags"), tried);
  world.ec2.before = nullptr;
  world.clock.Advance(std::chrono::seconds(31));
  Make("d");
  EXPECT_FALSE(IsMarked(one));
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
}

TEST_F(MarkersTest, OfAProcessThatDiedBeforeTheEngineHeardLeadBackToTheObject) {
  EXPECT_EQ(Make("a"), "thing-1");
  world.NextRun(/*new_process=*/true);
  EXPECT_EQ(Make("a"), "thing-1");
  world.cloud->Close();
  EXPECT_FALSE(IsMarked("thing-1"));
  EXPECT_EQ(world.ec2.objects.size(), 1u);
}

TEST_F(MarkersTest, OfWhatTheEngineKnowsAreTakenOffAndNotTakenUp) {
  EXPECT_EQ(Make("a"), "thing-1");
  world.NextRun(true);
  Diff("thing-1");
  // The same resource made anew, while the old object stands in the state.
  EXPECT_EQ(Make("a"), "thing-2");
  world.cloud->Close();
  EXPECT_FALSE(IsMarked("thing-1"));
  EXPECT_FALSE(IsMarked("thing-2"));
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
}

TEST_F(MarkersTest, OfAnObjectThatIsDeletedMeanNothing) {
  EXPECT_EQ(Make("a"), "thing-1");
  world.NextRun(true);
  EXPECT_EQ(Make("other"), "thing-2");
  const Thing thing(*world.cloud);
  resource::Call call = world.MakeCall();
  const std::string id = "thing-1";
  const PropertyMap none;
  ASSERT_TRUE(thing.Delete(call, {id, kInputs, none}).ok());
  // What the run had seen at its beginning still lists it.
  EXPECT_EQ(Make("a"), "thing-3");
}

TEST_F(MarkersTest, TheOldOneOfAReplacementThatWasTakenUpIsNotDeleted) {
  EXPECT_EQ(Make("a"), "thing-1");
  world.NextRun(true);
  EXPECT_EQ(Make("a"), "thing-1");
  const Thing thing(*world.cloud);
  resource::Call call = world.MakeCall();
  const std::string id = "thing-1";
  const PropertyMap none;
  EXPECT_TRUE(thing.Delete(call, {id, kInputs, none}).ok());
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("not deleted")));
}

TEST_F(MarkersTest, GoAlsoWhenAnotherTypesObjectOfTheSameIdIsDeleted) {
  EXPECT_EQ(Make("a"), "thing-1");
  Delete(Setting(*world.cloud), "thing-1");
  world.cloud->Close();
  EXPECT_FALSE(IsMarked("thing-1"));
}

TEST_F(MarkersTest, LeadBackToAnObjectAlsoWhenAnotherTypesOfTheSameIdStandsInAState) {
  EXPECT_EQ(Make("a"), "thing-1");
  world.NextRun(true);
  DiffOf(Setting(*world.cloud), "thing-1");
  EXPECT_EQ(Make("a"), "thing-1");
}

TEST_F(MarkersTest, AnObjectIsDeletedAlsoWhenAnotherTypesOfTheSameIdWasTakenOver) {
  EXPECT_EQ(Make("a"), "thing-1");
  const Setting setting(*world.cloud);
  resource::Call call = world.MakeCall();
  ASSERT_TRUE(setting.Create(call, kInputs).ok());
  Delete(setting, "thing-1");
  EXPECT_EQ(world.ec2.objects.size(), 1u);
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("not deleted")));
  Delete(Thing(*world.cloud), "thing-1");
  EXPECT_TRUE(world.ec2.objects.empty());
}

TEST_F(MarkersTest, OneThatIsGoneDoesNotKeepTheOthers) {
  Make("a");
  Make("b");
  world.ec2.objects.erase("thing-1");
  world.cloud->Close();
  EXPECT_FALSE(IsMarked("thing-2"));
  EXPECT_THAT(world.reporter.warnings, IsEmpty());
}

TEST_F(MarkersTest, ThatMayNotBeTakenOffAreWarnedOf) {
  Make("a");
  world.ec2.before = [](const Asked& asked) -> Answer {
    if (asked.operation != "DeleteTags") return std::nullopt;
    return Failure(403, "UnauthorizedOperation");
  };
  world.cloud->Close();
  EXPECT_THAT(world.reporter.warnings, Contains(HasSubstr("Allow ec2:DeleteTags")));
}

}  // namespace
}  // namespace palisade::aws

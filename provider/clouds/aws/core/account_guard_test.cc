// Credentials of another account than the one an object lives in: nothing is changed, deleted or
// forgotten.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/testing.h"
#include "provider/clouds/aws/core/thing_for_test.h"

namespace palisade::aws {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Thing;
using testing::World;
using value::PropertyArray;
using value::PropertyMap;

constexpr char kOwner[] = "111122223333";
constexpr char kOther[] = "444455556666";

class AccountGuardTest : public ::testing::Test {
 protected:
  AccountGuardTest() { world.ec2.objects[id] = {"a", {}, true}; }

  // Each verb on the object, of which state says `outputs`.
  absl::Status Read() {
    resource::Call call = world.MakeCall();
    return thing().Read(call, {id, &inputs, &outputs}).status();
  }
  absl::Status Delete() {
    resource::Call call = world.MakeCall();
    return thing().Delete(call, {id, inputs, outputs});
  }
  absl::Status Update() {
    resource::Call call = world.MakeCall();
    PropertyMap news = inputs;
    news["name"] = "b";
    return thing().Update(call, {id, inputs, outputs, news}).status();
  }
  // As the next update does with an object that was left unfinished.
  absl::Status Await() {
    resource::Call call = world.MakeCall();
    return thing().Await(call, id, inputs, outputs).status();
  }
  Thing thing() { return Thing(*world.cloud); }

  void ExpectRefused(const absl::Status& status, const std::string& word) {
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
    EXPECT_THAT(base::Message(status), AllOf(HasSubstr(kOther), HasSubstr(word)));
  }

  World world;
  const std::string id = "thing-7";
  PropertyMap inputs{{"name", "a"}, {"region", "eu-west-1"}};
  PropertyMap outputs{{"thingId", id}, {"accountId", kOwner}, {"region", "eu-west-1"}};
};

TEST_F(AccountGuardTest, AnotherAccountsCredentialsDoNothing) {
  world.ec2.account = kOther;
  ExpectRefused(Update(), "nothing was changed");
  ExpectRefused(Await(), "nothing was changed");
  ExpectRefused(Delete(), "nothing was deleted");
  EXPECT_EQ(world.ec2.objects.at(id).name, "a");
}

// A subnet that is shared with the other account is seen from there, too.
TEST_F(AccountGuardTest, WhatIsSeenFromAnotherAccountDoesNotBecomeItsOwn) {
  world.ec2.account = kOther;
  ExpectRefused(Read(), "does not make it theirs");
  world.ec2.objects.clear();
  ExpectRefused(Read(), "does not mean that it is gone");
}

TEST_F(AccountGuardTest, ForbiddenAccountsAlsoHoldWhereTheStateTellsNone) {
  outputs.erase("accountId");
  world.ec2.account = kOther;
  world.Configure({{"region", "eu-west-1"}, {"forbiddenAccountIds", PropertyArray{kOther}}});
  for (const absl::Status& status : {Read(), Update(), Await(), Delete()}) {
    ExpectRefused(status, "forbiddenAccountIds");
  }
  EXPECT_EQ(world.ec2.objects.at(id).name, "a");
  world.ec2.objects.clear();
  ExpectRefused(Read(), "forbiddenAccountIds");
}

TEST_F(AccountGuardTest, WithoutAWordOfAnyAccountNobodyIsAsked) {
  outputs.erase("accountId");
  EXPECT_TRUE(Delete().ok());
  EXPECT_EQ(world.ec2.Count("GetCallerIdentity"), 0);
}

TEST_F(AccountGuardTest, AnArnTellsTheAccount) {
  outputs.erase("accountId");
  resource::Call call = world.MakeCall();
  auto session = Session::Open(*world.cloud, call, {"eu-west-1", ""});
  ASSERT_TRUE(session.ok());
  const auto guard = [&](const std::string& account) {
    return GuardAccount(*session,
                        "arn:aws:network-firewall:eu-west-1:" + account + ":firewall/name",
                        &outputs, "nothing was changed");
  };
  EXPECT_TRUE(guard(kOwner).ok());
  ExpectRefused(guard(kOther), "nothing was changed");
  // A rule group of AWS's own has "aws" in that place of its ARN, and some ARNs have nothing.
  EXPECT_TRUE(guard("").ok());
}

}  // namespace
}  // namespace palisade::aws

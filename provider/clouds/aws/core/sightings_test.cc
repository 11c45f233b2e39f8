#include "provider/clouds/aws/core/sightings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace palisade::aws {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Placement kHere{"eu-west-1", ""};

TEST(Sightings, HoldPerPlaceAndId) {
  Sightings sightings;
  sightings.Saw(kHere, "vpc-1", {"10.0.0.0/16"});
  EXPECT_THAT(sightings.Of(kHere, "vpc-1"), ElementsAre("10.0.0.0/16"));
  EXPECT_THAT(sightings.Of(kHere, "vpc-2"), IsEmpty());
  EXPECT_THAT(sightings.Of({"eu-west-2", ""}, "vpc-1"), IsEmpty());
  EXPECT_THAT(sightings.Of({"eu-west-1", "audit"}, "vpc-1"), IsEmpty());
}

TEST(Sightings, WhatWasSeenOutweighsWhatStateTells) {
  Sightings sightings;
  sightings.Heard(kHere, "vpc-1", {"old"});
  EXPECT_THAT(sightings.Of(kHere, "vpc-1"), ElementsAre("old"));
  sightings.Saw(kHere, "vpc-1", {"a", "b"});
  sightings.Heard(kHere, "vpc-1", {"old"});
  EXPECT_THAT(sightings.Of(kHere, "vpc-1"), ElementsAre("a", "b"));
}

TEST(Sightings, AreBounded) {
  Sightings sightings;
  for (std::size_t i = 0; i < Sightings::kMost; ++i) {
    sightings.Saw(kHere, "vpc-" + std::to_string(i), {"x"});
  }
  sightings.Heard(kHere, "vpc-0", {"y"});  // has its place
  EXPECT_THAT(sightings.Of(kHere, "vpc-1"), ElementsAre("x"));
  sightings.Heard(kHere, "vpc-one-more", {"z"});
  EXPECT_THAT(sightings.Of(kHere, "vpc-1"), IsEmpty());
  EXPECT_THAT(sightings.Of(kHere, "vpc-one-more"), ElementsAre("z"));
}

TEST(Sightings, AreSharedByThreads) {
  Sightings sightings;
  const auto work = [&] {
    for (int i = 0; i < 200; ++i) {
      sightings.Saw(kHere, "vpc-" + std::to_string(i), {"x"});
      EXPECT_THAT(sightings.Of(kHere, "vpc-" + std::to_string(i)), ElementsAre("x"));
    }
  };
  std::thread other(work);
  work();
  other.join();
}

}  // namespace
}  // namespace palisade::aws

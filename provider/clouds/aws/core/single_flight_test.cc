#include "provider/clouds/aws/core/single_flight.h"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <string>
#include <thread>

namespace palisade::aws {
namespace {

using std::chrono::milliseconds;
using Result = absl::StatusOr<std::shared_ptr<const std::string>>;

/// A fetch that is held until the gate opens.
class SingleFlightTest : public testing::Test {
 protected:
  absl::StatusOr<std::string> Held() {
    ++fetched_;
    entered_.release();
    gate_.acquire();
    return answer_;
  }
  absl::StatusOr<std::string> AtOnce() {
    ++fetched_;
    return "second";
  }

  SingleFlight<std::string> flight_;
  absl::StatusOr<std::string> answer_ = "first";
  std::atomic<int> fetched_ = 0;
  std::binary_semaphore entered_{0}, gate_{0};
};

TEST_F(SingleFlightTest, WhatIsFetchedIsKept) {
  gate_.release();
  const Result first = flight_.Get({}, std::nullopt, [this] { return Held(); });
  const Result second = flight_.Get({}, milliseconds(0), [this] { return AtOnce(); });
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(**second, "first");
  EXPECT_EQ(fetched_, 1);
}

TEST_F(SingleFlightTest, AFailureIsNotKept) {
  answer_ = base::NotFound("none");
  gate_.release();
  EXPECT_FALSE(flight_.Get({}, std::nullopt, [this] { return Held(); }).ok());
  const Result second = flight_.Get({}, std::nullopt, [this] { return AtOnce(); });
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(**second, "second");
}

TEST_F(SingleFlightTest, OnesOwnCancelAndTimeLimitEndTheWaitForAnother) {
  std::stop_source cancel;
  cancel.request_stop();
  Result fetching;
  {
    std::jthread other(
        [&] { fetching = flight_.Get({}, std::nullopt, [this] { return Held(); }); });
    entered_.acquire();
    const auto fetch = [this] { return AtOnce(); };
    EXPECT_EQ(flight_.Get(cancel.get_token(), std::nullopt, fetch).status().code(),
              absl::StatusCode::kCancelled);
    EXPECT_EQ(flight_.Get({}, milliseconds(0), fetch).status().code(),
              absl::StatusCode::kDeadlineExceeded);
    gate_.release();
  }
  EXPECT_TRUE(fetching.ok());
  EXPECT_EQ(fetched_, 1);
}

}  // namespace
}  // namespace palisade::aws

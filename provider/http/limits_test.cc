#include "provider/http/limits.h"

#include <gtest/gtest.h>

#include <thread>

#include "provider/base/fake_clock.h"

namespace palisade::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const base::SteadyTime kStart{};

TEST(SendRate, LetsEverythingThroughUntilTheFirstThrottling) {
  SendRate rate(kStart);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_FALSE(rate.Take(kStart).has_value());
    rate.Answered(false, kStart);
  }
  EXPECT_FALSE(rate.rate().has_value());
}

TEST(SendRate, FallsToSeventyPercentOfWhatWasMeasuredAndClimbsBack) {
  SendRate rate(kStart);
  base::SteadyTime now = kStart;
  for (int i = 0; i < 100; ++i) {
    now += milliseconds(100);
    rate.Answered(false, now);
  }
  now += milliseconds(100);
  rate.Answered(true, now);
  ASSERT_TRUE(rate.rate().has_value());
  const double low = *rate.rate();
  EXPECT_NEAR(low, 7, 0.2);
  for (int i = 0; i < 50; ++i) {
    now += milliseconds(100);
    rate.Answered(false, now);
  }
  EXPECT_GT(*rate.rate(), low);
  EXPECT_LE(*rate.rate(), 21);
}

TEST(SendRate, NeverFallsBelowOneInTwoSeconds) {
  SendRate rate(kStart);
  for (int i = 0; i < 20; ++i) rate.Answered(true, kStart + seconds(10 * i));
  EXPECT_DOUBLE_EQ(*rate.rate(), 0.5);
  const base::SteadyTime now = kStart + seconds(1000);
  EXPECT_FALSE(rate.Take(now).has_value());
  ASSERT_EQ(rate.Take(now), milliseconds(2000));
  EXPECT_FALSE(rate.Take(now + milliseconds(2000)).has_value());
}

TEST(EndpointLimits, APlaceIsGivenBack) {
  base::FakeClock clock{base::Time{}};
  EndpointLimits limits(clock, 1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limits.Enter({}, std::nullopt).ok());
}

TEST(EndpointLimits, AWaitForAPlaceEndsWithTheDeadline) {
  base::FakeClock clock{base::Time{}};
  EndpointLimits limits(clock, 1);
  const auto held = limits.Enter({}, std::nullopt);
  ASSERT_TRUE(held.ok());
  const auto late = limits.Enter({}, clock.Steady());
  EXPECT_EQ(late.status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST(EndpointLimits, AWaitForAPlaceEndsWithACancel) {
  base::FakeClock clock{base::Time{}};
  EndpointLimits limits(clock, 1);
  const auto held = limits.Enter({}, std::nullopt);
  std::stop_source cancel;
  absl::Status seen;
  std::jthread waiting([&] { seen = limits.Enter(cancel.get_token(), std::nullopt).status(); });
  cancel.request_stop();
  waiting.join();
  EXPECT_EQ(seen.code(), absl::StatusCode::kCancelled);
}

TEST(EndpointLimits, AFreedPlaceWakesTheNext) {
  base::FakeClock clock{base::Time{}};
  EndpointLimits limits(clock, 1);
  absl::Status seen = absl::UnknownError("not entered");
  std::jthread waiting;
  {
    const auto held = limits.Enter({}, std::nullopt);
    waiting = std::jthread([&] { seen = limits.Enter({}, std::nullopt).status(); });
  }
  waiting.join();
  EXPECT_TRUE(seen.ok()) << seen;
}

TEST(EndpointLimits, WaitsForTheRateByTheClock) {
  base::FakeClock clock{base::Time{}};
  EndpointLimits limits(clock);
  limits.Answered(true);
  const base::SteadyTime before = clock.Steady();
  EXPECT_TRUE(limits.Enter({}, std::nullopt).ok());
  EXPECT_EQ(clock.Steady() - before, seconds(2));
}

}  // namespace
}  // namespace palisade::http

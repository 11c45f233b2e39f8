#include <gtest/gtest.h>

#include <sstream>
#include <thread>

#include "provider/base/clock.h"
#include "provider/base/fake_clock.h"
#include "provider/base/random.h"
#include "provider/base/redacted.h"
#include "provider/base/semaphore.h"
#include "provider/base/status.h"

namespace palisade::base {
namespace {

absl::StatusOr<int> Half(int number) {
  if (number % 2 != 0) return InvalidArgument("odd");
  return number / 2;
}

absl::StatusOr<int> Quarter(int number) {
  PALISADE_ASSIGN_OR_RETURN(const int half, Half(number));
  return Half(half);
}

TEST(Status, MacrosPassValuesAndErrorsOn) {
  EXPECT_EQ(Quarter(8).value(), 2);
  EXPECT_EQ(Message(Quarter(6).status()), "odd");
  EXPECT_EQ(Message(Quarter(5).status()), "odd");
}

TEST(Status, AnnotateKeepsCodeAndPayload) {
  absl::Status status = NotFound("no such key");
  status.SetPayload("type", absl::Cord("payload"));
  const absl::Status annotated = Annotate(status, "reading x");
  EXPECT_EQ(annotated.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Message(annotated), "reading x: no such key");
  EXPECT_EQ(annotated.GetPayload("type"), absl::Cord("payload"));
  EXPECT_TRUE(Annotate(absl::OkStatus(), "reading x").ok());
}

TEST(Redacted, PrintsItsLength) {
  std::ostringstream out;
  out << Redacted("hunter2");
  EXPECT_EQ(out.str(), "*7 bytes*");
}

TEST(Redacted, MovingEmptiesTheSource) {
  Redacted source("a text that is too long for the small buffer of a string");
  const Redacted target = std::move(source);
  EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(target.Reveal().size(), 56u);
}

TEST(Semaphore, BoundsAndGivesBack) {
  Semaphore semaphore(1);
  std::stop_source cancel;
  {
    const auto first = semaphore.Acquire(cancel.get_token());
    EXPECT_TRUE(first.held());
    cancel.request_stop();
    EXPECT_FALSE(semaphore.Acquire(cancel.get_token()).held());
  }
  EXPECT_TRUE(semaphore.Acquire(std::stop_token()).held());
}

TEST(Semaphore, ACancelEndsTheWaitOfAnotherThread) {
  Semaphore semaphore(1);
  std::stop_source cancel;
  const auto held = semaphore.Acquire(std::stop_token());
  bool got = true;
  std::thread waiter([&] { got = semaphore.Acquire(cancel.get_token()).held(); });
  cancel.request_stop();
  waiter.join();
  EXPECT_FALSE(got);
}

TEST(SystemClock, ACancelledWaitEndsAtOnce) {
  std::stop_source cancel;
  cancel.request_stop();
  EXPECT_FALSE(SystemClock().WaitFor(std::chrono::hours(1), cancel.get_token()));
  EXPECT_TRUE(SystemClock().WaitFor(std::chrono::milliseconds(0), std::stop_token()));
}

TEST(FakeClock, MovesOnlyWhenSomeoneWaits) {
  const FakeClock clock{Time(std::chrono::seconds(1000))};
  const SteadyTime start = clock.Steady();
  EXPECT_TRUE(clock.WaitFor(std::chrono::seconds(5), std::stop_token()));
  EXPECT_EQ(clock.Now(), Time(std::chrono::seconds(1005)));
  EXPECT_EQ(clock.Steady() - start, std::chrono::seconds(5));
}

TEST(SystemRandom, FillsEveryByte) {
  // 64 bytes that stay zero in eight draws happen once in 2^512 runs.
  std::vector<std::uint8_t> seen(64, 0);
  for (int draw = 0; draw < 8; ++draw) {
    std::vector<std::uint8_t> bytes(64);
    SystemRandom().Fill(bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) seen[i] |= bytes[i];
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 0), 0);
}

}  // namespace
}  // namespace palisade::base

#include "provider/resource/wait.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"

namespace palisade::resource {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class LastLine final : public Reporter {
 public:
  void Log(Severity, std::string_view, std::string_view) override {}
  void Status(std::string_view, std::string_view message) override { lines.emplace_back(message); }
  std::vector<std::string> lines;
};

class WaitTest : public testing::Test {
 protected:
  Call Make(milliseconds timeout) {
    return Call(clock_, base::SystemRandom(), reporter_, {"urn", cancel_.get_token(), timeout});
  }
  /// The seconds at which an object that takes `needed` is looked at.
  std::vector<std::int64_t> Looks(seconds needed, seconds typical) {
    std::vector<std::int64_t> looks;
    Call call = Make(milliseconds(0));
    const base::SteadyTime start = clock_.Steady();
    const absl::Status status =
        WaitUntil(call, {"waiting for it", typical}, [&]() -> absl::StatusOr<Sight> {
          const auto elapsed = std::chrono::floor<seconds>(clock_.Steady() - start);
          looks.push_back(elapsed.count());
          return Sight{elapsed >= needed, "PROVISIONING"};
        });
    EXPECT_TRUE(status.ok()) << status;
    return looks;
  }
  const base::FakeClock clock_{base::Time(seconds(1000))};
  std::stop_source cancel_;
  LastLine reporter_;
};

TEST_F(WaitTest, NoticesTheEndWithinAFiftiethOfTheWait) {
  for (const seconds needed : {seconds(7), seconds(40), seconds(233), seconds(500)}) {
    const std::vector<std::int64_t> looks = Looks(needed, seconds(240));
    ASSERT_GE(looks.size(), 2u);
    EXPECT_LE(looks.back() - needed.count(), std::max<std::int64_t>(2, needed.count() / 50));
    // No storm either: a wait of minutes is not a request a second.
    EXPECT_LE(looks.size(), 60u + static_cast<std::size_t>(needed.count()) / 2);
  }
}

TEST_F(WaitTest, LooksEverySecondAtFirstAndEveryOtherAfterTheTypicalMinimum) {
  EXPECT_EQ(Looks(seconds(8), seconds(0)), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 7, 9}));
}

TEST_F(WaitTest, ShowsTheStateAndTheElapsedTime) {
  Looks(seconds(75), seconds(0));
  ASSERT_FALSE(reporter_.lines.empty());
  EXPECT_EQ(reporter_.lines.front(), "PROVISIONING, 0s");
  EXPECT_EQ(reporter_.lines.back(), "PROVISIONING, 1m13s");
  EXPECT_EQ(ElapsedText(seconds(3900)), "1h05m");
}

TEST_F(WaitTest, HonoursALongerHint) {
  Call call = Make(milliseconds(0));
  int looks = 0;
  EXPECT_TRUE(WaitUntil(call, {"waiting"}, [&]() -> absl::StatusOr<Sight> {
                return Sight{++looks == 3, "PENDING", seconds(40)};
              }).ok());
  EXPECT_EQ(clock_.Now(), base::Time(seconds(1080)));
}

TEST_F(WaitTest, EndsOnCancelDeadlineAndFailure) {
  Call call = Make(seconds(20));
  const auto never = []() -> absl::StatusOr<Sight> { return Sight{false, "PENDING"}; };
  const absl::Status late = WaitUntil(call, {"waiting for the endpoint"}, never);
  EXPECT_EQ(late.code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_NE(late.message().find("PENDING"), std::string::npos);
  EXPECT_EQ(clock_.Now(), base::Time(seconds(1020)));

  Call other = Make(milliseconds(0));
  const absl::Status cancelled = WaitUntil(other, {"waiting"}, [&]() -> absl::StatusOr<Sight> {
    cancel_.request_stop();
    return Sight{false, "PENDING"};
  });
  EXPECT_EQ(cancelled.code(), absl::StatusCode::kCancelled);

  cancel_ = std::stop_source();
  Call third = Make(milliseconds(0));
  const absl::Status failed = WaitUntil(third, {"waiting"}, []() -> absl::StatusOr<Sight> {
    return base::FailedPrecondition("it FAILED: no capacity");
  });
  EXPECT_EQ(base::Message(failed), "it FAILED: no capacity");
}

}  // namespace
}  // namespace palisade::resource

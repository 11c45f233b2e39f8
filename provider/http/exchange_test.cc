#include "provider/http/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "provider/base/fake_clock.h"
#include "provider/base/status.h"
#include "provider/http/fake_transport.h"
#include "provider/http/limits.h"

namespace palisade::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Bytes that make every random fraction one half.
class Half final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    std::ranges::fill(bytes, std::uint8_t{0});
    if (!bytes.empty()) bytes[0] = 0x80;
  }
};

absl::Status Broken() {
  return base::Error(absl::StatusCode::kUnavailable, "the connection to a.test broke");
}
absl::Status Unreachable() {
  return NotSent(base::Error(absl::StatusCode::kUnavailable, "a.test has no address"));
}
absl::Status TimedOut() {
  return base::Error(absl::StatusCode::kDeadlineExceeded, "a.test was silent for 60 s");
}

Verdict Judge(const Response& response) {
  Verdict verdict;
  if (response.status == 429) verdict.kind = Verdict::Kind::kThrottled;
  if (response.status >= 500) verdict.kind = Verdict::Kind::kTransient;
  if (response.status == 403) verdict.kind = Verdict::Kind::kRejected;
  if (const std::string* after = response.Find("x-after-ms")) {
    verdict.after = milliseconds(std::stol(*after));
  }
  return verdict;
}

struct PerformTest : testing::Test {
  FakeTransport transport;
  base::FakeClock clock{base::Time{}};
  Half random;
  std::stop_source cancel;
  RetryQuota quota;
  std::vector<int> built;
  std::vector<std::string> told;

  Exchange exchange{[this](int attempt) -> absl::StatusOr<Request> {
                      built.push_back(attempt);
                      Request request;
                      request.url = "https://a.test/";
                      return request;
                    },
                    Judge, Idempotency::kIdempotent, "ec2 CreateVpc"};
  ExchangeContext context{transport, clock, random, cancel.get_token()};

  PerformTest() {
    context.quota = &quota;
    context.on_retry = [this](const std::string& line) { told.push_back(line); };
  }
  absl::StatusOr<Response> Run() { return Perform(exchange, context); }
  absl::StatusOr<Response> RunOnce() {
    exchange.idempotency = Idempotency::kNonIdempotent;
    return Run();
  }
  milliseconds elapsed() const {
    return std::chrono::duration_cast<milliseconds>(clock.Now() - base::Time{});
  }
};

TEST_F(PerformTest, AnswersTheFirstGoodResponse) {
  transport.Then(200, "yes");
  const auto response = Run();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "yes");
  EXPECT_EQ(response->attempts, 1);
  EXPECT_FALSE(response->may_have_happened);
  EXPECT_EQ(transport.sent().size(), 1u);
}

TEST_F(PerformTest, AnErrorIsAResponse) {
  transport.Then(404, "no such thing");
  const auto response = Run();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 404);
  EXPECT_FALSE(response->may_have_happened);
}

TEST_F(PerformTest, BuildsEveryAttemptAnewAndBacksOff) {
  transport.Then(500, "").Then(Broken()).Then(503, "").Then(200, "yes");
  const auto response = Run();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(built, (std::vector<int>{1, 2, 3, 4}));
  EXPECT_EQ(response->attempts, 4);
  // Half of 50, 100 and 200 ms.
  EXPECT_EQ(elapsed(), milliseconds(25 + 50 + 100));
  ASSERT_EQ(told.size(), 3u);
  EXPECT_EQ(told[0], "ec2 CreateVpc failed (HTTP 500); attempt 2 in 0.0 s");
}

TEST_F(PerformTest, AnEarlierUnclearAttemptIsToldWithALaterAnswer) {
  transport.Then(Broken()).Then(400, "already exists");
  const auto response = Run();
  ASSERT_TRUE(response.ok());
  EXPECT_TRUE(response->may_have_happened);
}

TEST_F(PerformTest, ThrottlingHasItsOwnBaseAndCount) {
  for (int i = 0; i < 24; ++i) transport.Then(429, "");
  transport.Then(200, "yes");
  const auto response = RunOnce();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->attempts, 25);
  EXPECT_FALSE(response->may_have_happened);
  // Half of 1, 2, 4, 8, 16 s, then of the cap.
  EXPECT_EQ(elapsed(), milliseconds(500 + 1000 + 2000 + 4000 + 8000 + 19 * 10'000));
  EXPECT_EQ(quota.left(), 500);
  EXPECT_EQ(told[0], "ec2 CreateVpc is throttled (HTTP 429); attempt 2 in 0.5 s");
}

TEST_F(PerformTest, AnswersTheLastThrottlingWhenAttemptsRanOut) {
  context.policy.max_throttled_attempts = 3;
  transport.Then(429, "").Then(429, "").Then(429, "slow down");
  const auto response = Run();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->body, "slow down");
  EXPECT_EQ(response->attempts, 3);
}

TEST_F(PerformTest, TheServersWishIsHonouredWithinBounds) {
  transport.Then(429, "", {{"x-after-ms", "3000"}}).Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(elapsed(), milliseconds(3000));
}

TEST_F(PerformTest, AnExcessiveWishIsCut) {
  transport.Then(429, "", {{"x-after-ms", "900000"}}).Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(elapsed(), milliseconds(500 + 5000));
}

TEST_F(PerformTest, ATooSmallWishDoesNotHurry) {
  transport.Then(429, "", {{"x-after-ms", "1"}}).Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(elapsed(), milliseconds(500));
}

TEST_F(PerformTest, RejectedCallsMayAlwaysBeRepeated) {
  transport.Then(403, "the clock is wrong").Then(200, "");
  const auto response = RunOnce();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->attempts, 2);
  EXPECT_FALSE(response->may_have_happened);
}

TEST_F(PerformTest, WhatWasNeverSentMayAlwaysBeRepeated) {
  transport.Then(Unreachable()).Then(200, "");
  const auto response = RunOnce();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->attempts, 2);
  EXPECT_FALSE(response->may_have_happened);
}

TEST_F(PerformTest, ALostReplyIsNotAskedForAgain) {
  for (const absl::Status& loss : {Broken(), TimedOut()}) {
    transport.Then(loss);
    const auto response = RunOnce();
    EXPECT_EQ(response.status().code(), absl::StatusCode::kAborted);
    EXPECT_TRUE(MayHaveHappened(response.status()));
    EXPECT_THAT(base::Message(response.status()),
                AllOf(HasSubstr("ec2 CreateVpc: the reply was lost after 1 attempt"),
                      HasSubstr(base::Message(loss))));
  }
  EXPECT_EQ(transport.sent().size(), 2u);
}

TEST_F(PerformTest, AServerFailureOfANonIdempotentCallIsItsUnclearAnswer) {
  transport.Then(500, "oops");
  const auto response = RunOnce();
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 500);
  EXPECT_TRUE(response->may_have_happened);
  EXPECT_EQ(transport.sent().size(), 1u);
}

TEST_F(PerformTest, AttemptsRunOut) {
  transport.Otherwise([](const Request&) { return Unreachable(); });
  const auto response = RunOnce();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(MayHaveHappened(response.status()));
  EXPECT_EQ(base::Message(response.status()),
            "ec2 CreateVpc failed after 5 attempts in 0.4 s: a.test has no address");
}

TEST_F(PerformTest, AttemptsOfUnclearFateSaySo) {
  transport.Otherwise([](const Request&) { return Broken(); });
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(MayHaveHappened(response.status()));
}

TEST_F(PerformTest, TheQuotaEndsAStorm) {
  ASSERT_TRUE(quota.Take(493));
  transport.Otherwise([](const Request&) { return Unreachable(); });
  const auto response = Run();
  EXPECT_EQ(transport.sent().size(), 2u);
  EXPECT_THAT(base::Message(response.status()), HasSubstr("so many calls to this endpoint fail"));
}

TEST_F(PerformTest, TimeoutsCostMoreAndSuccessGivesBackWhatTheLastRetryTook) {
  transport.Then(Broken()).Then(TimedOut()).Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(quota.left(), 495);
  transport.Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_EQ(quota.left(), 496);
}

TEST_F(PerformTest, NothingBeginsThatWouldEndAfterTheDeadline) {
  context.deadline = clock.Steady() + seconds(1);
  transport.Then(Unreachable()).Then([this](const Request& request) -> FakeTransport::Answer {
    EXPECT_EQ(request.total_timeout, milliseconds(975));
    clock.Advance(milliseconds(970));
    return Unreachable();
  });
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(base::Message(response.status()),
              AllOf(HasSubstr("ec2 CreateVpc did not end in time: 2 attempts in 1.0 s"),
                    HasSubstr("a.test has no address"), HasSubstr("customTimeouts")));
}

TEST_F(PerformTest, ADeadlineThatHasPassedSendsNothing) {
  context.deadline = clock.Steady();
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(transport.sent().empty());
}

// It may wait for credentials.
TEST_F(PerformTest, WhatIsBuiltAfterTheDeadlineOrACancelIsNotSent) {
  context.deadline = clock.Steady() + seconds(5);
  const auto build = exchange.build;
  exchange.build = [&](int attempt) {
    clock.Advance(seconds(6));
    return build(attempt);
  };
  const auto late = RunOnce();
  EXPECT_EQ(late.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_FALSE(MayHaveHappened(late.status()));
  context.deadline.reset();
  exchange.build = [&](int attempt) {
    cancel.request_stop();
    return build(attempt);
  };
  EXPECT_EQ(RunOnce().status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(transport.sent().empty());
}

TEST_F(PerformTest, TheLastResponseIsWorthMoreThanTheDeadline) {
  context.deadline = clock.Steady() + milliseconds(400);
  transport.Then(429, "slow down");
  const auto response = Run();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "slow down");
}

TEST_F(PerformTest, ACancelEndsThePause) {
  transport.Then([this](const Request&) -> FakeTransport::Answer {
    cancel.request_stop();
    return Response{500, {}, ""};
  });
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(MayHaveHappened(response.status()));
  EXPECT_THAT(base::Message(response.status()),
              AllOf(HasSubstr("ec2 CreateVpc was cancelled after 1 attempt"), HasSubstr("HTTP 500"),
                    HasSubstr("it may have been carried out")));
}

TEST_F(PerformTest, ACancelUnderWayLeavesOpenWhatHappened) {
  transport.Then(base::Error(absl::StatusCode::kCancelled, "cancelled"));
  const auto response = RunOnce();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(MayHaveHappened(response.status()));
}

TEST_F(PerformTest, ACancelBeforehandSendsNothing) {
  cancel.request_stop();
  const auto response = RunOnce();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kCancelled);
  EXPECT_FALSE(MayHaveHappened(response.status()));
  EXPECT_TRUE(transport.sent().empty());
}

TEST_F(PerformTest, WhatNoRepetitionMendsIsNotRepeated) {
  transport.Then(NotSent(base::FailedPrecondition("the certificate of a.test is not trusted")));
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(base::Message(response.status()),
            "ec2 CreateVpc: the certificate of a.test is not trusted");
  EXPECT_FALSE(MayHaveHappened(response.status()));
}

TEST_F(PerformTest, ABuildThatFailsEndsIt) {
  exchange.build = [](int) -> absl::StatusOr<Request> {
    return base::FailedPrecondition("no credentials were found");
  };
  const auto response = Run();
  EXPECT_EQ(base::Message(response.status()), "ec2 CreateVpc: no credentials were found");
  EXPECT_TRUE(transport.sent().empty());
}

TEST_F(PerformTest, LimitsLearnOfThrottlingAndSlowDown) {
  EndpointLimits limits(clock, 1);
  context.limits = &limits;
  transport.Then(429, "").Then(200, "");
  ASSERT_TRUE(Run().ok());
  EXPECT_TRUE(limits.rate().has_value());
}

TEST_F(PerformTest, TheLastResponseIsWorthMoreThanARateThatOutlastsTheDeadline) {
  EndpointLimits limits(clock);
  context.limits = &limits;
  context.deadline = clock.Steady() + seconds(1);
  // The pause after it fits into the second, the two seconds until the rate lets the next one pass
  // do not.
  transport.Then(429, "slow down");
  const auto response = Run();
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "slow down");
  EXPECT_EQ(transport.sent().size(), 1u);
}

TEST_F(PerformTest, ARateThatOutlastsTheDeadlineSaysSo) {
  EndpointLimits limits(clock);
  limits.Answered(true);
  context.limits = &limits;
  context.deadline = clock.Steady() + seconds(1);
  const auto response = Run();
  EXPECT_EQ(response.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(base::Message(response.status()), HasSubstr("the endpoint throttles"));
  EXPECT_TRUE(transport.sent().empty());
}

}  // namespace
}  // namespace palisade::http

#include <atomic>
#include <latch>
#include <semaphore>
#include <thread>

#include "provider/auth/source_testing.h"

namespace palisade::auth {
namespace {

using std::chrono::minutes;
using Result = absl::StatusOr<std::shared_ptr<const AwsCredentials>>;

/// Credentials of a container, whose endpoint counts how often it is asked, and can be held.
class CredentialProviderTest : public SourceTest {
 protected:
  CredentialProviderTest() {
    variables_["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
    settings_.skip_metadata = true;
    transport_.Otherwise([this](const http::Request&) -> http::FakeTransport::Answer {
      const int number = ++asked_;
      const bool fails = failing_;
      if (held_) {
        entered_.release();
        gate_.acquire();
      }
      if (fails) return http::Response{403, {}, ""};
      return http::Response{
          200,
          {},
          R"({"AccessKeyId":"KEY)" + std::to_string(number) +
              R"(","SecretAccessKey":"SEKRET-x","Token":"SEKRET-t","Expiration":")" +
              IsoTime(clock_.Now() + life_) + R"("})"};
    });
  }
  static std::string Id(const Result& result) {
    return result.ok() ? (*result)->access_key_id : base::Message(result.status());
  }
  // Until a background fetch has brought `id`, with time going on meanwhile; bounded.
  std::string WaitForId(AwsCredentialProvider& provider, const std::string& id) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string last;
    while (last != id && std::chrono::steady_clock::now() < end) {
      last = Id(provider.Get({}));
      clock_.Advance(std::chrono::seconds(1));
      std::this_thread::yield();
    }
    return last;
  }

  std::atomic<int> asked_ = 0;
  std::atomic<bool> held_ = false, failing_ = false;
  std::counting_semaphore<> entered_{0}, gate_{0};
  std::chrono::seconds life_ = std::chrono::hours(1);
};

TEST_F(CredentialProviderTest, NothingIsFetchedBeforeTheFirstGetAndThenOnce) {
  AwsCredentialProvider provider(settings_, Services());
  EXPECT_EQ(asked_, 0);
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  clock_.Advance(minutes(44));
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  EXPECT_EQ(asked_, 1);
}

TEST_F(CredentialProviderTest, OfManyCallersOneFetches) {
  AwsCredentialProvider provider(settings_, Services());
  held_ = true;
  std::atomic<int> right = 0;
  {
    std::latch ready(8);
    std::vector<std::jthread> callers;
    for (int i = 0; i < 8; ++i) {
      callers.emplace_back([&] {
        ready.arrive_and_wait();
        right += Id(provider.Get({})) == "KEY1" ? 1 : 0;
      });
    }
    entered_.acquire();
    held_ = false;
    gate_.release();
  }
  EXPECT_EQ(right, 8);
  EXPECT_EQ(asked_, 1);
}

TEST_F(CredentialProviderTest, FromFifteenMinutesOnTheyAreRenewedBesides) {
  AwsCredentialProvider provider(settings_, Services());
  ASSERT_EQ(Id(provider.Get({})), "KEY1");
  clock_.Advance(minutes(46));
  held_ = true;
  // The fetch hangs, and nobody waits for it.
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  entered_.acquire();
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  held_ = false;
  gate_.release();
  EXPECT_EQ(WaitForId(provider, "KEY2"), "KEY2");
  EXPECT_EQ(asked_, 2);
}

TEST_F(CredentialProviderTest, ARenewalAheadOfTimeThatFailsHurtsNobodyAndIsNotTriedAtOnce) {
  AwsCredentialProvider provider(settings_, Services());
  ASSERT_EQ(Id(provider.Get({})), "KEY1");
  clock_.Advance(minutes(46));
  failing_ = true;
  held_ = true;
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  entered_.acquire();
  held_ = false;
  gate_.release();
  // Another minute has to pass, whenever the failure arrived.
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(Id(provider.Get({})), "KEY1");
  EXPECT_LE(asked_, 2);
  failing_ = false;
  EXPECT_EQ(WaitForId(provider, "KEY3"), "KEY3");
}

TEST_F(CredentialProviderTest, FromTenMinutesOnEverybodyWaits) {
  AwsCredentialProvider provider(settings_, Services());
  ASSERT_EQ(Id(provider.Get({})), "KEY1");
  clock_.Advance(minutes(51));
  EXPECT_EQ(Id(provider.Get({})), "KEY2");
  failing_ = true;
  clock_.Advance(minutes(51));
  ExpectFailure(provider.Get({}).status(), {"AWS credentials", "HTTP 403"});
  failing_ = false;
  EXPECT_EQ(Id(provider.Get({})), "KEY4");
}

TEST_F(CredentialProviderTest, ShortLivedOnesAreNotFetchedForEachCall) {
  life_ = minutes(8);
  AwsCredentialProvider provider(settings_, Services());
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  clock_.Advance(minutes(1));
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  EXPECT_EQ(asked_, 1);
  clock_.Advance(minutes(4));
  EXPECT_EQ(Id(provider.Get({})), "KEY2");
}

TEST_F(CredentialProviderTest, OnesThatAreExpiredOnArrivalAreGivenOutAndFetchedAgain) {
  life_ = minutes(-5);
  AwsCredentialProvider provider(settings_, Services());
  EXPECT_EQ(Id(provider.Get({})), "KEY1");
  EXPECT_EQ(Id(provider.Get({})), "KEY2");
}

TEST_F(CredentialProviderTest, RefusedOnesAreReplacedOnce) {
  AwsCredentialProvider provider(settings_, Services());
  const Result first = provider.Get({});
  ASSERT_EQ(Id(first), "KEY1");
  provider.Refused(**first);
  const Result second = provider.Get({});
  EXPECT_EQ(Id(second), "KEY2");
  // A slower caller complains about what is no longer in use.
  provider.Refused(**first);
  EXPECT_EQ(Id(provider.Get({})), "KEY2");
  EXPECT_EQ(asked_, 2);
}

TEST_F(CredentialProviderTest, ACancelledWaiterLeavesAndTheFetchGoesOn) {
  AwsCredentialProvider provider(settings_, Services());
  held_ = true;
  Result stayed;
  {
    std::jthread first([&] { stayed = provider.Get({}); });
    entered_.acquire();
    std::stop_source impatient;
    impatient.request_stop();
    // Returns although the fetch is held.
    EXPECT_EQ(provider.Get(impatient.get_token()).status().code(), absl::StatusCode::kCancelled);
    gate_.release();
  }
  EXPECT_EQ(Id(stayed), "KEY1");
  EXPECT_EQ(asked_, 1);
}

TEST_F(CredentialProviderTest, ATimeLimitEndsTheWaitAndNotTheFetchOfOthers) {
  AwsCredentialProvider provider(settings_, Services());
  held_ = true;
  Result stayed;
  {
    std::jthread first([&] { stayed = provider.Get({}); });
    entered_.acquire();
    ExpectFailure(provider.Get({}, std::chrono::milliseconds(0)).status(),
                  {"did not arrive in time", "customTimeouts"});
    gate_.release();
  }
  EXPECT_EQ(Id(stayed), "KEY1");
  // What is there costs no time.
  EXPECT_EQ(Id(provider.Get({}, std::chrono::milliseconds(0))), "KEY1");
  EXPECT_EQ(Id(provider.Get({}, std::chrono::milliseconds::max())), "KEY1");
  EXPECT_EQ(asked_, 1);
}

TEST_F(CredentialProviderTest, WhoBeganTheFetchMayLeaveToo) {
  AwsCredentialProvider provider(settings_, Services());
  held_ = true;
  std::stop_source impatient;
  Result left, stayed;
  {
    std::jthread one([&] { left = provider.Get(impatient.get_token()); });
    entered_.acquire();
    std::jthread two([&] { stayed = provider.Get({}); });
    impatient.request_stop();
    one.join();
    held_ = false;
    // One too many where `two` came in time to wait for the first fetch.
    gate_.release(2);
  }
  EXPECT_EQ(left.status().code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(stayed.ok()) << stayed.status();
}

TEST_F(CredentialProviderTest, AFetchThatNobodyWaitsForIsStoppedAndTheNextStartsAnew) {
  std::atomic<int> stopped = 0;
  std::binary_semaphore running{0};
  Config("[default]\ncredential_process = x\n");
  run_process_ = [&](const std::vector<std::string>&,
                     const std::stop_token& stop) -> absl::StatusOr<ProcessResult> {
    if (stopped == 0) {
      running.release();
      while (!stop.stop_requested()) std::this_thread::yield();
      ++stopped;
      return base::Error(absl::StatusCode::kCancelled, "stopped");
    }
    return ProcessResult{
        0, base::Redacted(R"({"Version":1,"AccessKeyId":"NEW","SecretAccessKey":"SEKRET"})"), ""};
  };
  AwsCredentialProvider provider(settings_, Services());
  std::stop_source cancel;
  Result first;
  std::jthread caller([&] { first = provider.Get(cancel.get_token()); });
  running.acquire();
  cancel.request_stop();
  caller.join();
  EXPECT_EQ(first.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Id(provider.Get({})), "NEW");
  EXPECT_EQ(stopped, 1);
}

TEST_F(CredentialProviderTest, TheEndStopsAFetchInTheBackground) {
  std::atomic<bool> stopped = false;
  std::binary_semaphore running{0};
  int calls = 0;
  Config("[default]\ncredential_process = x\n");
  run_process_ = [&](const std::vector<std::string>&,
                     const std::stop_token& stop) -> absl::StatusOr<ProcessResult> {
    if (++calls > 1) {
      running.release();
      while (!stop.stop_requested()) std::this_thread::yield();
      stopped = true;
      return base::Error(absl::StatusCode::kCancelled, "stopped");
    }
    return ProcessResult{0,
                         base::Redacted(R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":)"
                                        R"("SEKRET","Expiration":"2026-05-01T13:00:00Z"})"),
                         ""};
  };
  {
    AwsCredentialProvider provider(settings_, Services());
    ASSERT_EQ(Id(provider.Get({})), "A");
    clock_.Advance(minutes(46));
    ASSERT_EQ(Id(provider.Get({})), "A");
    running.acquire();
  }
  EXPECT_TRUE(stopped);
}

TEST_F(CredentialProviderTest, AFailureGoesToAllWhoWaitedAndIsNotKept) {
  AwsCredentialProvider provider(settings_, Services());
  failing_ = true;
  const Result failed = provider.Get({});
  EXPECT_EQ(failed.status().code(), absl::StatusCode::kUnauthenticated);
  failing_ = false;
  EXPECT_EQ(Id(provider.Get({})), "KEY2");
}

}  // namespace
}  // namespace palisade::auth

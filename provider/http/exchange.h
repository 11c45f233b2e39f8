#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/base/random.h"
#include "provider/http/message.h"
#include "provider/http/transport.h"

namespace palisade::http {

/// What an answer means for the loop. The dialect of the service decides.
struct Verdict {
  enum class Kind {
    kDone,       ///< a response to return, be it good or bad
    kThrottled,  ///< certainly not carried out; ask again, slower
    kTransient,  ///< a failure of the server's side; whether it was carried out is unclear, so of
                 ///< a non-idempotent call this is the answer (Response::may_have_happened)
    kRejected,   ///< certainly not carried out, and a fresh attempt may do (clock, credentials)
  };
  Kind kind = Kind::kDone;
  /// The server's wish for the pause.
  std::optional<std::chrono::milliseconds> after = std::nullopt;
};

/// The pause after the n-th failure of a kind is random between 0 and base x 2^(n-1), at most cap,
/// and then as much longer as the server asks for, within hint_beyond: the numbers of AWS's
/// standard retry mode in its 2026 revision.
struct RetryPolicy {
  int max_attempts = 5;             ///< with the first; for all but throttling
  int max_throttled_attempts = 25;  ///< with the first
  std::chrono::milliseconds base{50}, throttled_base{1000}, cap{20'000};
  std::chrono::milliseconds hint_beyond{5'000};
};

/// A budget of retries that calls to one endpoint share, so that an outage is not answered by a
/// storm: 500 tokens, a retry takes 5 (10 after a time-out), a success gives back what its last
/// retry took, or 1 (AWS's standard mode). Throttled calls take nothing: a user who waits must not
/// fail because many wait, and EndpointLimits slows them all. Thread-safe.
class RetryQuota {
 public:
  explicit RetryQuota(int capacity = 500) : capacity_(capacity), left_(capacity) {}
  /// Whether `cost` was there and is taken.
  bool Take(int cost);
  void GiveBack(int amount);
  int left() const;

 private:
  mutable std::mutex mutex_;
  const int capacity_;
  int left_;
};

class EndpointLimits;  // limits.h

/// One call that has to be made, in as many attempts as it takes.
struct Exchange {
  /// Builds and signs an attempt, counted from 1: each is made anew.
  std::function<absl::StatusOr<Request>(int attempt)> build;
  /// Sees every response; failures of the transport are judged by the loop.
  std::function<Verdict(const Response&)> judge;
  Idempotency idempotency = Idempotency::kNonIdempotent;
  /// For messages: "ec2 CreateVpc".
  std::string name;
};

/// What an exchange rests on. References outlive it; pointers may be null.
struct ExchangeContext {
  Transport& transport;
  const base::Clock& clock;
  base::Random& random;
  std::stop_token cancel;
  /// Nothing is begun that would end after it, nullopt for no limit.
  std::optional<base::SteadyTime> deadline = std::nullopt;
  RetryPolicy policy = {};
  RetryQuota* quota = nullptr;
  EndpointLimits* limits = nullptr;
  /// Told before each pause: a sentence for the status line or the log, without secrets.
  std::function<void(const std::string&)> on_retry = nullptr;
};

/// Runs the loop and answers the last attempt's response, good or bad; or, without one, a status
/// that says which of four ends it was: cancelled; time ran out; attempts ran out (UNAVAILABLE); or
/// the reply was lost of a call that must not be repeated (ABORTED, see MayHaveHappened). What no
/// repetition can mend (a certificate that is not trusted, a failing build) comes back with the
/// exchange's name before it.
absl::StatusOr<Response> Perform(const Exchange& exchange, const ExchangeContext& context);

/// Whether `status`, which Perform answered, leaves open that the call was carried out: its caller
/// has to look for the object before it asks again.
bool MayHaveHappened(const absl::Status& status);

/// The same mark on a status that a dialect made of a Response with may_have_happened.
absl::Status MarkMayHaveHappened(absl::Status status);

}  // namespace palisade::http

#include "provider/http/exchange.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "absl/strings/cord.h"
#include "provider/base/status.h"
#include "provider/http/limits.h"

namespace palisade::http {
namespace {

using std::chrono::milliseconds;

constexpr char kMayHaveHappenedUrl[] = "palisade/http/may-have-happened";
constexpr int kRetryCost = 5, kTimeoutCost = 10, kSuccessRefund = 1;

double Fraction(base::Random& random) {
  std::array<std::uint8_t, 4> bytes{};
  random.Fill(bytes);
  std::uint32_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number / 4294967296.0;
}

std::string Seconds(milliseconds duration) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f s", static_cast<double>(duration.count()) / 1000);
  return text.data();
}

/// One run of the loop.
class Loop {
 public:
  Loop(const Exchange& exchange, const ExchangeContext& context)
      : exchange_(exchange), context_(context), start_(context.clock.Steady()) {}

  absl::StatusOr<Response> Run() {
    while (true) {
      if (context_.cancel.stop_requested()) return Cancelled();
      if (Left() && Left()->count() <= 0) return OutOfTime();
      if (auto end = Attempt()) return *std::move(end);
    }
  }

 private:
  using End = std::optional<absl::StatusOr<Response>>;

  // Makes one attempt and the pause after it; nullopt asks for another one.
  End Attempt() {
    auto place = Enter();
    if (!place.ok()) {
      if (place.status().code() == absl::StatusCode::kCancelled) return Cancelled();
      if (last_.empty()) last_ = base::Message(place.status());
      return OutOfTime();
    }
    auto request = exchange_.build(attempts_ + 1);
    if (!request.ok()) return Named(request.status());
    // Building may have waited, for credentials for example.
    if (context_.cancel.stop_requested()) return Cancelled();
    if (Left() && Left()->count() <= 0) return OutOfTime();
    request->idempotency = exchange_.idempotency;
    if (const auto left = Left()) {
      request->total_timeout = std::min(request->total_timeout, *left);
      request->connect_timeout = std::min(request->connect_timeout, *left);
    }
    ++attempts_;
    auto answer = context_.transport.Send(*request, context_.cancel);
    // Not to be held during the pause.
    place->reset();
    if (!answer.ok()) return Failed(answer.status());
    return Answered(*std::move(answer));
  }

  absl::StatusOr<std::optional<EndpointLimits::Place>> Enter() {
    std::optional<EndpointLimits::Place> held;
    if (context_.limits == nullptr) return held;
    PALISADE_ASSIGN_OR_RETURN(EndpointLimits::Place place,
                              context_.limits->Enter(context_.cancel, context_.deadline));
    held.emplace(std::move(place));
    return held;
  }

  End Answered(Response response) {
    const Verdict verdict = exchange_.judge(response);
    if (context_.limits != nullptr) {
      context_.limits->Answered(verdict.kind == Verdict::Kind::kThrottled);
    }
    switch (verdict.kind) {
      case Verdict::Kind::kDone:
        if (context_.quota != nullptr) {
          context_.quota->GiveBack(taken_ > 0 ? taken_ : kSuccessRefund);
        }
        return Final(std::move(response));
      case Verdict::Kind::kTransient:
        unclear_ = true;
        if (exchange_.idempotency == Idempotency::kNonIdempotent) return Final(std::move(response));
        break;
      case Verdict::Kind::kThrottled:
      case Verdict::Kind::kRejected:
        break;
    }
    last_ = "HTTP " + std::to_string(response.status);
    last_response_ = Final(std::move(response));
    return Again(verdict.kind == Verdict::Kind::kThrottled, kRetryCost, verdict.after);
  }

  End Failed(const absl::Status& status) {
    last_ = base::Message(status);
    last_response_.reset();
    const bool lost = DeliveryOf(status) == Delivery::kUnclear;
    unclear_ = unclear_ || lost;
    if (context_.cancel.stop_requested() || status.code() == absl::StatusCode::kCancelled) {
      return Cancelled();
    }
    const bool timed_out = status.code() == absl::StatusCode::kDeadlineExceeded;
    if (!timed_out && status.code() != absl::StatusCode::kUnavailable) return Named(status);
    if (lost && exchange_.idempotency == Idempotency::kNonIdempotent) {
      return Mark(base::Error(absl::StatusCode::kAborted,
                              exchange_.name + ": the reply was lost after " + Tally() + " (" +
                                  last_ +
                                  "). Whether it was carried out is unclear, so it was not asked "
                                  "again"));
    }
    return Again(false, timed_out ? kTimeoutCost : kRetryCost, std::nullopt);
  }

  End Again(bool throttled, int cost, std::optional<milliseconds> hint) {
    const RetryPolicy& policy = context_.policy;
    const int failures = throttled ? ++throttled_ : ++failed_;
    if (failures >= (throttled ? policy.max_throttled_attempts : policy.max_attempts)) {
      return OutOfAttempts("");
    }
    if (!throttled && context_.quota != nullptr) {
      if (!context_.quota->Take(cost)) {
        return OutOfAttempts("; so many calls to this endpoint fail that it was not asked again");
      }
      taken_ = cost;
    }
    const milliseconds pause =
        Pause(throttled ? policy.throttled_base : policy.base, failures, hint);
    if (Left() && pause >= *Left()) return OutOfTime();
    if (context_.on_retry) {
      context_.on_retry(exchange_.name + (throttled ? " is throttled (" : " failed (") + last_ +
                        "); attempt " + std::to_string(attempts_ + 1) + " in " + Seconds(pause));
    }
    if (!context_.clock.WaitFor(pause, context_.cancel)) return Cancelled();
    return std::nullopt;
  }

  milliseconds Pause(milliseconds base, int failures, std::optional<milliseconds> hint) const {
    milliseconds longest = base;
    for (int i = 1; i < failures && longest < context_.policy.cap; ++i) longest *= 2;
    longest = std::min(longest, context_.policy.cap);
    const milliseconds own(static_cast<milliseconds::rep>(Fraction(context_.random) *
                                                          static_cast<double>(longest.count())));
    if (!hint) return own;
    return std::max(own, std::min(*hint, own + context_.policy.hint_beyond));
  }

  Response Final(Response response) const {
    response.attempts = attempts_;
    response.may_have_happened = unclear_;
    return response;
  }

  absl::StatusOr<Response> OutOfAttempts(const std::string& why) {
    if (last_response_) return *std::move(last_response_);
    return Mark(base::Error(absl::StatusCode::kUnavailable,
                            exchange_.name + " failed after " + Tally() + ": " + last_ + why));
  }

  absl::StatusOr<Response> OutOfTime() {
    if (last_response_) return *std::move(last_response_);
    return Mark(base::Error(absl::StatusCode::kDeadlineExceeded,
                            exchange_.name + " did not end in time: " + Tally() + LastFailure() +
                                "; raise customTimeouts if it needs longer"));
  }

  absl::Status Cancelled() const {
    return Mark(base::Error(
        absl::StatusCode::kCancelled,
        exchange_.name + " was cancelled after " + Tally() + LastFailure() + Uncertainty()));
  }

  absl::Status Named(const absl::Status& status) const {
    return Mark(base::Annotate(status, exchange_.name));
  }

  absl::Status Mark(absl::Status status) const {
    if (unclear_) status.SetPayload(kMayHaveHappenedUrl, absl::Cord());
    return status;
  }

  std::string Tally() const {
    const auto elapsed = std::chrono::duration_cast<milliseconds>(context_.clock.Steady() - start_);
    return std::to_string(attempts_) + (attempts_ == 1 ? " attempt" : " attempts") + " in " +
           Seconds(elapsed);
  }
  std::string LastFailure() const { return last_.empty() ? "" : "; the last failure: " + last_; }
  std::string Uncertainty() const {
    return unclear_ ? "; it may have been carried out all the same" : "";
  }

  std::optional<milliseconds> Left() const {
    if (!context_.deadline) return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(*context_.deadline - context_.clock.Steady());
  }

  const Exchange& exchange_;
  const ExchangeContext& context_;
  const base::SteadyTime start_;
  int attempts_ = 0, failed_ = 0, throttled_ = 0, taken_ = 0;
  bool unclear_ = false;
  std::string last_;
  std::optional<Response> last_response_;
};

}  // namespace

bool RetryQuota::Take(int cost) {
  std::lock_guard lock(mutex_);
  if (left_ < cost) return false;
  left_ -= cost;
  return true;
}

void RetryQuota::GiveBack(int amount) {
  std::lock_guard lock(mutex_);
  left_ = std::min(capacity_, left_ + amount);
}

int RetryQuota::left() const {
  std::lock_guard lock(mutex_);
  return left_;
}

absl::StatusOr<Response> Perform(const Exchange& exchange, const ExchangeContext& context) {
  return Loop(exchange, context).Run();
}

absl::Status MarkMayHaveHappened(absl::Status status) {
  if (!status.ok()) status.SetPayload(kMayHaveHappenedUrl, absl::Cord());
  return status;
}

bool MayHaveHappened(const absl::Status& status) {
  return status.GetPayload(kMayHaveHappenedUrl).has_value();
}

}  // namespace palisade::http

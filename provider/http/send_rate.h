#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "provider/base/clock.h"

namespace palisade::http {

/// How fast requests may be sent to an endpoint that throttles. Idle until the first throttling;
/// from then on a token bucket whose rate falls to 0.7 of what was measured at each throttling and
/// climbs back by CUBIC's curve, never above twice what is really sent. The numbers are those of
/// AWS's adaptive retry mode. Thread-safe.
class SendRate {
 public:
  explicit SendRate(base::SteadyTime now);

  /// Takes the permission to send one request; or, when there is none yet, how long to wait before
  /// asking again.
  std::optional<std::chrono::milliseconds> Take(base::SteadyTime now);

  /// To be told of every answer.
  void Answered(bool throttled, base::SteadyTime now);

  /// Requests per second; nullopt while unlimited.
  std::optional<double> rate() const;

 private:
  void Measure(double now);
  void SetRate(double rate, double now);
  void Refill(double now);
  double SecondsAt(base::SteadyTime now) const;

  mutable std::mutex mutex_;
  const base::SteadyTime start_;
  bool limited_ = false;
  // The measured rate: counted in buckets of half a second, smoothed.
  double measured_ = 0, bucket_ = 0, count_ = 0;
  // The curve.
  double last_maximum_ = 0, plateau_ = 0, last_throttled_ = 0;
  // The tokens.
  double fill_ = 0, capacity_ = 1, tokens_ = 0, filled_at_ = 0;
};

}  // namespace palisade::http

#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/http/send_rate.h"

namespace palisade::http {

/// How many requests an endpoint gets at once and how fast: at most 64 under way, and after the
/// first throttling a send rate that adapts. One per endpoint and account, shared by its calls.
/// Thread-safe.
class EndpointLimits {
 public:
  static constexpr unsigned kPlaces = 64;

  explicit EndpointLimits(const base::Clock& clock, unsigned places = kPlaces)
      : clock_(clock), free_(places), rate_(clock.Steady()) {}

  /// The right to have one request under way; given back when it goes out of scope.
  class Place {
   public:
    explicit Place(EndpointLimits* owner) : owner_(owner) {}
    Place(Place&& other) noexcept : owner_(other.owner_) { other.owner_ = nullptr; }
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (owner_ != nullptr) owner_->Leave();
    }

   private:
    EndpointLimits* owner_;
  };

  /// Waits for a place and for the rate. CANCELLED, or DEADLINE_EXCEEDED when the wait would
  /// outlast `deadline`.
  absl::StatusOr<Place> Enter(std::stop_token cancel, std::optional<base::SteadyTime> deadline);

  /// To be told of every answer.
  void Answered(bool throttled) { rate_.Answered(throttled, clock_.Steady()); }

  /// Requests per second; nullopt while nothing was throttled.
  std::optional<double> rate() const { return rate_.rate(); }

 private:
  void Leave();

  const base::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  unsigned free_;
  SendRate rate_;
};

}  // namespace palisade::http

#include "provider/http/limits.h"

#include "provider/base/status.h"

namespace palisade::http {
namespace {

absl::Status Cancelled() { return base::Error(absl::StatusCode::kCancelled, "cancelled"); }
absl::Status TooLate(const char* why) {
  return base::Error(absl::StatusCode::kDeadlineExceeded, why);
}

// How often a wait for a place looks at the clock; a free place and a cancel wake it at once.
constexpr std::chrono::milliseconds kLook(100);

}  // namespace

absl::StatusOr<EndpointLimits::Place> EndpointLimits::Enter(
    std::stop_token cancel, std::optional<base::SteadyTime> deadline) {
  {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, cancel, kLook, [this] { return free_ > 0; })) {
      if (cancel.stop_requested()) return Cancelled();
      if (deadline && clock_.Steady() >= *deadline) {
        return TooLate("too many requests to this endpoint are under way");
      }
    }
    --free_;
  }
  Place place(this);
  while (const auto pause = rate_.Take(clock_.Steady())) {
    if (deadline && clock_.Steady() + *pause >= *deadline) {
      return TooLate("the endpoint throttles, so requests to it are sent slowly");
    }
    if (!clock_.WaitFor(*pause, cancel)) return Cancelled();
  }
  if (cancel.stop_requested()) return Cancelled();
  return place;
}

void EndpointLimits::Leave() {
  {
    std::lock_guard lock(mutex_);
    ++free_;
  }
  wake_.notify_one();
}

}  // namespace palisade::http

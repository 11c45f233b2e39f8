#include "provider/http/limits.h"

#include <algorithm>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

absl::Status Cancelled() { return base::Error(absl::StatusCode::kCancelled, "cancelled"); }
absl::Status TooLate(const char* why) {
  return base::Error(absl::StatusCode::kDeadlineExceeded, why);
}

using std::chrono::milliseconds;

// How long a wait for a place sleeps at most before it looks at the clock, which need not be the
// machine's; a free place and a cancel wake it at once. Seldom: hundreds of calls may wait, and at
// ten looks a second they cost more than all that is sent.
constexpr milliseconds kLook(10'000);

milliseconds UntilLook(const base::Clock& clock, std::optional<base::SteadyTime> deadline) {
  if (!deadline) return kLook;
  const auto left = std::chrono::ceil<milliseconds>(*deadline - clock.Steady());
  return std::clamp(left, milliseconds(0), kLook);
}

}  // namespace

absl::StatusOr<EndpointLimits::Place> EndpointLimits::Enter(
    std::stop_token cancel, std::optional<base::SteadyTime> deadline) {
  {
    std::unique_lock lock(mutex_);
    const auto has_place = [this] { return free_ > 0; };
    while (!wake_.wait_for(lock, cancel, UntilLook(clock_, deadline), has_place)) {
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

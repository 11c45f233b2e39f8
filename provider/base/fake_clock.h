#pragma once

#include <mutex>

#include "provider/base/clock.h"

namespace palisade::base {

/// A clock for tests: time moves only when someone waits or says so. A wait returns at once with
/// the time advanced, or false if it was cancelled before it began.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time now) : now_(now) {}

  Time Now() const override {
    std::lock_guard lock(mutex_);
    return now_;
  }
  SteadyTime Steady() const override {
    std::lock_guard lock(mutex_);
    return steady_;
  }
  bool WaitFor(std::chrono::milliseconds duration, std::stop_token cancel) const override {
    if (cancel.stop_requested()) return false;
    Advance(duration);
    return true;
  }
  void Advance(std::chrono::milliseconds duration) const {
    std::lock_guard lock(mutex_);
    now_ += duration;
    steady_ += duration;
  }

 private:
  mutable std::mutex mutex_;
  mutable Time now_;
  mutable SteadyTime steady_;
};

}  // namespace palisade::base

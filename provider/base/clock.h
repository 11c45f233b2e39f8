#pragma once

#include <chrono>
#include <stop_token>

namespace palisade::base {

using Time = std::chrono::system_clock::time_point;
using SteadyTime = std::chrono::steady_clock::time_point;

/// The only way to learn the time or to wait, so that tests own both. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Civil time, for validity periods and timestamps.
  virtual Time Now() const = 0;
  /// Monotonic time, for deadlines and elapsed times.
  virtual SteadyTime Steady() const = 0;
  /// Waits for `duration`; returns false as soon as `cancel` is stopped.
  virtual bool WaitFor(std::chrono::milliseconds duration, std::stop_token cancel) const = 0;
};

/// The machine's clock; lives for ever.
const Clock& SystemClock();

}  // namespace palisade::base

#include "provider/base/clock.h"

#include <condition_variable>
#include <mutex>

namespace palisade::base {
namespace {

class RealClock final : public Clock {
 public:
  Time Now() const override { return std::chrono::system_clock::now(); }
  SteadyTime Steady() const override { return std::chrono::steady_clock::now(); }
  bool WaitFor(std::chrono::milliseconds duration, std::stop_token cancel) const override {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, cancel, duration, [] { return false; });
    return !cancel.stop_requested();
  }
};

}  // namespace

const Clock& SystemClock() {
  static const RealClock clock;
  return clock;
}

}  // namespace palisade::base

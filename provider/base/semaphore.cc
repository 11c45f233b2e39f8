#include "provider/base/semaphore.h"

namespace palisade::base {

Semaphore::Place Semaphore::Acquire(std::stop_token cancel) {
  std::unique_lock lock(mutex_);
  if (!wake_.wait(lock, cancel, [this] { return free_ > 0; })) return Place(nullptr);
  --free_;
  return Place(this);
}

void Semaphore::Release() {
  {
    std::lock_guard lock(mutex_);
    ++free_;
  }
  wake_.notify_one();
}

}  // namespace palisade::base

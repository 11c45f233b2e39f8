#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace palisade::base {

/// Bounds how many threads do something at once; a wait for a place ends when it is cancelled.
class Semaphore {
 public:
  explicit Semaphore(unsigned places) : free_(places) {}

  /// A place that is given back when it goes out of scope; `held()` is false after a cancel.
  class Place {
   public:
    explicit Place(Semaphore* owner) : owner_(owner) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
      if (owner_ != nullptr) owner_->Release();
    }
    bool held() const { return owner_ != nullptr; }

   private:
    Semaphore* owner_;
  };

  [[nodiscard]] Place Acquire(std::stop_token cancel);

 private:
  void Release();

  std::mutex mutex_;
  std::condition_variable_any wake_;
  unsigned free_;
};

}  // namespace palisade::base

#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "absl/status/statusor.h"
#include "provider/base/status.h"

namespace palisade::aws {

/// A value that is fetched once and kept. Of many callers one fetches and the others wait for it; a
/// failure is theirs as well, but is not kept, and one that was only the fetching caller's (its
/// cancel, its time limit) makes the next of them try. Who waits for another's fetch leaves with
/// CANCELLED at its own cancel and with DEADLINE_EXCEEDED after `at_most`. Thread-safe.
template <typename Value>
class SingleFlight {
 public:
  absl::StatusOr<std::shared_ptr<const Value>> Get(
      std::stop_token cancel, std::optional<std::chrono::milliseconds> at_most,
      const std::function<absl::StatusOr<Value>()>& fetch) {
    const auto end = std::chrono::steady_clock::now() + std::min(at_most.value_or(kEver), kEver);
    std::unique_lock lock(mutex_);
    while (true) {
      if (value_ != nullptr) return value_;
      if (!fetching_) break;
      const std::uint64_t flight = flight_;
      const bool landed = wake_.wait_until(lock, cancel, end, [&] { return flight_ != flight; });
      if (cancel.stop_requested()) return base::Error(absl::StatusCode::kCancelled, "cancelled");
      if (!landed) {
        return base::Error(absl::StatusCode::kDeadlineExceeded,
                           "the same question of another resource was not answered in time");
      }
      if (value_ == nullptr && !IsOnlyTheirs(failure_)) return failure_;
    }
    fetching_ = true;
    lock.unlock();
    absl::StatusOr<Value> fetched = fetch();
    lock.lock();
    fetching_ = false;
    ++flight_;
    if (fetched.ok()) {
      value_ = std::make_shared<const Value>(*std::move(fetched));
    } else {
      failure_ = fetched.status();
    }
    wake_.notify_all();
    if (value_ == nullptr) return failure_;
    return value_;
  }

 private:
  static bool IsOnlyTheirs(const absl::Status& failure) {
    return failure.code() == absl::StatusCode::kCancelled ||
           failure.code() == absl::StatusCode::kDeadlineExceeded;
  }

  // Longer than any run, and far from where a time point overflows.
  static constexpr std::chrono::milliseconds kEver = std::chrono::hours(24 * 365);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool fetching_ = false;
  std::uint64_t flight_ = 0;
  std::shared_ptr<const Value> value_;
  absl::Status failure_;
};

}  // namespace palisade::aws

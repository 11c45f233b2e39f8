#include "provider/http/handle_pool.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace palisade::http {
namespace {

// As many as the engine sends calls at once on most machines; each holds about 90 KB.
constexpr std::size_t kMostKept = 32;
// A resolver never looks again at what it read when it was made, and networks change.
constexpr std::chrono::seconds kOldest{60};

}  // namespace

HandlePool::~HandlePool() {
  for (const Entry& entry : free_) curl_easy_cleanup(entry.handle);
}

HandlePool::Handle HandlePool::Take() {
  const base::SteadyTime now = clock_.Steady();
  std::vector<Entry> old;
  std::optional<Entry> found;
  {
    std::lock_guard lock(mutex_);
    const auto is_young = [now](const Entry& entry) { return now - entry.made < kOldest; };
    const auto first_old = std::stable_partition(free_.begin(), free_.end(), is_young);
    old.assign(first_old, free_.end());
    free_.erase(first_old, free_.end());
    if (!free_.empty()) {
      found = free_.back();
      free_.pop_back();
    }
  }
  for (const Entry& entry : old) curl_easy_cleanup(entry.handle);
  if (!found) return Handle(curl_easy_init(), GiveBack{this, now});
  return Handle(found->handle, GiveBack{this, found->made});
}

std::size_t HandlePool::waiting() const {
  std::lock_guard lock(mutex_);
  return free_.size();
}

void HandlePool::Return(Entry entry) {
  // Nothing of a request may reach the next one, nor outlive it. What libcurl keeps all the same
  // are connections and TLS sessions, which it uses only where host and trust are equal.
  curl_easy_reset(entry.handle);
  {
    std::lock_guard lock(mutex_);
    if (free_.size() < kMostKept) {
      free_.push_back(entry);
      return;
    }
  }
  curl_easy_cleanup(entry.handle);
}

}  // namespace palisade::http

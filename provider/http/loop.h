#pragma once

#include <curl/curl.h>

#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/http/transfer.h"

namespace palisade::http {

/// The process's one thread inside libcurl: it owns the multi handle, its connections and its
/// parsed certificates, which no two threads may share. Thread-safe.
class Loop {
 public:
  /// Starts the thread. `clock` outlives it.
  explicit Loop(const base::Clock& clock);
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  /// As Stop; nothing may be in Run any more.
  ~Loop();

  /// Ends what is under way, and whatever comes later, with CANCELLED. Returns when the thread has
  /// ended.
  void Stop();

  /// Runs a prepared transfer and blocks until it has ended, at the latest a moment after `cancel`.
  absl::StatusOr<Response> Run(Transfer& transfer, std::stop_token cancel);

 private:
  void Main();
  void TakeWaiting();
  void EndCancelled(bool all);
  void EndExpired();
  void ReadMessages();
  void Complete(Transfer& transfer, CURLcode code);
  void Leave(Transfer& transfer);
  void End(Transfer& transfer, absl::StatusOr<Response> result);
  int PollTime() const;

  const base::Clock& clock_;
  CURLM* const multi_;

  std::mutex mutex_;
  std::vector<Transfer*> waiting_;
  bool cancels_ = false, stopping_ = false;

  // The thread's own.
  std::vector<Transfer*> active_;
  base::SteadyTime next_limit_ = base::SteadyTime::max();

  std::thread thread_;
};

}  // namespace palisade::http

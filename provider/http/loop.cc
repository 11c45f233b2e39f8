#include "provider/http/loop.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "provider/base/status.h"
#include "provider/http/transport.h"

namespace palisade::http {
namespace {

constexpr long kConnectionsPerHost = 64, kPooledConnections = 128;
constexpr std::chrono::milliseconds kLongestPoll(60'000);

CURLM* MakeMulti() {
  CURLM* const multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsPerHost);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kPooledConnections);
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  return multi;
}

absl::Status Cancelled(const Transfer& transfer) {
  absl::Status status = base::Error(absl::StatusCode::kCancelled, "cancelled");
  return transfer.sent() ? status : NotSent(std::move(status));
}

// OpenSSL writes without MSG_NOSIGNAL; a signal that is blocked where it arises becomes EPIPE.
void BlockPipeSignal() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace

Loop::Loop(const base::Clock& clock)
    : clock_(clock), multi_(MakeMulti()), thread_([this] { Main(); }) {}

Loop::~Loop() {
  Stop();
  curl_multi_cleanup(multi_);
}

void Loop::Stop() {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(stopping_, true)) return;
  }
  curl_multi_wakeup(multi_);
  thread_.join();
}

absl::StatusOr<Response> Loop::Run(Transfer& transfer, std::stop_token cancel) {
  // Once it waits it may be on its way before the callback below says anything.
  if (cancel.stop_requested()) return Cancelled(transfer);
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return Cancelled(transfer);
    waiting_.push_back(&transfer);
  }
  curl_multi_wakeup(multi_);
  const std::stop_callback on_cancel(cancel, [this, &transfer] {
    transfer.RequestCancel();
    {
      std::lock_guard lock(mutex_);
      cancels_ = true;
    }
    curl_multi_wakeup(multi_);
  });
  return transfer.Wait();
}

void Loop::Main() {
  BlockPipeSignal();
  while (true) {
    bool cancels = false;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) break;
      cancels = std::exchange(cancels_, false);
    }
    TakeWaiting();
    if (cancels) EndCancelled(false);
    int running = 0;
    curl_multi_perform(multi_, &running);
    ReadMessages();
    EndExpired();
    curl_multi_poll(multi_, nullptr, 0, PollTime(), nullptr);
  }
  TakeWaiting();
  EndCancelled(true);
}

void Loop::TakeWaiting() {
  std::vector<Transfer*> taken;
  {
    std::lock_guard lock(mutex_);
    taken.swap(waiting_);
  }
  for (Transfer* transfer : taken) {
    curl_multi_add_handle(multi_, transfer->handle());
    active_.push_back(transfer);
  }
}

void Loop::Leave(Transfer& transfer) {
  curl_multi_remove_handle(multi_, transfer.handle());
  std::erase(active_, &transfer);
}

void Loop::End(Transfer& transfer, absl::StatusOr<Response> result) {
  Leave(transfer);
  transfer.Finish(std::move(result));
}

void Loop::EndCancelled(bool all) {
  const std::vector<Transfer*> active = active_;
  for (Transfer* transfer : active) {
    if (all || transfer->cancel_requested()) End(*transfer, Cancelled(*transfer));
  }
}

void Loop::EndExpired() {
  const base::SteadyTime now = clock_.Steady();
  next_limit_ = base::SteadyTime::max();
  for (std::size_t i = active_.size(); i-- > 0;) {
    Transfer& transfer = *active_[i];
    if (auto status = transfer.Expired(now)) {
      End(transfer, *std::move(status));
    } else {
      next_limit_ = std::min(next_limit_, transfer.NextLimit());
    }
  }
}

void Loop::ReadMessages() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    char* owner = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
    Complete(*reinterpret_cast<Transfer*>(owner), code);
  }
}

void Loop::Complete(Transfer& transfer, CURLcode code) {
  Leave(transfer);
  auto result = transfer.Result(code);
  // Transfers that wait for another one's connection would each try in turn after it has failed:
  // sixty of them ten minutes, with a host that is silent. So they share its fate.
  if (!result.ok() && !transfer.sent()) {
    const std::vector<Transfer*> active = active_;
    for (Transfer* other : active) {
      if (other->SharesFateOf(transfer)) End(*other, result.status());
    }
  }
  transfer.Finish(std::move(result));
}

int Loop::PollTime() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_limit_ - clock_.Steady());
  return static_cast<int>(std::clamp(left, std::chrono::milliseconds(0), kLongestPoll).count());
}

}  // namespace palisade::http

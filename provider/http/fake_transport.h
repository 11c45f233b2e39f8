#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/http/transport.h"

namespace palisade::http {

/// A transport for tests: answers from a script or by a function, and keeps what was sent.
class FakeTransport final : public Transport {
 public:
  using Answer = absl::StatusOr<Response>;
  using Handler = std::function<Answer(const Request&)>;

  /// Answers the next request; in order.
  FakeTransport& Then(Answer answer) {
    script_.push_back([answer = std::move(answer)](const Request&) { return answer; });
    return *this;
  }
  FakeTransport& Then(int status, std::string body, Headers headers = {}) {
    return Then(Response{status, std::move(headers), std::move(body)});
  }
  FakeTransport& Then(Handler handler) {
    script_.push_back(std::move(handler));
    return *this;
  }
  /// Answers whatever the script does not.
  void Otherwise(Handler handler) { otherwise_ = std::move(handler); }

  Answer Send(const Request& request, std::stop_token cancel) override {
    Handler handler;
    {
      std::lock_guard lock(mutex_);
      sent_.push_back(request);
      if (!script_.empty()) {
        handler = std::move(script_.front());
        script_.pop_front();
      } else {
        handler = otherwise_;
      }
    }
    if (cancel.stop_requested()) return base::Error(absl::StatusCode::kCancelled, "cancelled");
    if (!handler) return base::Internal("the test expected no request to " + request.url);
    return handler(request);
  }
  absl::StatusOr<std::vector<std::string>> PeerCertificates(const Request& request,
                                                            std::stop_token) override {
    std::lock_guard lock(mutex_);
    sent_.push_back(request);
    return certificates;
  }

  std::vector<Request> sent() const {
    std::lock_guard lock(mutex_);
    return sent_;
  }
  bool done() const {
    std::lock_guard lock(mutex_);
    return script_.empty();
  }
  absl::StatusOr<std::vector<std::string>> certificates = std::vector<std::string>{};

 private:
  mutable std::mutex mutex_;
  std::deque<Handler> script_;
  Handler otherwise_;
  std::vector<Request> sent_;
};

}  // namespace palisade::http

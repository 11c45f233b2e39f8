#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/http/handle_pool.h"
#include "provider/http/transport.h"

namespace palisade::http {

class Loop;
struct Route;

/// The transport of the process: libcurl on one thread of its own, which starts with the first
/// request. HTTP/2 where a TLS server offers it, TLS 1.2 at least, no redirects, no cookies, at
/// most 64 connections to a host.
class CurlTransport final : public Transport {
 public:
  struct Options {
    const base::Clock& clock;  ///< outlives the transport
    /// For proxies and the bundle of authorities; read anew at each request.
    base::Environment environment;
    /// Gets a line per request (DebugLine) on the calling threads; null for none.
    std::function<void(const std::string&)> debug = nullptr;
  };
  explicit CurlTransport(Options options);
  /// Ends what is under way with CANCELLED and waits until those calls have returned.
  ~CurlTransport() override;

  absl::StatusOr<Response> Send(const Request& request, std::stop_token cancel) override;
  absl::StatusOr<std::vector<std::string>> PeerCertificates(const Request& request,
                                                            std::stop_token cancel) override;

 private:
  class Visit;

  absl::StatusOr<Route> RouteOf(const Request& request) const;
  absl::StatusOr<Response> SendBy(const Request& request, std::stop_token cancel);
  Loop& TheLoop();
  void Tell(const Request& request, const absl::StatusOr<Response>& response,
            base::SteadyTime start) const;

  const Options options_;
  HandlePool handles_;
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0;  ///< calls that have not returned
  std::unique_ptr<Loop> loop_;
};

}  // namespace palisade::http

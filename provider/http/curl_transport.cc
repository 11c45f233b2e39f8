#include "provider/http/curl_transport.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

#include <utility>

#include "provider/base/status.h"
#include "provider/http/ca_bundle.h"
#include "provider/http/debug_line.h"
#include "provider/http/loop.h"
#include "provider/http/proxy.h"
#include "provider/http/transfer.h"
#include "provider/http/url.h"

namespace palisade::http {
namespace {

// Once per process and thread-safe: several transports may exist in a test. The static release must
// not read an openssl.cnf that was written for the machine's own OpenSSL.
void InitialiseCurl() {
  static const bool done = [] {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  static_cast<void>(done);
}

absl::Status Annotated(const absl::Status& status, const Request& request) {
  const auto url = ParseUrl(request.url);
  return NotSent(base::Annotate(status, url.ok() ? url->host : "a request"));
}

}  // namespace

CurlTransport::CurlTransport(Options options)
    : options_(std::move(options)), handles_(options_.clock) {}

CurlTransport::~CurlTransport() {
  std::unique_lock lock(mutex_);
  if (loop_ != nullptr) {
    lock.unlock();
    loop_->Stop();
    lock.lock();
  }
  left_.wait(lock, [this] { return inside_ == 0; });
}

// A call that the destructor has to wait for.
class CurlTransport::Visit {
 public:
  explicit Visit(CurlTransport& transport) : transport_(transport) {
    std::lock_guard lock(transport_.mutex_);
    ++transport_.inside_;
  }
  ~Visit() {
    std::lock_guard lock(transport_.mutex_);
    // Under the lock: the condition may be gone a moment later.
    if (--transport_.inside_ == 0) transport_.left_.notify_all();
  }
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;

 private:
  CurlTransport& transport_;
};

Loop& CurlTransport::TheLoop() {
  std::lock_guard lock(mutex_);
  if (loop_ == nullptr) {
    InitialiseCurl();
    loop_ = std::make_unique<Loop>(options_.clock);
  }
  return *loop_;
}

absl::StatusOr<Route> CurlTransport::RouteOf(const Request& request) const {
  Route route;
  route.target = request.url;
  PALISADE_ASSIGN_OR_RETURN(route.url, ParseUrl(request.url));
  const Network* const network = request.network.get();
  route.insecure = network != nullptr && network->insecure;
  if (!request.direct) {
    PALISADE_ASSIGN_OR_RETURN(route.proxy, ProxyFor(route.url, network, options_.environment));
  }
  const bool verifies = route.url.scheme == "https" && !route.insecure;
  if (verifies || route.proxy.starts_with("https:")) {
    PALISADE_ASSIGN_OR_RETURN(route.ca_bundle, CaBundle(network, options_.environment));
  }
  return route;
}

absl::StatusOr<Response> CurlTransport::SendBy(const Request& request, std::stop_token cancel) {
  const auto route = RouteOf(request);
  if (!route.ok()) return Annotated(route.status(), request);
  Loop& loop = TheLoop();
  Transfer transfer(request, *route, options_.clock, handles_);
  PALISADE_RETURN_IF_ERROR(transfer.Prepare());
  return loop.Run(transfer, std::move(cancel));
}

void CurlTransport::Tell(const Request& request, const absl::StatusOr<Response>& response,
                         base::SteadyTime start) const {
  if (options_.debug == nullptr) return;
  options_.debug(DebugLine(
      request, response,
      std::chrono::duration_cast<std::chrono::milliseconds>(options_.clock.Steady() - start)));
}

absl::StatusOr<Response> CurlTransport::Send(const Request& request, std::stop_token cancel) {
  const Visit visit(*this);
  const base::SteadyTime start = options_.clock.Steady();
  auto response = SendBy(request, std::move(cancel));
  Tell(request, response, start);
  return response;
}

absl::StatusOr<std::vector<std::string>> CurlTransport::PeerCertificates(const Request& request,
                                                                         std::stop_token cancel) {
  const Visit visit(*this);
  Request look = request;
  const auto url = ParseUrl(look.url);
  const bool plain = url.ok() && url->scheme == "tls";
  // libcurl knows no scheme for TLS alone.
  if (plain) look.url.replace(0, 3, "https");
  look.method = "CONNECT";
  look.body.clear();
  look.headers.clear();
  auto route = RouteOf(look);
  if (!route.ok()) return Annotated(route.status(), look);
  if (route->url.scheme != "https") {
    return NotSent(base::InvalidArgument("expected a URL like https://host or tls://host:port"));
  }
  route->certificates = true;
  route->alpn = !plain;
  Loop& loop = TheLoop();
  Transfer transfer(look, *route, options_.clock, handles_);
  PALISADE_RETURN_IF_ERROR(transfer.Prepare());
  const base::SteadyTime start = options_.clock.Steady();
  const auto response = loop.Run(transfer, std::move(cancel));
  Tell(look, response, start);
  PALISADE_RETURN_IF_ERROR(response.status());
  if (transfer.certificates().empty()) {
    return base::Error(absl::StatusCode::kUnavailable,
                       route->url.Authority() + " showed no certificate");
  }
  return transfer.certificates();
}

}  // namespace palisade::http

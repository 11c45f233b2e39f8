#include "provider/auth/service_call.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "provider/auth/retry_hint.h"

namespace palisade::auth {
namespace {

constexpr std::array<std::string_view, 11> kThrottling = {
    "Throttling",           "ThrottlingException",       "ThrottledException",
    "RequestThrottled",     "RequestThrottledException", "TooManyRequestsException",
    "RequestLimitExceeded", "BandwidthLimitExceeded",    "SlowDown",
    "SlowDownException",    "PriorRequestNotComplete"};

}  // namespace

http::RetryPolicy SlowService() {
  http::RetryPolicy policy;
  policy.max_throttled_attempts = 8;
  return policy;
}

http::Request ServiceRequest(const Search& search, const std::string& method,
                             const std::string& url) {
  http::Request request;
  request.method = method;
  request.url = url;
  request.idempotency = http::Idempotency::kIdempotent;
  request.network = search.services().network;
  request.total_timeout = std::chrono::seconds(60);
  request.max_response_bytes = std::size_t{1} << 20;
  return request;
}

absl::StatusOr<http::Response> PerformCall(const Search& search, const http::Exchange& exchange,
                                           const http::RetryPolicy& policy) {
  http::ExchangeContext context{search.services().transport, search.services().clock,
                                search.services().random, search.cancel()};
  context.policy = policy;
  return http::Perform(exchange, context);
}

http::Verdict JudgeCommon(const http::Response& response, const std::string& code) {
  using Kind = http::Verdict::Kind;
  const auto hint = RetryHint(response);
  if (response.status == 429 || std::ranges::find(kThrottling, code) != kThrottling.end()) {
    return {Kind::kThrottled, hint};
  }
  const bool broken = response.status == 500 || response.status == 502 || response.status == 503 ||
                      response.status == 504;
  if (broken || code == "RequestTimeout" || code == "RequestTimeoutException") {
    return {Kind::kTransient, hint};
  }
  return {};
}

}  // namespace palisade::auth

#include "provider/clouds/aws/core/retry_class.h"

#include <algorithm>
#include <array>

#include "provider/auth/retry_hint.h"

namespace palisade::aws {
namespace {

// What the SDKs of all services take for throttling; LimitExceededException is apart.
constexpr std::array<std::string_view, 13> kThrottling{"Throttling",
                                                       "ThrottlingException",
                                                       "ThrottledException",
                                                       "RequestThrottledException",
                                                       "RequestThrottled",
                                                       "TooManyRequestsException",
                                                       "ProvisionedThroughputExceededException",
                                                       "TransactionInProgressException",
                                                       "RequestLimitExceeded",
                                                       "BandwidthLimitExceeded",
                                                       "PriorRequestNotComplete",
                                                       "SlowDown",
                                                       "EC2ThrottledException"};
constexpr std::array<std::string_view, 7> kTransient{
    "RequestTimeout",      "RequestTimeoutException", "InternalError",        "InternalFailure",
    "InternalServerError", "ServiceUnavailable",      "IDPCommunicationError"};
constexpr std::array<std::string_view, 4> kExpired{"ExpiredToken", "ExpiredTokenException",
                                                   "RequestExpired", "TokenRefreshRequired"};
bool Has(const auto& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

}  // namespace

bool IsThrottling(const Service& service, std::string_view code) {
  if (code.empty()) return false;
  if (code == service.throttle_code || Has(kThrottling, code)) return true;
  return code == "LimitExceededException" && !service.limit_is_quota;
}

bool IsExpiredCredentials(std::string_view code) { return Has(kExpired, code); }

http::Verdict Judge(const Service& service, const base::CloudError& error,
                    const http::Response& response) {
  using Kind = http::Verdict::Kind;
  const auto hint = auth::RetryHint(response);
  if (response.status >= 200 && response.status < 300) return {Kind::kDone};
  if (response.status == 429 || IsThrottling(service, error.code)) return {Kind::kThrottled, hint};
  const bool transient = response.status == 500 || response.status == 502 ||
                         response.status == 503 || response.status == 504 ||
                         Has(kTransient, error.code);
  return transient ? http::Verdict{Kind::kTransient, hint} : http::Verdict{Kind::kDone};
}

}  // namespace palisade::aws

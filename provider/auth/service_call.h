#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/auth/source.h"
#include "provider/http/exchange.h"

namespace palisade::auth {

/// A service of AWS: the retry policy of the calls that fetch credentials.
http::RetryPolicy SlowService();

/// A request to a service of AWS or to its sign-in pages, through the account's network settings.
http::Request ServiceRequest(const Search& search, const std::string& method,
                             const std::string& url);

/// Runs the loop of provider/http for the search.
absl::StatusOr<http::Response> PerformCall(const Search& search, const http::Exchange& exchange,
                                           const http::RetryPolicy& policy);

/// Throttled, transient or done, by the codes that every service of AWS shares (botocore's
/// `standard` retries).
http::Verdict JudgeCommon(const http::Response& response, const std::string& code);

}  // namespace palisade::auth

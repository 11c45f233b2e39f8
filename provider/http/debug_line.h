#pragma once

#include <chrono>
#include <string>

#include "absl/status/statusor.h"
#include "provider/http/message.h"

namespace palisade::http {

/// One line about a request and its end for the log at debug level: method, host, path without the
/// query, status, duration, bytes, and the headers of a list of allowed ones. Never a body, a query
/// or another header.
std::string DebugLine(const Request& request, const absl::StatusOr<Response>& response,
                      std::chrono::milliseconds duration);

}  // namespace palisade::http

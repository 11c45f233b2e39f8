#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "provider/http/message.h"

namespace palisade::http {

/// What is certain about a request that ended without a response.
enum class Delivery {
  kNotSent,  ///< the server cannot have acted on it: no name, no connection, no TLS
  kUnclear,  ///< it may have: the connection broke, or time ran out, after bytes were sent
};

/// Sends one request once. Thread-safe; a call blocks its thread until there is an answer.
class Transport {
 public:
  virtual ~Transport() = default;

  /// The response, whatever its HTTP status. Without one: UNAVAILABLE (not reachable, broken),
  /// DEADLINE_EXCEEDED (a time limit of the request), CANCELLED (within a second of `cancel`),
  /// FAILED_PRECONDITION (the certificate is not trusted, the proxy refuses) or RESOURCE_EXHAUSTED
  /// (the body is longer than allowed). The text names the host, never headers or bodies.
  /// Nothing is sent twice, also not by the library beneath: a connection that dies before the
  /// first byte of a reply is an error here (ADR 0013).
  virtual absl::StatusOr<Response> Send(const Request& request, std::stop_token cancel) = 0;

  /// The certificates that the TLS server at `url` (https:// or tls://host:port) shows, as PEM,
  /// the server's own first.
  virtual absl::StatusOr<std::vector<std::string>> PeerCertificates(const Request& request,
                                                                    std::stop_token cancel) = 0;
};

/// kUnclear unless the status was made by NotSent.
Delivery DeliveryOf(const absl::Status& status);

/// Marks a failure of which the server can know nothing.
absl::Status NotSent(absl::Status status);

}  // namespace palisade::http

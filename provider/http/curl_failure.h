#pragma once

#include <curl/curl.h>

#include <string>

#include "absl/status/status.h"

namespace palisade::http {

/// What is known of a transfer that ended without a response.
struct CurlFailure {
  CURLcode code = CURLE_OK;
  std::string host;   ///< host, or host:port
  std::string proxy;  ///< the same of the proxy, "" without one
  std::string ca_bundle;
  std::string detail;     ///< libcurl's own words
  long connect_code = 0;  ///< what a proxy answered to CONNECT
  int sends = 0;          ///< how often libcurl began to send it; the second time was held back
  bool too_long = false;
  std::size_t max_bytes = 0;
  long connect_seconds = 0;
};

/// The status by the contract of Transport::Send. The text names hosts and files, nothing else.
absl::Status StatusOf(const CurlFailure& failure);

}  // namespace palisade::http

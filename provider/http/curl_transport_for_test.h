#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "provider/http/curl_transport.h"
#include "provider/http/loopback_for_test.h"

namespace palisade::http {

/// A transport with an environment of the test's own.
struct CurlTransportTest : testing::Test {
  std::map<std::string, std::string> environment;
  std::mutex log_mutex;
  std::vector<std::string> log;
  CurlTransport transport{{base::SystemClock(),
                           [this](const std::string& name) -> std::optional<std::string> {
                             const auto it = environment.find(name);
                             if (it == environment.end()) return std::nullopt;
                             return it->second;
                           },
                           [this](const std::string& line) {
                             std::lock_guard lock(log_mutex);
                             log.push_back(line);
                           }}};

  static Request Get(std::string url) {
    Request request;
    request.url = std::move(url);
    request.idempotency = Idempotency::kIdempotent;
    return request;
  }
  static Request Post(std::string url, std::string body) {
    Request request;
    request.method = "POST";
    request.url = std::move(url);
    request.body = std::move(body);
    return request;
  }
  absl::StatusOr<Response> Send(const Request& request) { return transport.Send(request, {}); }
};

/// Answers every request of a connection with its own text.
inline void Echo(Connection& connection) {
  while (const auto request = connection.ReadRequest()) connection.Answer(*request);
}

}  // namespace palisade::http

#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"

namespace palisade::base {

/// What a cloud answered instead of doing what it was asked. Travels inside an absl::Status, so
/// that whoever handles the status can compare codes without reading prose.
struct CloudError {
  std::string service;    ///< as the cloud calls it: "ec2"
  std::string operation;  ///< "CreateVpc"
  int http_status = 0;    ///< 0 when there was no answer
  std::string code;       ///< exactly as sent: "InvalidVpcID.NotFound"; may be empty
  std::string message;    ///< the cloud's own words
  std::string request_id;
};

/// A status of `code` whose message says what was called, on what (`subject`, may be empty), what
/// the cloud said and, if given, what to do. Carries `error`.
absl::Status CloudStatus(absl::StatusCode code, const CloudError& error, const std::string& subject,
                         const std::string& what_to_do = "");

/// The error that `status` or what it annotates carries.
std::optional<CloudError> CloudErrorOf(const absl::Status& status);

/// The cloud's code, or "" for a status that carries none.
std::string CloudCodeOf(const absl::Status& status);

}  // namespace palisade::base

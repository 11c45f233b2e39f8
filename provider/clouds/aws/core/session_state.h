#pragma once

#include <functional>
#include <memory>
#include <string>

#include "provider/clouds/aws/core/cloud_impl.h"
#include "provider/clouds/aws/core/session.h"

namespace palisade::aws {

struct Session::State {
  Cloud& cloud;
  resource::Call& call;
  Placement placement;
  std::shared_ptr<Account> account;
  std::string subject = {};
  std::string client_token = {};

  /// One operation of a service, asked in `region`.
  struct Operation {
    const Service& service;
    std::string_view name;
    http::Idempotency idempotency;
    /// The request to an endpoint's URL, unsigned.
    std::function<http::Request(const std::string& url)> request;
    std::string region;
  };
  /// The successful response; failures as CloudStatus.
  absl::StatusOr<http::Response> Send(const Operation& operation);
  absl::StatusOr<Xml> SendQuery(const Service& service, std::string_view operation,
                                const Params& params, http::Idempotency idempotency,
                                const std::string& region);
  /// The status of a reply that came with success but cannot be read.
  absl::Status Unreadable(const Operation& operation, const http::Response& response,
                          const absl::Status& why) const;
};

}  // namespace palisade::aws

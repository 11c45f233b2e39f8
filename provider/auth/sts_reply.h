#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"
#include "provider/base/cloud_error.h"
#include "provider/http/message.h"

namespace palisade::auth {

/// The error of an STS answer, empty of code where its body holds none (a proxy's page, say).
base::CloudError StsErrorOf(const http::Response& response, const std::string& operation);

/// The credentials in the answer of AssumeRole and its like.
absl::StatusOr<AwsCredentials> ParseStsCredentials(const std::string& body,
                                                   const std::string& operation);

}  // namespace palisade::auth

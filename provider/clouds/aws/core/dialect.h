#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/base/cloud_error.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/service.h"
#include "provider/clouds/aws/core/xml.h"
#include "provider/http/message.h"

namespace palisade::aws {

/// The request of an operation before it is signed. `url` is the endpoint's.
http::Request QueryRequest(const Service& service, std::string_view operation, const Params& params,
                           const std::string& url);
http::Request JsonRequest(const Service& service, std::string_view operation, std::string body,
                          const std::string& url);

/// Whether a response says that the operation failed.
bool IsFailure(const http::Response& response);

/// What a failure says, in the service's dialect. Bodies may be empty, or pages of a proxy in HTML:
/// then the code is empty and the message says what came. Of HTML only its title is taken.
base::CloudError ReadFailure(const Service& service, std::string_view operation,
                             const http::Response& response);

/// The id of a request, from the headers or from the reply; empty when there is none.
std::string RequestIdOf(const http::Response& response);

/// The reply of a query or ec2Query operation; the root is the result where there is one.
absl::StatusOr<Xml> ReadQueryReply(const Service& service, std::string_view operation,
                                   const std::string& body);

/// The code on the wire without its namespace and its link:
/// "aws.protocoltests#FooError:http://..." is "FooError".
std::string BareCode(std::string_view code);

}  // namespace palisade::aws

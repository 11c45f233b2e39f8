#pragma once

#include <string_view>

#include "provider/base/cloud_error.h"
#include "provider/clouds/aws/core/service.h"
#include "provider/http/exchange.h"
#include "provider/http/message.h"

namespace palisade::aws {

/// What an answer means for the loop of attempts, but for clock and credentials.
http::Verdict Judge(const Service& service, const base::CloudError& error,
                    const http::Response& response);

/// The code says that the request came too often, and was not carried out.
bool IsThrottling(const Service& service, std::string_view code);

/// The code says that the session's credentials are no longer good.
bool IsExpiredCredentials(std::string_view code);

}  // namespace palisade::aws

#pragma once

#include <string>

#include "absl/status/status.h"
#include "provider/base/cloud_error.h"
#include "provider/clouds/aws/core/service.h"

namespace palisade::aws {

/// The status of a failed operation: the cloud's words, and what to do where that can be said.
/// Never NOT_FOUND: whether a code means that the object itself is gone is the handler's to say,
/// and a Delete would take that for success.
absl::Status FailureOf(const Service& service, const base::CloudError& error,
                       const std::string& subject);

/// The credentials are good, but may not do this.
bool IsDenied(const absl::Status& status);

}  // namespace palisade::aws

#pragma once

#include <stop_token>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"

namespace palisade::auth {

/// Goes through the sources in their order (docs/aws.md), then assumes the roles of the
/// configuration one after the other. Nothing is kept; each call asks anew. UNAUTHENTICATED with
/// what was tried and what to do, or CANCELLED.
absl::StatusOr<AwsCredentials> FindCredentials(const AwsCredentialSettings& settings,
                                               const AwsAuthServices& services,
                                               std::stop_token cancel);

}  // namespace palisade::auth

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"
#include "provider/auth/source.h"

namespace palisade::auth {

/// Asks the STS of the search's region for the session of a role, signed by `base`. `chained` says
/// that `base` is a role's session itself, which caps the duration at an hour.
absl::StatusOr<AwsCredentials> AssumeRole(Search& search, const AwsAssumeRole& role,
                                          const AwsCredentials& base, bool chained);

/// The same with an identity provider's token in place of credentials; unsigned. The token's file
/// is read at each attempt.
absl::StatusOr<AwsCredentials> AssumeRoleWithWebIdentity(Search& search,
                                                         const AwsWebIdentity& identity);

}  // namespace palisade::auth

#pragma once

#include <string>

#include "absl/status/status.h"
#include "provider/auth/aws_credentials.h"
#include "provider/base/clock.h"
#include "provider/http/message.h"

namespace palisade::auth {

/// AWS Signature Version 4 in the Authorization header.
struct SigV4Options {
  std::string region, service;
  /// False for S3: there the path is neither normalised nor encoded a second time.
  bool normalize_path = true;
  bool double_encode_path = true;
  /// Send X-Amz-Content-Sha256, as S3 demands.
  bool content_sha256_header = false;
};

/// Adds Host (if absent), X-Amz-Date, X-Amz-Security-Token and Authorization to `request`, whose
/// URL is in its wire form. Earlier ones of those four are replaced, so that an attempt can be
/// signed again. Pure but for `now`.
absl::Status SignV4(http::Request& request, const AwsCredentials& credentials,
                    const SigV4Options& options, base::Time now);

/// The steps in between, for tests against published vectors.
struct SigV4Steps {
  std::string canonical_request, string_to_sign, signature, authorization;
};
absl::StatusOr<SigV4Steps> SigV4StepsOf(const http::Request& request,
                                        const AwsCredentials& credentials,
                                        const SigV4Options& options, base::Time now);

}  // namespace palisade::auth

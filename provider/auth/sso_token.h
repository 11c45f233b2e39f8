#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "provider/auth/source.h"

namespace palisade::auth {

/// Where a profile signs in with IAM Identity Center.
struct SsoLogin {
  /// The profile, for messages.
  std::string profile;
  /// The name of the sso-session, empty in the older form without one.
  std::string session;
  std::string start_url, region;

  /// "Run `aws sso login --profile X`".
  std::string Advice() const;
};

/// The file in ~/.aws/sso/cache that `aws sso login` writes for this login: named by the SHA-1 of
/// the session's name, or of the start URL in the older form.
absl::StatusOr<std::string> SsoCacheFile(const SsoLogin& login,
                                         const base::Environment& environment);

/// A token that is good now. With less than fifteen minutes left, one of a session is renewed first
/// and written back for other tools; where that fails, the old one is used as long as it lives.
absl::StatusOr<base::Redacted> SsoToken(Search& search, const SsoLogin& login);

/// The address of "sso" or "sso_oidc": AWS_ENDPOINT_URL_SSO and its like, or the partition's.
std::string SsoEndpoint(Search& search, const std::string& service, const std::string& host,
                        const std::string& region);

}  // namespace palisade::auth

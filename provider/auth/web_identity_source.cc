#include "provider/auth/sources.h"
#include "provider/auth/sts.h"
#include "provider/base/status.h"

namespace palisade::auth {

Found FromWebIdentityEnvironment(Search& search) {
  AwsWebIdentity identity;
  const auto file = search.Variable("AWS_WEB_IDENTITY_TOKEN_FILE");
  if (!file) {
    search.Pass("web identity (no AWS_WEB_IDENTITY_TOKEN_FILE)");
    return std::nullopt;
  }
  const auto role = search.Variable("AWS_ROLE_ARN");
  if (!role) {
    return base::FailedPrecondition(
        "the environment has AWS_WEB_IDENTITY_TOKEN_FILE without AWS_ROLE_ARN, the role to assume "
        "with that token");
  }
  identity.token_file = *file;
  identity.role_arn = *role;
  identity.session_name = search.Variable("AWS_ROLE_SESSION_NAME").value_or("");
  return AssumeRoleWithWebIdentity(search, identity);
}

Found FromWebIdentityProfile(Search& search, const std::string& profile) {
  PALISADE_ASSIGN_OR_RETURN(const AwsProfiles* profiles, search.Profiles());
  const auto file = profiles->Value(profile, "web_identity_token_file");
  if (!file) return std::nullopt;
  const auto role = profiles->Value(profile, "role_arn");
  if (!role) {
    return base::FailedPrecondition("the profile " + profile +
                                    " has web_identity_token_file without role_arn, the role to "
                                    "assume with that token");
  }
  AwsWebIdentity identity;
  identity.token_file = *file;
  identity.role_arn = *role;
  identity.session_name = profiles->Value(profile, "role_session_name").value_or("");
  return AssumeRoleWithWebIdentity(search, identity);
}

}  // namespace palisade::auth

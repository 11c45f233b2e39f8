#include "provider/auth/sources.h"
#include "provider/auth/time_text.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

AwsCredentials Make(std::string id, std::string secret, const std::optional<std::string>& token,
                    std::string source) {
  AwsCredentials credentials;
  credentials.access_key_id = std::move(id);
  credentials.secret_access_key = base::Redacted(std::move(secret));
  if (token) credentials.session_token = base::Redacted(*token);
  credentials.source = std::move(source);
  return credentials;
}

}  // namespace

Found FromSettings(Search& search) {
  const AwsCredentialSettings& settings = search.settings();
  if (settings.access_key.empty() && settings.secret_key.empty()) {
    if (!settings.token.empty()) {
      return base::InvalidArgument(
          "the provider's configuration has token without accessKey and secretKey; give all three "
          "or none");
    }
    search.Pass("the provider's configuration (no accessKey)");
    return std::nullopt;
  }
  if (settings.access_key.empty() || settings.secret_key.empty()) {
    const bool no_secret = settings.secret_key.empty();
    return base::InvalidArgument(
        std::string("the provider's configuration has ") +
        (no_secret ? "accessKey without secretKey" : "secretKey without accessKey") +
        "; give both or neither");
  }
  std::optional<std::string> token;
  if (!settings.token.empty()) token = settings.token.Reveal();
  return Make(settings.access_key, settings.secret_key.Reveal(), token,
              "accessKey of the provider's configuration");
}

Found FromEnvironment(Search& search) {
  const auto id = search.Variable("AWS_ACCESS_KEY_ID");
  const auto secret = search.Variable("AWS_SECRET_ACCESS_KEY");
  if (!id && !secret) {
    search.Pass("the environment (no AWS_ACCESS_KEY_ID)");
    return std::nullopt;
  }
  if (!id || !secret) {
    return base::FailedPrecondition(std::string("the environment has ") +
                                    (id ? "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"
                                        : "AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID") +
                                    "; set both or unset it");
  }
  AwsCredentials credentials = Make(*id, *secret, search.Variable("AWS_SESSION_TOKEN"),
                                    "AWS_ACCESS_KEY_ID of the environment");
  credentials.account_id = search.Variable("AWS_ACCOUNT_ID").value_or("");
  if (const auto expires = search.Variable("AWS_CREDENTIAL_EXPIRATION")) {
    credentials.expires = ParseIsoTime(*expires);
    if (!credentials.expires) {
      return base::FailedPrecondition("AWS_CREDENTIAL_EXPIRATION is \"" + *expires +
                                      "\", not a time such as 2026-05-01T12:00:00Z");
    }
    if (*credentials.expires <= search.services().clock.Now()) {
      return base::FailedPrecondition(
          "the credentials in the environment expired at " + *expires +
          " (AWS_CREDENTIAL_EXPIRATION). Renew them, then run this again");
    }
  }
  return credentials;
}

Found FromStaticKeys(Search& search, const std::string& profile) {
  PALISADE_ASSIGN_OR_RETURN(const AwsProfiles* profiles, search.Profiles());
  const auto id = profiles->Value(profile, "aws_access_key_id");
  const auto secret = profiles->Value(profile, "aws_secret_access_key");
  if (!id && !secret) return std::nullopt;
  if (!id || !secret) {
    return base::FailedPrecondition("the profile " + profile + " has " +
                                    (id ? "aws_access_key_id without aws_secret_access_key"
                                        : "aws_secret_access_key without aws_access_key_id") +
                                    "; it needs both");
  }
  AwsCredentials credentials = Make(*id, *secret, profiles->Value(profile, "aws_session_token"),
                                    "the keys of the profile " + profile);
  credentials.account_id = profiles->Value(profile, "aws_account_id").value_or("");
  return credentials;
}

}  // namespace palisade::auth

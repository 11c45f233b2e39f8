#include "provider/auth/json_reply.h"

#include <nlohmann/json.hpp>

#include "provider/auth/time_text.h"
#include "provider/base/status.h"

namespace palisade::auth {

std::string TextMember(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return "";
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

absl::StatusOr<AwsCredentials> ParseJsonCredentials(const nlohmann::json& reply,
                                                    const char* token_name,
                                                    const std::string& what) {
  if (!reply.is_object()) return base::FailedPrecondition(what + " is not a JSON object");
  AwsCredentials credentials;
  credentials.access_key_id = TextMember(reply, "AccessKeyId");
  credentials.secret_access_key = base::Redacted(TextMember(reply, "SecretAccessKey"));
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return base::FailedPrecondition(
        what + " has no " +
        (credentials.access_key_id.empty() ? "AccessKeyId" : "SecretAccessKey"));
  }
  if (std::string token = TextMember(reply, token_name); !token.empty()) {
    credentials.session_token = base::Redacted(std::move(token));
  }
  credentials.account_id = TextMember(reply, "AccountId");
  if (const std::string expires = TextMember(reply, "Expiration"); !expires.empty()) {
    credentials.expires = ParseIsoTime(expires);
    if (!credentials.expires) {
      return base::FailedPrecondition("Expiration in " + what +
                                      " is not a time such as 2026-05-01T12:00:00Z");
    }
  }
  return credentials;
}

}  // namespace palisade::auth

#include <nlohmann/json.hpp>

#include "provider/auth/json_reply.h"
#include "provider/auth/percent_encoding.h"
#include "provider/auth/scrub.h"
#include "provider/auth/service_call.h"
#include "provider/auth/sources.h"
#include "provider/auth/sso_token.h"
#include "provider/auth/url_parts.h"
#include "provider/base/cloud_error.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

// nullopt where the profile has nothing of SSO.
absl::StatusOr<std::optional<SsoLogin>> LoginOf(const AwsProfiles& profiles,
                                                const std::string& profile) {
  const auto value = [&](const char* key) { return profiles.Value(profile, key); };
  SsoLogin login;
  login.profile = profile;
  const auto session = value("sso_session");
  if (!session && !value("sso_start_url")) {
    if (!value("sso_account_id") && !value("sso_role_name")) return std::nullopt;
  }
  login.session = session.value_or("");
  std::string missing;
  const auto read = [&](const char* key, std::string& into) -> absl::Status {
    const auto own = value(key);
    const auto shared = session ? profiles.SsoSession(*session, key) : std::nullopt;
    if (own && shared && *own != *shared) {
      return base::FailedPrecondition("the profile " + profile + " and its sso-session " +
                                      *session + " disagree about " + key +
                                      "; take it out of the profile");
    }
    into = session ? shared.value_or("") : own.value_or("");
    if (into.empty()) missing += (missing.empty() ? "" : " and ") + std::string(key);
    return absl::OkStatus();
  };
  PALISADE_RETURN_IF_ERROR(read("sso_start_url", login.start_url));
  PALISADE_RETURN_IF_ERROR(read("sso_region", login.region));
  if (missing.empty()) return login;
  const std::string where =
      session ? "the section [sso-session " + *session + "] of the profile " + profile
              : "the profile " + profile;
  return base::FailedPrecondition(where + " needs " + missing + ". Run `aws configure sso`");
}

std::string AdviceFor(const std::string& code, int status, const SsoLogin& login,
                      const std::string& role, const std::string& account) {
  if (status == 401 || code == "UnauthorizedException") return login.Advice();
  if (status == 403 || status == 404 || code == "ResourceNotFoundException") {
    return "The signed-in user needs the permission set " + role + " in the account " + account;
  }
  return "";
}

// "UnauthorizedException:http://..." of the header, or __type of the body.
std::string ErrorCode(const http::Response& response, const nlohmann::json& reply) {
  const std::string* header = response.Find("x-amzn-errortype");
  std::string code = header != nullptr ? *header : TextMember(reply, "__type");
  code = code.substr(0, code.find(':'));
  const std::size_t hash = code.rfind('#');
  return Excerpt(hash == std::string::npos ? code : code.substr(hash + 1), 100);
}

absl::StatusOr<AwsCredentials> Parse(const nlohmann::json& reply, const std::string& profile) {
  const auto found = reply.is_object() ? reply.find("roleCredentials") : reply.end();
  AwsCredentials credentials;
  if (reply.is_object() && found != reply.end() && found->is_object()) {
    credentials.access_key_id = TextMember(*found, "accessKeyId");
    credentials.secret_access_key = base::Redacted(TextMember(*found, "secretAccessKey"));
    credentials.session_token = base::Redacted(TextMember(*found, "sessionToken"));
    if (const auto end = found->find("expiration");
        end != found->end() && end->is_number_integer()) {
      credentials.expires = base::Time(std::chrono::milliseconds(end->get<std::int64_t>()));
    }
  }
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty() ||
      credentials.session_token->empty() || !credentials.expires) {
    return base::FailedPrecondition("sso GetRoleCredentials for the profile " + profile +
                                    " answered without credentials");
  }
  return credentials;
}

// It becomes part of a host's name.
absl::Status CheckSsoRegion(const SsoLogin& login, const std::string& profile) {
  if (IsHostLabel(login.region)) return absl::OkStatus();
  return base::FailedPrecondition("sso_region of the profile " + profile + " is \"" +
                                  Excerpt(login.region, 80) +
                                  "\", which is not the code of an AWS region; expected one such "
                                  "as \"eu-west-1\"");
}

}  // namespace

Found FromSso(Search& search, const std::string& profile) {
  PALISADE_ASSIGN_OR_RETURN(const AwsProfiles* profiles, search.Profiles());
  PALISADE_ASSIGN_OR_RETURN(const auto login, LoginOf(*profiles, profile));
  if (!login) return std::nullopt;
  const auto account = profiles->Value(profile, "sso_account_id");
  const auto role = profiles->Value(profile, "sso_role_name");
  if (!account && !role && !login->session.empty()) {
    // A profile for services that take the token itself; it has no keys to give.
    return std::nullopt;
  }
  if (!account || !role) {
    return base::FailedPrecondition("the profile " + profile + " needs " +
                                    (account ? "sso_role_name" : "sso_account_id") +
                                    ". Run `aws configure sso`");
  }
  PALISADE_RETURN_IF_ERROR(CheckSsoRegion(*login, profile));
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted token, SsoToken(search, *login));

  http::Exchange exchange;
  exchange.name = "sso GetRoleCredentials";
  exchange.idempotency = http::Idempotency::kIdempotent;
  exchange.build = [&](int) {
    const std::string url = SsoEndpoint(search, "sso", "portal.sso", login->region) +
                            "/federation/credentials?role_name=" + PercentEncode(*role) +
                            "&account_id=" + PercentEncode(*account);
    http::Request request = ServiceRequest(search, "GET", url);
    request.headers = {{"x-amz-sso_bearer_token", token.Reveal()}};
    return request;
  };
  exchange.judge = [](const http::Response& response) { return JudgeCommon(response, ""); };
  PALISADE_ASSIGN_OR_RETURN(http::Response response, PerformCall(search, exchange, SlowService()));
  const auto reply = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  base::Wipe(response.body);
  if (response.status != 200) {
    base::CloudError error{"sso",
                           "GetRoleCredentials",
                           response.status,
                           ErrorCode(response, reply),
                           Scrub(Excerpt(TextMember(reply, "message")), {&token}),
                           ""};
    if (const std::string* id = response.Find("x-amzn-requestid")) error.request_id = *id;
    return base::CloudStatus(
        absl::StatusCode::kUnauthenticated, error,
        "the role " + *role + " in the account " + *account + " (profile " + profile + ")",
        AdviceFor(error.code, response.status, *login, *role, *account));
  }
  PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials, Parse(reply, profile));
  credentials.account_id = *account;
  credentials.source = "SSO of the profile " + profile;
  return credentials;
}

}  // namespace palisade::auth

#include "provider/auth/sso_token.h"

#include <openssl/evp.h>

#include <array>

#include "provider/auth/files.h"
#include "provider/auth/json_reply.h"
#include "provider/auth/scrub.h"
#include "provider/auth/service_call.h"
#include "provider/auth/time_text.h"
#include "provider/base/cloud_error.h"
#include "provider/base/semaphore.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using std::chrono::seconds;

constexpr seconds kRenewBefore{15 * 60};

std::string Sha1Hex(const std::string& text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  std::string hex;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1) {
    return hex;
  }
  for (unsigned i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4U];
    hex += kHex[digest[i] & 0xFU];
  }
  return hex;
}

/// A cached token, with everything else its file holds.
struct Cached {
  nlohmann::json content;
  base::Time expires;
};

absl::StatusOr<Cached> ReadCache(const std::string& file, const SsoLogin& login) {
  auto text = ReadTextFile(file);
  if (absl::IsNotFound(text.status())) {
    return base::FailedPrecondition("the profile " + login.profile +
                                    " is not signed in: there is no token in " + file + ". " +
                                    login.Advice());
  }
  PALISADE_RETURN_IF_ERROR(text.status());
  Cached cached;
  cached.content = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  base::Wipe(*text);
  const auto expires = ParseIsoTime(TextMember(cached.content, "expiresAt"));
  if (!expires || TextMember(cached.content, "accessToken").empty()) {
    return base::FailedPrecondition("the file " + file +
                                    " holds no SSO token (accessToken and "
                                    "expiresAt). " +
                                    login.Advice());
  }
  cached.expires = *expires;
  return cached;
}

bool CanRenew(const Cached& cached, base::Time now) {
  for (const char* key : {"refreshToken", "clientId", "clientSecret"}) {
    if (TextMember(cached.content, key).empty()) return false;
  }
  const auto registered = ParseIsoTime(TextMember(cached.content, "registrationExpiresAt"));
  return registered && *registered > now;
}

// OAuth's refresh, on the wire as sso-oidc CreateToken.
absl::StatusOr<nlohmann::json> AskForToken(Search& search, const SsoLogin& login,
                                           const nlohmann::json& old) {
  nlohmann::json body;
  body["grantType"] = "refresh_token";
  for (const char* key : {"clientId", "clientSecret", "refreshToken"}) {
    body[key] = TextMember(old, key);
  }
  http::Exchange exchange;
  exchange.name = "sso-oidc CreateToken";
  // A refresh token may be good for one use only, so a lost reply must not be asked for again.
  exchange.idempotency = http::Idempotency::kNonIdempotent;
  exchange.build = [&](int) {
    const std::string url = SsoEndpoint(search, "sso_oidc", "oidc", login.region) + "/token";
    http::Request request = ServiceRequest(search, "POST", url);
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return request;
  };
  exchange.judge = [](const http::Response& response) { return JudgeCommon(response, ""); };
  PALISADE_ASSIGN_OR_RETURN(http::Response response, PerformCall(search, exchange, SlowService()));
  auto reply = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  base::Wipe(response.body);
  if (response.status == 200 && !TextMember(reply, "accessToken").empty()) return reply;
  base::CloudError error{
      "sso-oidc", "CreateToken", response.status, Excerpt(TextMember(reply, "error"), 100), "", ""};
  return base::CloudStatus(absl::StatusCode::kUnauthenticated, error, "");
}

// Renews `cached` and writes it back.
absl::Status Renew(Search& search, const SsoLogin& login, const std::string& file, Cached& cached) {
  PALISADE_ASSIGN_OR_RETURN(const nlohmann::json reply, AskForToken(search, login, cached.content));
  const auto life = reply.find("expiresIn");
  const bool told = life != reply.end() && life->is_number_integer();
  cached.expires = search.services().clock.Now() + seconds(told ? life->get<std::int64_t>() : 0);
  cached.content["accessToken"] = reply["accessToken"];
  cached.content["expiresAt"] = IsoTime(cached.expires);
  if (!TextMember(reply, "refreshToken").empty()) {
    cached.content["refreshToken"] = reply["refreshToken"];
  }
  cached.content["startUrl"] = login.start_url;
  cached.content["region"] = login.region;
  std::string text = cached.content.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const absl::Status written = WritePrivateFile(file, text);
  base::Wipe(text);
  return written;
}

}  // namespace

std::string SsoLogin::Advice() const { return "Run `aws sso login --profile " + profile + "`"; }

absl::StatusOr<std::string> SsoCacheFile(const SsoLogin& login,
                                         const base::Environment& environment) {
  const auto home = HomeFolder(environment);
  if (!home) {
    return base::FailedPrecondition("the profile " + login.profile +
                                    " signs in with SSO, whose tokens lie in ~/.aws/sso/cache, "
                                    "and HOME is not set");
  }
  const std::string name = Sha1Hex(login.session.empty() ? login.start_url : login.session);
  if (name.empty()) return base::Internal("OpenSSL could not compute SHA-1");
  return *home + "/.aws/sso/cache/" + name + ".json";
}

absl::StatusOr<base::Redacted> SsoToken(Search& search, const SsoLogin& login) {
  // A refresh token can be used once, and several accounts may share a session: who comes second
  // reads what the first has written.
  static base::Semaphore one(1);
  const auto place = one.Acquire(search.cancel());
  if (!place.held()) {
    return base::Error(absl::StatusCode::kCancelled, "cancelled while waiting for the SSO token");
  }
  PALISADE_ASSIGN_OR_RETURN(const std::string file,
                            SsoCacheFile(login, search.services().environment));
  PALISADE_ASSIGN_OR_RETURN(Cached cached, ReadCache(file, login));
  const base::Time now = search.services().clock.Now();
  absl::Status renewed;
  if (!login.session.empty() && cached.expires - now < kRenewBefore && CanRenew(cached, now)) {
    renewed = Renew(search, login, file, cached);
    if (absl::IsCancelled(renewed)) return renewed;
    if (!renewed.ok()) {
      // Another process may have been faster, and have used up the refresh token.
      auto again = ReadCache(file, login);
      if (again.ok() && again->expires > cached.expires) cached = *std::move(again);
    }
  }
  if (cached.expires <= now) {
    return base::FailedPrecondition(
        "the SSO session of the profile " + login.profile + " expired at " +
        IsoTime(cached.expires) +
        (renewed.ok() ? "" : " and could not be renewed (" + base::Message(renewed) + ")") + ". " +
        login.Advice());
  }
  return base::Redacted(TextMember(cached.content, "accessToken"));
}

}  // namespace palisade::auth

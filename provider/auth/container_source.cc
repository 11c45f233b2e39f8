#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "provider/auth/files.h"
#include "provider/auth/json_reply.h"
#include "provider/auth/scrub.h"
#include "provider/auth/service_call.h"
#include "provider/auth/sources.h"
#include "provider/auth/url_parts.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

constexpr char kFullUri[] = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr char kRelativeUri[] = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";

// Over plain http the keys may travel only where nobody else listens.
bool IsTrustedHost(const UrlParts& url) {
  constexpr std::array<std::string_view, 5> kHosts = {"169.254.170.2", "169.254.170.23",
                                                      "fd00:ec2::23", "localhost", "::1"};
  std::string host(url.host);
  std::ranges::transform(host, host.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (std::ranges::find(kHosts, host) != kHosts.end()) return true;
  // 127.0.0.0/8, and not 127.example.com.
  return host.starts_with("127.") && std::ranges::count(host, '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string::npos;
}

absl::StatusOr<std::string> Address(const std::optional<std::string>& relative,
                                    const std::optional<std::string>& full) {
  if (relative) {
    const std::string url = "http://169.254.170.2" + *relative;
    if (relative->starts_with('/') && ParseUrl(url)) return url;
    return base::FailedPrecondition(std::string(kRelativeUri) + " must be a path, not \"" +
                                    Excerpt(*relative, 100) + "\"");
  }
  const auto url = ParseUrl(*full);
  if (!url) {
    return base::FailedPrecondition(std::string(kFullUri) +
                                    " must be an http:// or https:// URL, not \"" +
                                    Excerpt(*full, 100) + "\"");
  }
  if (url->scheme.size() == 5 || IsTrustedHost(*url)) return *full;
  return base::FailedPrecondition(
      std::string(kFullUri) + " names the host " + std::string(url->host) +
      " over plain http, which is allowed for loopback, 169.254.170.2, 169.254.170.23 and "
      "fd00:ec2::23 only. Use https");
}

// Empty where none is configured. The file is read each time: EKS renews it.
absl::StatusOr<base::Redacted> AuthorizationToken(const Search& search) {
  std::string token = search.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").value_or("");
  std::string where = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  if (const auto file = search.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
    PALISADE_ASSIGN_OR_RETURN(token, ReadTextFile(*file));
    where = "the file " + *file + " of AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  }
  if (token.find_first_of("\r\n") != std::string::npos) {
    return base::FailedPrecondition(where +
                                    " holds a line break, which an HTTP header cannot carry");
  }
  return base::Redacted(std::move(token));
}

}  // namespace

Found FromContainer(Search& search) {
  const auto relative = search.Variable(kRelativeUri);
  const auto full = search.Variable(kFullUri);
  if (!relative && !full) {
    search.Pass(std::string("the container's endpoint (no ") + kRelativeUri + " and no " +
                kFullUri + ")");
    return std::nullopt;
  }
  PALISADE_ASSIGN_OR_RETURN(const std::string url, Address(relative, full));
  PALISADE_ASSIGN_OR_RETURN(const base::Redacted token, AuthorizationToken(search));

  http::Exchange exchange;
  exchange.name = "the container's credentials endpoint";
  exchange.idempotency = http::Idempotency::kIdempotent;
  exchange.build = [&](int) {
    http::Request request = ServiceRequest(search, "GET", url);
    request.headers = {{"Accept", "application/json"}};
    if (!token.empty()) request.headers.push_back({"Authorization", token.Reveal()});
    request.direct = true;
    request.connect_timeout = request.idle_timeout = request.total_timeout =
        std::chrono::seconds(2);
    return request;
  };
  exchange.judge = [](const http::Response& response) { return JudgeCommon(response, ""); };
  http::RetryPolicy policy;
  policy.max_attempts = policy.max_throttled_attempts = 3;
  policy.base = policy.throttled_base = policy.cap = std::chrono::seconds(1);
  PALISADE_ASSIGN_OR_RETURN(http::Response response, PerformCall(search, exchange, policy));

  const auto reply = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  base::Wipe(response.body);
  const std::string what = "the answer of the container's credentials endpoint " + url;
  if (response.status != 200) {
    const std::string code = Excerpt(TextMember(reply, "code"), 100);
    const std::string message = Scrub(Excerpt(TextMember(reply, "message")), {&token});
    return base::FailedPrecondition(
        what + " is HTTP " + std::to_string(response.status) + (code.empty() ? "" : ", " + code) +
        (message.empty() ? "" : ": " + message) + ". Check the role of the task or of the pod");
  }
  PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials, ParseJsonCredentials(reply, "Token", what));
  credentials.source = "the container's credentials endpoint";
  return credentials;
}

}  // namespace palisade::auth

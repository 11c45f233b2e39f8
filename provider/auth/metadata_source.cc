#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "provider/auth/json_reply.h"
#include "provider/auth/percent_encoding.h"
#include "provider/auth/scrub.h"
#include "provider/auth/service_call.h"
#include "provider/auth/sources.h"
#include "provider/auth/url_parts.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using std::chrono::seconds;

constexpr char kRolePath[] = "latest/meta-data/iam/security-credentials/";

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

int Number(const std::optional<std::string>& text, int usual) {
  int value = 0;
  if (!text) return usual;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), value);
  return parsed.ec == std::errc() && value > 0 && value <= 60 ? value : usual;
}

absl::StatusOr<std::string> BaseUrl(Search& search) {
  const auto pick = [&search](const std::string& configured, const char* variable,
                              const char* key) {
    if (!configured.empty()) return configured;
    if (auto value = search.Variable(variable)) return *std::move(value);
    return search.ProfileValue(key).value_or("");
  };
  std::string url = pick(search.settings().metadata_endpoint, "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                         "ec2_metadata_service_endpoint");
  if (!url.empty()) {
    if (!ParseUrl(url)) {
      return base::FailedPrecondition(
          "the endpoint of the instance metadata service must be an "
          "http:// or https:// URL, not \"" +
          Excerpt(url, 100) + "\"");
    }
    return url.ends_with('/') ? url : url + "/";
  }
  const std::string mode =
      Lower(pick(search.settings().metadata_endpoint_mode, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                 "ec2_metadata_service_endpoint_mode"));
  if (mode == "ipv6") return std::string("http://[fd00:ec2::254]/");
  if (mode.empty() || mode == "ipv4") return std::string("http://169.254.169.254/");
  return base::FailedPrecondition(
      "the endpoint mode of the instance metadata service is ipv4 or ipv6, not \"" +
      Excerpt(mode, 100) + "\"");
}

/// The service, with a token that is fetched once.
class Metadata {
 public:
  Metadata(Search& search, std::string base) : search_(search), base_(std::move(base)) {
    timeout_ = seconds(Number(search.Variable("AWS_METADATA_SERVICE_TIMEOUT"), 1));
    policy_.max_attempts = Number(search.Variable("AWS_METADATA_SERVICE_NUM_ATTEMPTS"), 1);
    policy_.max_throttled_attempts = policy_.max_attempts;
  }

  absl::StatusOr<http::Response> FetchToken() {
    PALISADE_ASSIGN_OR_RETURN(
        http::Response response,
        Send("PUT", "latest/api/token", {"x-aws-ec2-metadata-token-ttl-seconds", "21600"}));
    if (response.status == 200) token_ = base::Redacted(std::move(response.body));
    return response;
  }

  absl::StatusOr<http::Response> Get(const std::string& path) {
    auto response = Send("GET", path, {"x-aws-ec2-metadata-token", token_.Reveal()});
    if (!response.ok() || response->status != 401) return response;
    // The token is no longer good: the instance may have been moved.
    PALISADE_RETURN_IF_ERROR(FetchToken().status());
    return Send("GET", path, {"x-aws-ec2-metadata-token", token_.Reveal()});
  }

  bool HasToken() const {
    return !token_.empty() && token_.Reveal().find_first_of("\r\n") == std::string::npos;
  }
  const base::Redacted& token() const { return token_; }

 private:
  absl::StatusOr<http::Response> Send(const std::string& method, const std::string& path,
                                      const http::Header& header) {
    http::Exchange exchange;
    exchange.name = "the instance metadata service";
    exchange.idempotency = http::Idempotency::kIdempotent;
    exchange.build = [&](int) {
      http::Request request = ServiceRequest(search_, method, base_ + path);
      request.headers = {header};
      request.direct = true;
      request.connect_timeout = request.idle_timeout = timeout_;
      request.total_timeout = 2 * timeout_;
      return request;
    };
    exchange.judge = [](const http::Response& response) { return JudgeCommon(response, ""); };
    return PerformCall(search_, exchange, policy_);
  }

  Search& search_;
  const std::string base_;
  std::chrono::milliseconds timeout_;
  http::RetryPolicy policy_;
  base::Redacted token_;
};

// Keys whose end is near although they were just given: the service cannot renew them at the
// moment. They are used on, and asked for again in a while.
void OutlastOutage(const Search& search, AwsCredentials& credentials) {
  constexpr seconds kNear{15 * 60};
  constexpr unsigned kJitterFrom = 120, kJitterTo = 600;
  const base::Time now = search.services().clock.Now();
  if (!credentials.expires || *credentials.expires - now > kNear) return;
  std::array<std::uint8_t, 4> bytes{};
  search.services().random.Fill(bytes);
  unsigned number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8U | byte;
  credentials.expires = now + kNear + seconds(kJitterFrom + number % (kJitterTo - kJitterFrom + 1));
}

std::string Status(const http::Response& response) {
  return "HTTP " + std::to_string(response.status);
}

}  // namespace

Found FromMetadata(Search& search) {
  const auto pass = [&search](const std::string& why) -> Found {
    search.Pass("the instance metadata service (" + why + ")");
    return std::nullopt;
  };
  if (search.settings().skip_metadata) return pass("switched off by skipMetadataApiCheck");
  if (Lower(search.Variable("AWS_EC2_METADATA_DISABLED").value_or("")) == "true") {
    return pass("switched off by AWS_EC2_METADATA_DISABLED");
  }
  PALISADE_ASSIGN_OR_RETURN(const std::string url, BaseUrl(search));
  Metadata metadata(search, url);
  const auto token = metadata.FetchToken();
  if (absl::IsCancelled(token.status())) return token.status();
  if (!token.ok()) {
    return pass(base::Message(token.status()) +
                "; if this is a container on EC2, the instance's hop limit has to be 2");
  }
  if (!metadata.HasToken()) {
    return pass("it gives no token for version 2: " + Status(*token) +
                "; version 1 is not used, since anything that fetches URLs can be made to ask it");
  }

  PALISADE_ASSIGN_OR_RETURN(const http::Response roles, metadata.Get(kRolePath));
  if (roles.status == 404) return pass("the instance has no role");
  const std::string role = roles.body.substr(0, roles.body.find_first_of("\r\n"));
  const std::string what = "the answer of the instance metadata service at " + url;
  if (roles.status != 200 || role.empty()) {
    return base::FailedPrecondition(what + " names no role: " + Status(roles));
  }
  PALISADE_ASSIGN_OR_RETURN(http::Response response, metadata.Get(kRolePath + PercentEncode(role)));
  const auto reply = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  base::Wipe(response.body);
  const std::string code = TextMember(reply, "Code");
  if (response.status != 200 || (!code.empty() && code != "Success")) {
    const std::string message = Scrub(Excerpt(TextMember(reply, "Message")), {&metadata.token()});
    return base::FailedPrecondition(what + " for the role " + Excerpt(role, 100) + " is " +
                                    (code.empty() ? Status(response) : Excerpt(code, 100)) +
                                    (message.empty() ? "" : ": " + message));
  }
  PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials, ParseJsonCredentials(reply, "Token", what));
  credentials.source = "the role " + Excerpt(role, 100) + " of the instance";
  OutlastOutage(search, credentials);
  return credentials;
}

}  // namespace palisade::auth

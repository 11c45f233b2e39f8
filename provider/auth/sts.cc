#include "provider/auth/sts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "provider/auth/clock_skew.h"
#include "provider/auth/files.h"
#include "provider/auth/scrub.h"
#include "provider/auth/service_call.h"
#include "provider/auth/sigv4.h"
#include "provider/auth/sts_advice.h"
#include "provider/auth/sts_form.h"
#include "provider/auth/sts_reply.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using std::chrono::seconds;

absl::StatusOr<std::string> Region(Search& search) {
  for (const std::string& configured : {search.settings().sts_region, search.settings().region}) {
    if (!configured.empty()) return configured;
  }
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (auto region = search.Variable(name)) return *std::move(region);
  }
  if (auto region = search.ProfileValue("region")) return *std::move(region);
  return base::FailedPrecondition(
      "a role is assumed at the STS of a region, and none is known. Set region in the provider's "
      "configuration or AWS_REGION");
}

absl::Status CheckRole(const std::string& arn, const std::string& session_name,
                       std::optional<seconds> duration, seconds longest) {
  if (!arn.starts_with("arn:")) {
    return base::InvalidArgument("\"" + arn +
                                 "\" is not the ARN of a role, which looks like "
                                 "arn:aws:iam::123456789012:role/name");
  }
  const bool fits = session_name.size() >= 2 && session_name.size() <= 64 &&
                    std::ranges::all_of(session_name, [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                             (c >= 'a' && c <= 'z') ||
                             std::string_view("_+=,.@-").find(c) != std::string_view::npos;
                    });
  if (!fits) {
    return base::InvalidArgument("the session name \"" + Excerpt(session_name, 80) +
                                 "\" of the role " + arn +
                                 " must have 2 to 64 of the characters A-Z a-z 0-9 _ + = , . @ -");
  }
  if (duration && (*duration < seconds(900) || *duration > longest)) {
    return base::InvalidArgument(
        "the session of the role " + arn + " may last 900 to " + std::to_string(longest.count()) +
        " seconds" +
        (longest == seconds(3600) ? " because it is assumed by a role's session" : "") + ", not " +
        std::to_string(duration->count()));
  }
  return absl::OkStatus();
}

std::string SessionName(const Search& search, const std::string& given) {
  if (!given.empty()) return given;
  const auto now = std::chrono::floor<seconds>(search.services().clock.Now().time_since_epoch());
  return "palisade-" + std::to_string(now.count());
}

/// One call: builds, judges and reads attempts.
class Call {
 public:
  Call(Search& search, std::string operation, std::string role)
      : search_(search), operation_(std::move(operation)), role_(std::move(role)) {}

  absl::StatusOr<AwsCredentials> Run(
      const std::function<absl::StatusOr<http::Request>(base::Time now)>& build,
      const std::string& who) {
    PALISADE_ASSIGN_OR_RETURN(const std::string region, Region(search_));
    PALISADE_ASSIGN_OR_RETURN(url_, search_.services().sts_endpoint(region));
    region_ = region;
    http::Exchange exchange;
    exchange.name = "sts " + operation_;
    exchange.idempotency = http::Idempotency::kIdempotent;
    exchange.build = [&](int) { return build(search_.services().clock.Now() + skew_); };
    exchange.judge = [this](const http::Response& response) { return Judge(response); };
    PALISADE_ASSIGN_OR_RETURN(http::Response response,
                              PerformCall(search_, exchange, SlowService()));
    if (response.status == 200) {
      auto credentials = ParseStsCredentials(response.body, operation_);
      base::Wipe(response.body);
      return credentials;
    }
    base::CloudError error = StsErrorOf(response, operation_);
    error.message = Scrub(std::move(error.message), {hidden_[0], hidden_[1]});
    return base::CloudStatus(absl::StatusCode::kUnauthenticated, error, "the role " + role_,
                             StsAdvice(operation_, error.code, who));
  }

  /// Keeps these out of messages.
  void Hide(const base::Redacted* first, const base::Redacted* second) {
    hidden_ = {first, second};
  }
  const std::string& region() const { return region_; }

  http::Request Post(const std::string& body) const {
    http::Request request = ServiceRequest(search_, "POST", url_);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
    request.body = body;
    return request;
  }

 private:
  http::Verdict Judge(const http::Response& response) {
    using Kind = http::Verdict::Kind;
    if (response.status == 200) return {};
    const std::string code = StsErrorOf(response, operation_).code;
    if (MayBeClockSkew(code) && skew_ == seconds(0)) {
      const auto skew = SkewOf(response, search_.services().clock.Now());
      if (skew) {
        skew_ = *skew;
        return {Kind::kRejected};
      }
    }
    // The identity provider's keys could not be fetched, or those of a new one are not known yet.
    constexpr int kTokenRetries = 3;
    if (code == "IDPCommunicationError" ||
        (code == "InvalidIdentityToken" && token_refusals_++ < kTokenRetries)) {
      return {Kind::kTransient, std::chrono::seconds(1)};
    }
    return JudgeCommon(response, code);
  }

  Search& search_;
  const std::string operation_, role_;
  std::string url_, region_;
  seconds skew_{0};
  int token_refusals_ = 0;
  std::array<const base::Redacted*, 2> hidden_{};
};

std::vector<std::string> Keys(const std::map<std::string, std::string>& tags, bool values) {
  std::vector<std::string> out;
  for (const auto& [key, value] : tags) out.push_back(values ? value : key);
  return out;
}

}  // namespace

absl::StatusOr<AwsCredentials> AssumeRole(Search& search, const AwsAssumeRole& role,
                                          const AwsCredentials& base, bool chained) {
  const std::string session = SessionName(search, role.session_name);
  PALISADE_RETURN_IF_ERROR(
      CheckRole(role.role_arn, session, role.duration, seconds(chained ? 3600 : 43200)));
  StsForm form("AssumeRole");
  form.Add("RoleArn", role.role_arn).Add("RoleSessionName", session);
  if (role.duration) form.Add("DurationSeconds", std::to_string(role.duration->count()));
  form.AddIfAny("Policy", role.policy)
      .AddMembers("PolicyArns", role.policy_arns, ".arn")
      .AddMembers("Tags", Keys(role.tags, false), ".Key")
      .AddMembers("Tags", Keys(role.tags, true), ".Value")
      .AddMembers("TransitiveTagKeys", role.transitive_tag_keys)
      .AddIfAny("ExternalId", role.external_id)
      .AddIfAny("SourceIdentity", role.source_identity);
  Call call(search, "AssumeRole", role.role_arn);
  call.Hide(&base.secret_access_key, base.session_token ? &*base.session_token : nullptr);
  auto credentials = call.Run(
      [&](base::Time now) -> absl::StatusOr<http::Request> {
        http::Request request = call.Post(form.text());
        PALISADE_RETURN_IF_ERROR(SignV4(request, base, {call.region(), "sts"}, now));
        return request;
      },
      base.source);
  PALISADE_RETURN_IF_ERROR(credentials.status());
  credentials->source = "the role " + role.role_arn + ", assumed by " + base.source;
  return credentials;
}

absl::StatusOr<AwsCredentials> AssumeRoleWithWebIdentity(Search& search,
                                                         const AwsWebIdentity& identity) {
  const std::string session = SessionName(search, identity.session_name);
  PALISADE_RETURN_IF_ERROR(
      CheckRole(identity.role_arn, session, identity.duration, seconds(43200)));
  const std::string where = identity.token_file.empty()
                                ? "the web identity token of the configuration"
                                : "the web identity token in " + identity.token_file;
  base::Redacted token = identity.token;
  Call call(search, "AssumeRoleWithWebIdentity", identity.role_arn);
  call.Hide(&token, nullptr);
  auto credentials = call.Run(
      [&](base::Time) -> absl::StatusOr<http::Request> {
        if (!identity.token_file.empty()) {
          PALISADE_ASSIGN_OR_RETURN(
              std::string text,
              ReadTextFile(ExpandHome(identity.token_file, search.services().environment)));
          while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
          token = base::Redacted(std::move(text));
        }
        if (token.empty()) {
          return base::FailedPrecondition(where + " is empty. Whoever issues it has to write it");
        }
        StsForm form("AssumeRoleWithWebIdentity");
        form.Add("RoleArn", identity.role_arn).Add("RoleSessionName", session);
        form.Add("WebIdentityToken", token.Reveal());
        if (identity.duration) {
          form.Add("DurationSeconds", std::to_string(identity.duration->count()));
        }
        form.AddIfAny("Policy", identity.policy)
            .AddMembers("PolicyArns", identity.policy_arns, ".arn");
        return call.Post(form.text());
      },
      where);
  PALISADE_RETURN_IF_ERROR(credentials.status());
  credentials->source = "the role " + identity.role_arn + ", assumed by " + where;
  return credentials;
}

}  // namespace palisade::auth

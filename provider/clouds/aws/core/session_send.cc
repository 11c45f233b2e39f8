#include <utility>

#include "provider/auth/clock_skew.h"
#include "provider/auth/scrub.h"
#include "provider/auth/sigv4.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/advice.h"
#include "provider/clouds/aws/core/dialect.h"
#include "provider/clouds/aws/core/retry_class.h"
#include "provider/clouds/aws/core/session_state.h"

namespace palisade::aws {
namespace {

using std::chrono::milliseconds;
using Operation = Session::State::Operation;

// Fresh credentials may expire before they arrive; a source that gives the same ones again has no
// others.
constexpr int kMostRenewals = 3;

/// The attempts of one operation: each is signed with fresh credentials and a fresh time. What the
/// service says of the time is heeded once, and of credentials as long as there are others.
class Attempts {
 public:
  Attempts(Session::State& session, const Operation& operation, const Endpoint& endpoint,
           EndpointShared& shared)
      : session_(session), operation_(operation), endpoint_(endpoint), shared_(shared) {}

  absl::StatusOr<http::Request> Build() {
    PALISADE_ASSIGN_OR_RETURN(
        used_, session_.account->credentials().Get(session_.call.cancel(), session_.call.Left()));
    http::Request request = operation_.request(endpoint_.url);
    request.network = session_.account->network();
    request.headers.push_back({"User-Agent", session_.cloud.services().user_agent});
    const auth::SigV4Options options{.region = endpoint_.signing_region,
                                     .service = std::string(operation_.service.signing_name)};
    skew_ = shared_.skew.load();
    signed_ = session_.call.clock().Now() + skew_;
    PALISADE_RETURN_IF_ERROR(auth::SignV4(request, *used_, options, signed_));
    return request;
  }

  /// What the service said, without what it quotes of the request: SignatureDoesNotMatch shows
  /// every signed header, the session token among them.
  base::CloudError FailureIn(const http::Response& response) const {
    base::CloudError error = ReadFailure(operation_.service, operation_.name, response);
    if (used_ == nullptr) return error;
    error.message = auth::Scrub(
        std::move(error.message),
        {&used_->secret_access_key, used_->session_token ? &*used_->session_token : nullptr});
    return error;
  }

  http::Verdict Judge(const http::Response& response) {
    if (!IsFailure(response)) return {};
    const base::CloudError error = FailureIn(response);
    if (auth::MayBeClockSkew(error.code) && !corrected_) {
      // Against the time that this attempt was signed with: another call may have corrected what
      // they share since.
      if (const auto skew = auth::SkewOf(response, signed_)) {
        corrected_ = true;
        shared_.skew = skew_ + *skew;
        return {http::Verdict::Kind::kRejected};
      }
    }
    if (IsExpiredCredentials(error.code) && used_ != nullptr && renewals_ < kMostRenewals &&
        used_->access_key_id != refused_key_) {
      ++renewals_;
      refused_key_ = used_->access_key_id;
      session_.account->credentials().Refused(*used_);
      return {http::Verdict::Kind::kRejected};
    }
    return aws::Judge(operation_.service, error, response);
  }

 private:
  Session::State& session_;
  const Operation& operation_;
  const Endpoint& endpoint_;
  EndpointShared& shared_;
  std::shared_ptr<const auth::AwsCredentials> used_;
  base::Time signed_;
  std::chrono::seconds skew_{0};
  bool corrected_ = false;
  int renewals_ = 0;
  std::string refused_key_;
};

std::string NameOf(const Operation& operation) {
  return std::string(operation.service.name) + " " + std::string(operation.name);
}

// Nothing but what is named here is ever logged: no header, no body.
std::string LogLine(const Operation& operation, const http::Response& response,
                    milliseconds elapsed) {
  std::string line = NameOf(operation) + " in " + operation.region + ": HTTP " +
                     std::to_string(response.status) + " in " + std::to_string(elapsed.count()) +
                     " ms";
  if (response.attempts > 1) line += ", " + std::to_string(response.attempts) + " attempts";
  for (const char* name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (const std::string* id = response.Find(name)) line += ", request " + *id;
  }
  return line;
}

}  // namespace

absl::StatusOr<http::Response> Session::State::Send(const Operation& operation) {
  cloud.impl().markers().Sweep(call.cancel());
  PALISADE_ASSIGN_OR_RETURN(const Endpoint endpoint,
                            account->EndpointOf(operation.service, operation.region));
  EndpointShared& shared = account->SharedOf(endpoint.url);
  Attempts attempts(*this, operation, endpoint, shared);
  http::Exchange exchange;
  exchange.build = [&attempts](int) { return attempts.Build(); };
  exchange.judge = [&attempts](const http::Response& response) { return attempts.Judge(response); };
  exchange.idempotency = operation.idempotency;
  exchange.name = NameOf(operation);
  if (!subject.empty()) exchange.name += " of " + subject;

  const Cloud::Services& services = cloud.services();
  http::ExchangeContext context{services.transport, call.clock(), call.random(), call.cancel()};
  const base::SteadyTime start = call.clock().Steady();
  if (const auto left = call.Left()) context.deadline = start + *left;
  context.policy = account->retries();
  context.quota = &shared.quota;
  context.limits = &shared.limits;
  context.on_retry = [this](const std::string& sentence) { call.Status(sentence); };

  PALISADE_ASSIGN_OR_RETURN(http::Response response, http::Perform(exchange, context));
  if (services.verbose) {
    call.Debug(LogLine(operation, response,
                       std::chrono::floor<milliseconds>(call.clock().Steady() - start)));
  }
  if (!IsFailure(response)) return response;
  absl::Status failure = FailureOf(operation.service, attempts.FailureIn(response), subject);
  if (response.may_have_happened) failure = http::MarkMayHaveHappened(std::move(failure));
  return failure;
}

absl::Status Session::State::Unreadable(const Operation& operation, const http::Response& response,
                                        const absl::Status& why) const {
  base::CloudError error;
  error.service = operation.service.name;
  error.operation = operation.name;
  error.http_status = response.status;
  error.request_id = RequestIdOf(response);
  error.message = "the reply cannot be read: " + base::Message(why);
  // Success was said, whatever it looks like.
  return http::MarkMayHaveHappened(
      base::CloudStatus(absl::StatusCode::kUnavailable, error, subject,
                        "Something between here and AWS may have answered instead: look at the "
                        "proxy and at the configured endpoints"));
}

absl::StatusOr<Xml> Session::State::SendQuery(const Service& service, std::string_view name,
                                              const Params& params, http::Idempotency idempotency,
                                              const std::string& region) {
  const Operation operation{
      service, name, idempotency,
      [&](const std::string& url) { return QueryRequest(service, name, params, url); }, region};
  PALISADE_ASSIGN_OR_RETURN(const http::Response response, Send(operation));
  auto xml = ReadQueryReply(service, name, response.body);
  if (!xml.ok()) return Unreadable(operation, response, xml.status());
  return xml;
}

}  // namespace palisade::aws

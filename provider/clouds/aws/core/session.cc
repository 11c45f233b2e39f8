#include "provider/clouds/aws/core/session.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/dialect.h"
#include "provider/clouds/aws/core/digest.h"
#include "provider/clouds/aws/core/session_state.h"
#include "provider/resource/wait.h"

namespace palisade::aws {
namespace {

std::string CommaList(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + text;
  return list;
}

}  // namespace

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

absl::StatusOr<Session> Session::Open(Cloud& cloud, resource::Call& call, Placement placement) {
  PALISADE_ASSIGN_OR_RETURN(auto account,
                            cloud.impl().AccountOf(call.settings(), placement.account));
  if (placement.region.empty()) {
    const auto choice = cloud.impl().RegionOf(call.settings(), placement.account);
    if (!choice) {
      return base::FailedPrecondition(
          "no AWS region is known: set `region` on the resource or in the configuration "
          "palisade:aws, or the environment variable AWS_REGION");
    }
    placement.region = choice->region;
  }
  account->WarnOfSettings(call);
  auto state =
      std::make_unique<State>(State{cloud, call, std::move(placement), std::move(account)});
  state->client_token = RandomHex(call.random(), 16);
  return Session(std::move(state));
}

resource::Call& Session::call() const { return state_->call; }
Cloud& Session::cloud() const { return state_->cloud; }
const Placement& Session::placement() const { return state_->placement; }
const Partition& Session::partition() const { return PartitionOf(region()); }
void Session::set_subject(std::string subject) { state_->subject = std::move(subject); }
const std::string& Session::client_token() const { return state_->client_token; }
void Session::set_client_token(std::string token) { state_->client_token = std::move(token); }

absl::StatusOr<Xml> Session::Ec2(std::string_view operation, const Params& params,
                                 http::Idempotency idempotency) {
  return Query(kEc2, operation, params, idempotency);
}

absl::StatusOr<Xml> Session::Query(const Service& service, std::string_view operation,
                                   const Params& params, http::Idempotency idempotency) {
  return state_->SendQuery(service, operation, params, idempotency, region());
}

absl::Status Session::Ec2Pages(std::string_view operation, Params params,
                               const std::function<void(const Xml&)>& page) {
  std::string token;
  while (true) {
    Params with_token = params;
    if (!token.empty()) with_token.Add("NextToken", token);
    PALISADE_ASSIGN_OR_RETURN(const Xml xml,
                              Ec2(operation, with_token, http::Idempotency::kIdempotent));
    page(xml);
    std::string next = Text(xml.root, "nextToken");
    if (next.empty()) return absl::OkStatus();
    if (next == token) {
      return base::Internal("ec2 " + std::string(operation) +
                            " answers the same page again and again");
    }
    token = std::move(next);
  }
}

absl::StatusOr<nlohmann::json> Session::Json(const Service& service, std::string_view name,
                                             const nlohmann::json& input,
                                             http::Idempotency idempotency) {
  const std::string body = input.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const State::Operation operation{
      service, name, idempotency,
      [&](const std::string& url) { return JsonRequest(service, name, body, url); }, region()};
  PALISADE_ASSIGN_OR_RETURN(const http::Response response, state_->Send(operation));
  if (response.body.empty()) return nlohmann::json::object();
  auto reply = nlohmann::json::parse(response.body, nullptr, /*allow_exceptions=*/false);
  if (!reply.is_object()) {
    return state_->Unreadable(operation, response, base::InvalidArgument("it is no JSON object"));
  }
  return reply;
}

absl::StatusOr<Identity> Session::CallerIdentity() {
  PALISADE_ASSIGN_OR_RETURN(const auto credentials,
                            state_->account->credentials().Get(call().cancel(), call().Left()));
  const auto fetch = [this]() -> absl::StatusOr<Identity> {
    const std::string& sts_region = state_->account->settings().credentials.sts_region;
    const std::string subject = std::exchange(state_->subject, "");
    const auto xml =
        state_->SendQuery(kSts, "GetCallerIdentity", {}, http::Idempotency::kIdempotent,
                          sts_region.empty() ? region() : sts_region);
    state_->subject = subject;
    if (!xml.ok()) return xml.status();
    return Identity{Text(xml->root, "Account"), Text(xml->root, "Arn"), Text(xml->root, "UserId")};
  };
  PALISADE_ASSIGN_OR_RETURN(
      const auto identity,
      state_->account->IdentityOf(*credentials).Get(call().cancel(), call().Left(), fetch));
  return *identity;
}

absl::StatusOr<std::string> Session::AccountId() {
  const AccountSettings& settings = state_->account->settings();
  const auto& allowed = settings.allowed_account_ids;
  const auto& forbidden = settings.forbidden_account_ids;
  if (settings.skip_requesting_account_id) {
    if (!settings.ChoosesAccounts()) return std::string();
    return base::FailedPrecondition(
        "the configuration palisade:aws says both which accounts may be worked on "
        "(allowedAccountIds, forbiddenAccountIds) and not to ask which account it is "
        "(skipRequestingAccountId); leave one of them out");
  }
  PALISADE_ASSIGN_OR_RETURN(const Identity identity, CallerIdentity());
  const std::string& id = identity.account_id;
  const auto has = [&id](const auto& ids) { return std::ranges::find(ids, id) != ids.end(); };
  if (!allowed.empty() && !has(allowed)) {
    return base::FailedPrecondition("the credentials are those of the account " + id +
                                    ", which is not among allowedAccountIds of the configuration "
                                    "palisade:aws (" +
                                    CommaList(allowed) + "); nothing was changed");
  }
  if (has(forbidden)) {
    return base::FailedPrecondition("the credentials are those of the account " + id +
                                    ", which is among forbiddenAccountIds of the configuration "
                                    "palisade:aws; nothing was changed");
  }
  return id;
}

absl::Status Session::RetryWhile(const std::vector<std::string_view>& codes,
                                 std::chrono::seconds limit, const std::string& waiting_for,
                                 const std::function<absl::Status()>& action) {
  const base::SteadyTime start = call().clock().Steady();
  absl::Status last;
  const absl::Status waited = resource::WaitUntil(
      call(), {"waiting for " + waiting_for}, [&]() -> absl::StatusOr<resource::Sight> {
        last = action();
        const bool over = call().clock().Steady() - start >= limit;
        return resource::Sight{last.ok() || over || !HasCode(last, codes),
                               "waiting for " + waiting_for};
      });
  if (waited.ok()) return last;
  if (waited.code() == absl::StatusCode::kDeadlineExceeded && !last.ok()) return last;
  return waited;
}

bool HasCode(const absl::Status& status, const std::vector<std::string_view>& codes) {
  if (status.ok()) return false;
  const std::string code = base::CloudCodeOf(status);
  return !code.empty() && std::ranges::find(codes, code) != codes.end();
}

}  // namespace palisade::aws

#include "provider/lifecycle/provider.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/check.h"
#include "provider/lifecycle/config.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"
#include "provider/lifecycle/suggest.h"

namespace palisade::lifecycle {
namespace {

std::vector<std::string> Tokens(std::span<const schema::Embedded::Fragment> fragments) {
  std::vector<std::string> tokens;
  for (const auto& fragment : fragments) tokens.emplace_back(fragment.token);
  return tokens;
}

}  // namespace

Provider::Provider(const schema::Package& package, Registry registry, Services services)
    : package_(package),
      registry_(std::move(registry)),
      services_(std::move(services)),
      state_(std::make_unique<State>()) {}

Provider::~Provider() = default;

absl::StatusOr<Provider::Type> Provider::Find(const Subject& subject) const {
  if (subject.type.empty()) {
    return base::InvalidArgument("the request names no resource type: its urn is \"" + subject.urn +
                                 "\" and its type is empty");
  }
  const absl::StatusOr<const schema::ResourceShape*> shape = package_.Resource(subject.type);
  if (!shape.ok()) {
    if (shape.status().code() != absl::StatusCode::kNotFound) return shape.status();
    return base::NotFound("\"" + subject.type + "\" is no resource type of the package " +
                          std::string(package_.name()) +
                          DidYouMean(NearestName(subject.type, Tokens(package_.resources()))));
  }
  const resource::Resource* handler = registry_.FindResource(subject.type);
  if (handler == nullptr) {
    return base::Internal("the type " + subject.type + " has a fragment but no handler");
  }
  return Type{**shape, *handler};
}

absl::Status Provider::NeedType(const std::string& token) const {
  return Find({"", "", token}).status();
}

resource::Call Provider::MakeCall(const std::string& urn, const TimeLimit& limit,
                                  const Redactor& redactor) const {
  resource::Call::Options options;
  options.urn = urn;
  options.cancel = state_->CancelToken();
  options.timeout = limit.given.count() > 0 ? limit.given : limit.usual;
  if (!limit.verb.empty()) options.raised_by = "customTimeouts." + std::string(limit.verb);
  options.settings = state_->Current();
  if (!redactor.empty()) {
    // A copy: what tidies up after a call outlives it.
    options.redact = [redactor](std::string_view message) {
      return redactor.Text(std::string(message));
    };
  }
  return resource::Call(services_.clock, services_.random, services_.reporter, options);
}

void Provider::Cancel() {
  std::stop_source stopped;
  {
    std::lock_guard lock(state_->mutex);
    stopped = std::exchange(state_->stop, std::stop_source());
  }
  // Outside the lock: stopping runs callbacks.
  stopped.request_stop();
  registry_.RunCancelHooks();
}

absl::StatusOr<CheckResult> Provider::Check(const CheckInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  const auto configuration = state_->Current();
  return CheckResource({type.shape, type.handler, services_, *configuration}, input);
}

absl::StatusOr<CheckResult> Provider::CheckConfig(const CheckInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const schema::ObjectShape* shape, package_.Config());
  return lifecycle::CheckConfig(
      {*shape, services_, std::string(package_.name()), registry_.config_rules()}, input);
}

absl::StatusOr<DiffResult> Provider::DiffConfig(const DiffInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const schema::ObjectShape* shape, package_.Config());
  return lifecycle::DiffConfig({*shape, services_, std::string(package_.name())}, input);
}

absl::StatusOr<ConfigureResult> Provider::Configure(const ConfigureInput& input) {
  PALISADE_ASSIGN_OR_RETURN(const schema::ObjectShape* shape, package_.Config());
  PALISADE_ASSIGN_OR_RETURN(
      ParsedConfiguration parsed,
      ParseConfig({*shape, services_, std::string(package_.name()), registry_.config_rules()},
                  input));
  if (!parsed.missing.empty()) return ConfigureResult{std::move(parsed.missing)};
  auto next = std::make_shared<const Configuration>(std::move(parsed.configuration));
  std::lock_guard lock(state_->mutex);
  state_->configuration = std::move(next);
  return ConfigureResult{};
}

}  // namespace palisade::lifecycle

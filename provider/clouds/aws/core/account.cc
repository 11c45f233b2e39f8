#include "provider/clouds/aws/core/account.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "provider/auth/files.h"
#include "provider/auth/run_process.h"
#include "provider/base/status.h"

namespace palisade::aws {
namespace {

constexpr std::int64_t kMostAttempts = 1000;

}  // namespace

Account::Account(const Cloud::Services& services, AccountSettings settings)
    : services_(services),
      settings_(std::move(settings)),
      profile_(auth::AwsProfileName(settings_.credentials.profile, services_.environment)) {}

const std::shared_ptr<const http::Network>& Account::network() {
  std::call_once(network_once_, [this] {
    http::Network network = settings_.network;
    network.ca_bundle_source = "`customCaBundle` of the configuration palisade:aws";
    if (network.ca_bundle.empty()) {
      network.ca_bundle = Setting("AWS_CA_BUNDLE", "ca_bundle").value_or("");
      network.ca_bundle_source = auth::Variable(services_.environment, "AWS_CA_BUNDLE")
                                     ? "AWS_CA_BUNDLE"
                                     : "ca_bundle of the profile " + profile_;
    }
    network.ca_bundle = auth::ExpandHome(network.ca_bundle, services_.environment);
    network_ = std::make_shared<const http::Network>(std::move(network));
  });
  return network_;
}

auth::AwsCredentialProvider& Account::credentials() {
  std::call_once(credentials_once_, [this] {
    const auto sts_endpoint = [this](const std::string& region) -> absl::StatusOr<std::string> {
      PALISADE_ASSIGN_OR_RETURN(Endpoint endpoint, EndpointOf(kSts, region));
      return std::move(endpoint.url);
    };
    const auto run_process = [](const std::vector<std::string>& command, std::stop_token cancel) {
      return auth::RunProcess(command, std::move(cancel));
    };
    credentials_ = std::make_unique<auth::AwsCredentialProvider>(
        settings_.credentials,
        auth::AwsAuthServices{services_.transport, services_.clock, services_.random,
                              services_.environment, network(), sts_endpoint, run_process});
  });
  return *credentials_;
}

SingleFlight<Identity>& Account::IdentityOf(const auth::AwsCredentials& credentials) {
  std::lock_guard lock(mutex_);
  auto& identity = identities_[credentials.access_key_id];
  if (identity == nullptr) identity = std::make_unique<SingleFlight<Identity>>();
  return *identity;
}

const auth::AwsProfiles* Account::Profiles() {
  std::call_once(profiles_once_, [this] {
    auto loaded = auth::AwsProfiles::Load(settings_.credentials.shared_config_files,
                                          settings_.credentials.shared_credentials_files,
                                          services_.environment);
    if (loaded.ok()) profiles_ = *std::move(loaded);
  });
  return profiles_ ? &*profiles_ : nullptr;
}

void Account::WarnOfSettings(const resource::Call& call) {
  std::call_once(warned_once_, [&] {
    if (settings_.network.insecure) {
      call.Warn(
          "certificates of AWS's servers are not verified, because the configuration "
          "palisade:aws says `insecure`: others can read and alter what is sent");
    }
    for (const auto& [key, unused] : settings_.endpoints) {
      if (FindService(key) != nullptr) continue;
      call.Warn("`endpoints` of the configuration palisade:aws names \"" + key +
                "\", which is no service that this provider calls; it knows ec2, "
                "network-firewall, sts, iam, route53 and s3");
    }
  });
}

std::optional<std::string> Account::ProfileValue(std::string_view key) {
  const auth::AwsProfiles* profiles = Profiles();
  return profiles == nullptr ? std::nullopt : profiles->Value(profile_, key);
}

std::optional<std::string> Account::Setting(const std::string& variable, std::string_view key) {
  auto text = auth::Variable(services_.environment, variable);
  return text ? text : ProfileValue(key);
}

bool Account::Switch(const std::optional<bool>& configured, const std::string& variable,
                     std::string_view key) {
  return configured ? *configured : auth::IsTrue(Setting(variable, key));
}

const http::RetryPolicy& Account::retries() {
  std::call_once(retries_once_, [this] {
    std::optional<std::int64_t> attempts;
    if (settings_.max_retries) {
      attempts = std::clamp<std::int64_t>(*settings_.max_retries, 0, kMostAttempts) + 1;
    } else {
      const auto text = Setting("AWS_MAX_ATTEMPTS", "max_attempts");
      int number = 0;
      if (text && absl::SimpleAtoi(*text, &number) && number > 0) attempts = number;
    }
    if (!attempts) return;
    // It is meant for throttling, where AWS asks to come back; for other failures more than our own
    // few would only delay the news.
    retries_.max_throttled_attempts =
        static_cast<int>(std::min<std::int64_t>(*attempts, kMostAttempts));
    retries_.max_attempts = std::min(retries_.max_attempts, retries_.max_throttled_attempts);
  });
  return retries_;
}

absl::StatusOr<Endpoint> Account::EndpointOf(const Service& service, const std::string& region) {
  EndpointOptions options;
  options.custom =
      CustomEndpoint(service, {settings_.endpoints, services_.environment, Profiles(), profile_});
  options.fips = Switch(settings_.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
  options.dual_stack =
      Switch(settings_.use_dual_stack, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
  return ResolveEndpoint(service, region, options);
}

EndpointShared& Account::SharedOf(const std::string& url) {
  std::lock_guard lock(mutex_);
  auto& shared = shared_[url];
  if (shared == nullptr) shared = std::make_unique<EndpointShared>(services_.clock);
  return *shared;
}

}  // namespace palisade::aws

#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"
#include "provider/auth/aws_profiles.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/endpoint.h"
#include "provider/clouds/aws/core/service.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/clouds/aws/core/settings.h"
#include "provider/clouds/aws/core/single_flight.h"
#include "provider/http/exchange.h"
#include "provider/http/limits.h"

namespace palisade::aws {

/// What the calls to one endpoint as one account share.
struct EndpointShared {
  explicit EndpointShared(const base::Clock& clock) : limits(clock) {}
  http::RetryQuota quota;
  http::EndpointLimits limits;
  /// What is added to our clock when a request is signed.
  std::atomic<std::chrono::seconds> skew{std::chrono::seconds(0)};
};

/// One account's settings and everything that comes of them: credentials, endpoints, identity.
/// Thread-safe; nothing is read or fetched before it is asked for.
class Account {
 public:
  Account(const Cloud::Services& services, AccountSettings settings);

  const AccountSettings& settings() const { return settings_; }
  /// Tells the user, once per process, of settings that are dangerous or have no effect.
  void WarnOfSettings(const resource::Call& call);
  /// How AWS is reached; its authorities by customCaBundle, AWS_CA_BUNDLE or the profile's
  /// ca_bundle, in this order, before those of any process (http/ca_bundle.h).
  const std::shared_ptr<const http::Network>& network();
  auth::AwsCredentialProvider& credentials();
  /// Who these credentials are. Others may follow them in one process (a profile that was written
  /// anew), and these may be of another account.
  SingleFlight<Identity>& IdentityOf(const auth::AwsCredentials& credentials);

  /// The value of the profile in force; files that cannot be read hold nothing here, because what
  /// needs them (credentials) says what is wrong with them.
  std::optional<std::string> ProfileValue(std::string_view key);
  /// By maxRetries, AWS_MAX_ATTEMPTS or the profile's max_attempts, in this order. A number that is
  /// none leaves it as it is.
  const http::RetryPolicy& retries();
  absl::StatusOr<Endpoint> EndpointOf(const Service& service, const std::string& region);
  EndpointShared& SharedOf(const std::string& url);

 private:
  const auth::AwsProfiles* Profiles();
  /// What the environment says, else the profile; an empty variable counts as not set.
  std::optional<std::string> Setting(const std::string& variable, std::string_view key);
  bool Switch(const std::optional<bool>& configured, const std::string& variable,
              std::string_view key);

  const Cloud::Services services_;
  const AccountSettings settings_;
  const std::string profile_;
  std::once_flag profiles_once_, warned_once_, retries_once_, network_once_, credentials_once_;
  http::RetryPolicy retries_;
  std::optional<auth::AwsProfiles> profiles_;
  std::shared_ptr<const http::Network> network_;
  std::unique_ptr<auth::AwsCredentialProvider> credentials_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<SingleFlight<Identity>>> identities_;
  std::map<std::string, std::unique_ptr<EndpointShared>> shared_;
};

}  // namespace palisade::aws

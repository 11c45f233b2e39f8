#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/base/redacted.h"
#include "provider/http/transport.h"

namespace palisade::auth {

struct AwsCredentials {
  std::string access_key_id;
  base::Redacted secret_access_key;
  std::optional<base::Redacted> session_token;
  std::optional<base::Time> expires;
  /// The account, where the source tells it; else empty.
  std::string account_id;
  /// For messages: "the profile prod of ~/.aws/config", "the role arn:... assumed by ...".
  std::string source;
};

/// One link of a chain of roles.
struct AwsAssumeRole {
  std::string role_arn, session_name, external_id, policy, source_identity;
  std::optional<std::chrono::seconds> duration;
  std::vector<std::string> policy_arns, transitive_tag_keys;
  std::map<std::string, std::string> tags;
};

struct AwsWebIdentity {
  std::string role_arn, session_name, policy;
  base::Redacted token;    ///< or
  std::string token_file;  ///< read again at each refresh
  std::optional<std::chrono::seconds> duration;
  std::vector<std::string> policy_arns;
};

/// What the provider's configuration says of one account's credentials. Everything may be empty:
/// then environment, shared files, container and instance metadata decide (docs/aws.md).
struct AwsCredentialSettings {
  std::string access_key;
  base::Redacted secret_key;
  base::Redacted token;
  std::string profile;
  std::vector<std::string> shared_config_files, shared_credentials_files;
  std::vector<AwsAssumeRole> assume_roles;
  std::optional<AwsWebIdentity> web_identity;
  /// Do not ask the instance metadata service.
  bool skip_metadata = false;
  std::string metadata_endpoint, metadata_endpoint_mode;
  /// The region whose STS is asked; left out, `region`, and without both what the environment or
  /// the profile says.
  std::string sts_region;
  /// The region of the configuration.
  std::string region;
};

struct ProcessResult {
  int exit_code = 0;
  base::Redacted output;
  std::string error_output;
};

/// What credential sources rest on; everything outlives the provider.
struct AwsAuthServices {
  http::Transport& transport;
  const base::Clock& clock;
  base::Random& random;
  base::Environment environment;
  std::shared_ptr<const http::Network> network;
  /// The URL of a region's STS.
  std::function<absl::StatusOr<std::string>(const std::string& region)> sts_endpoint;
  /// Runs a program without a shell; null outside of tests, for RunProcess of run_process.h.
  std::function<absl::StatusOr<ProcessResult>(const std::vector<std::string>& command,
                                              std::stop_token cancel)>
      run_process = nullptr;
};

/// Finds, caches and renews the credentials of one account. Thread-safe; there is one fetch at a
/// time, on a thread of its own. Callers wait for it, or go on with what they have while it is good
/// for more than ten minutes (it is renewed from fifteen on; of short-lived ones a part of their
/// life counts instead). Nothing is fetched before the first Get.
class AwsCredentialProvider {
 public:
  AwsCredentialProvider(AwsCredentialSettings settings, AwsAuthServices services);
  ~AwsCredentialProvider();

  /// UNAUTHENTICATED with a sentence that says which sources were tried and what to do; CANCELLED
  /// at once; DEADLINE_EXCEEDED after `at_most` (nullopt: no limit). A fetch that others wait for
  /// goes on.
  absl::StatusOr<std::shared_ptr<const AwsCredentials>> Get(
      std::stop_token cancel, std::optional<std::chrono::milliseconds> at_most = std::nullopt);

  /// A service refused these as expired or invalid: the next Get fetches anew unless somebody did.
  void Refused(const AwsCredentials& credentials);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace palisade::auth

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/environment.h"

namespace palisade::auth {

/// The shared configuration and credentials files, merged. Immutable. Values may be
/// secrets.
class AwsProfiles {
 public:
  using Section = std::map<std::string, std::string, std::less<>>;

  /// Reads the files given, or those of AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or
  /// ~/.aws/config and ~/.aws/credentials. A file that does not exist is empty, unless it was
  /// given; one of the usual places is empty also where it cannot be read, because nobody asked for
  /// it: a container may run as a user who cannot look into HOME.
  static absl::StatusOr<AwsProfiles> Load(const std::vector<std::string>& config_files,
                                          const std::vector<std::string>& credentials_files,
                                          const base::Environment& environment);

  bool Has(std::string_view profile) const;
  /// In the order of the alphabet.
  std::vector<std::string> Names() const;
  /// A profile's value; keys in lower case. Nested ones are "s3.addressing_style".
  std::optional<std::string> Value(std::string_view profile, std::string_view key) const;
  /// A value of a [sso-session NAME] or [services NAME] section.
  std::optional<std::string> SsoSession(std::string_view name, std::string_view key) const;
  std::optional<std::string> Services(std::string_view name, std::string_view key) const;
  /// The files that were looked for, whether they exist or not, for messages; with the reason
  /// behind it for one that cannot be read.
  const std::vector<std::string>& files() const { return files_; }

 private:
  /// Who names a file: the caller, a variable, or nobody.
  enum class Named { kByCaller, kByVariable, kByNobody };
  absl::Status ReadFile(const std::string& path, Named named, bool credentials);

  std::map<std::string, Section, std::less<>> profiles_, sso_sessions_, services_;
  std::vector<std::string> files_;
};

/// The profile that the environment names, by AWS_PROFILE or AWS_DEFAULT_PROFILE, in this order.
std::optional<std::string> ProfileOfEnvironment(const base::Environment& environment);

/// The profile in force: `configured`, else the environment's, else "default".
std::string AwsProfileName(const std::string& configured, const base::Environment& environment);

/// Whether AWS_IGNORE_CONFIGURED_ENDPOINT_URLS or the profile's ignore_configured_endpoint_urls
/// switches off what variables and profiles say of endpoints. `profiles` may be null.
bool IgnoresConfiguredEndpoints(const base::Environment& environment, const AwsProfiles* profiles,
                                std::string_view profile);

/// "true", in any case, and nothing else, as AWS's own tools read it in variables and profiles.
bool IsTrue(const std::optional<std::string>& text);

}  // namespace palisade::auth

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/environment.h"

namespace palisade::auth {

/// The shared configuration and credentials files, merged (aws.md 4.2). Immutable. Values may be
/// secrets.
class AwsProfiles {
 public:
  using Section = std::map<std::string, std::string, std::less<>>;

  /// Reads the named files, or those of AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or
  /// ~/.aws/config and ~/.aws/credentials. A file that does not exist is empty, unless it was
  /// named.
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
  /// The files that were looked for, whether they exist or not, for messages.
  const std::vector<std::string>& files() const { return files_; }

 private:
  absl::Status ReadFile(const std::string& path, bool named, bool credentials);

  std::map<std::string, Section, std::less<>> profiles_, sso_sessions_, services_;
  std::vector<std::string> files_;
};

/// The profile in force: `configured`, else AWS_PROFILE, else "default".
std::string AwsProfileName(const std::string& configured, const base::Environment& environment);

}  // namespace palisade::auth

#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"
#include "provider/auth/aws_profiles.h"

namespace palisade::auth {

/// One search for credentials: what sources work with, and what they leave behind for the message
/// in case that none has any. For one thread.
class Search {
 public:
  /// `settings` and `services` outlive the search.
  Search(const AwsCredentialSettings& settings, const AwsAuthServices& services,
         std::stop_token cancel)
      : settings_(settings), services_(services), cancel_(std::move(cancel)) {}
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  const AwsCredentialSettings& settings() const { return settings_; }
  const AwsAuthServices& services() const { return services_; }
  const std::stop_token& cancel() const { return cancel_; }

  /// The shared files, read when a source first asks.
  absl::StatusOr<const AwsProfiles*> Profiles();
  /// A variable of the environment that is set and not empty.
  std::optional<std::string> Variable(const std::string& name) const;
  /// The profile in force, whether it exists or not.
  std::string ProfileName() const;
  /// A key of the profile in force; nullopt also where the shared files cannot be read.
  std::optional<std::string> ProfileValue(const std::string& key);

  /// Why a source is passed over: "the environment (AWS_ACCESS_KEY_ID is not set)".
  void Pass(std::string reason) { passed_.push_back(std::move(reason)); }
  const std::vector<std::string>& passed() const { return passed_; }

 private:
  const AwsCredentialSettings& settings_;
  const AwsAuthServices& services_;
  const std::stop_token cancel_;
  std::optional<AwsProfiles> profiles_;
  std::vector<std::string> passed_;
};

/// A source's answer: credentials; or nullopt, after Search::Pass, where nothing asks for this
/// source; or an error where something does and it does not work, which ends the search. A cancel
/// is CANCELLED.
using Found = absl::StatusOr<std::optional<AwsCredentials>>;

}  // namespace palisade::auth

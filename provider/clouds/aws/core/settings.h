#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/http/message.h"
#include "provider/resource/settings.h"

namespace palisade::aws {

/// What the configuration `palisade:aws` says of one account: of the settings at its top, or of an
/// entry of `accounts`, which takes from the top what it leaves out. Credentials are taken from the
/// top as a whole or not at all; roles to assume and allowed accounts never.
struct AccountSettings {
  auth::AwsCredentialSettings credentials;
  std::string region;  ///< configured; empty otherwise
  std::vector<std::string> allowed_account_ids, forbidden_account_ids;
  Tags default_tags;
  std::vector<std::string> ignored_tag_keys, ignored_tag_prefixes;
  std::map<std::string, std::string> endpoints;
  http::Network network;
  std::optional<std::int64_t> max_retries;
  std::optional<bool> use_fips, use_dual_stack;
  std::optional<bool> s3_path_style;
  bool skip_requesting_account_id = false;
  bool skip_region_validation = false;
  bool creation_marker = true;

  /// Whether the configuration says which accounts may be worked on.
  bool ChoosesAccounts() const {
    return !allowed_account_ids.empty() || !forbidden_account_ids.empty();
  }
};

/// The settings of the account of that name, or of the top for "". FAILED_PRECONDITION for a name
/// that the configuration does not have; the message lists those it has. Pure.
absl::StatusOr<AccountSettings> ReadSettings(const resource::Settings& settings,
                                             const std::string& account);

/// The keys of `accounts`.
std::vector<std::string> AccountNames(const resource::Settings& settings);

/// A text that is the same for equal settings of an account and tells nothing of what they are.
std::string DigestOf(const resource::Settings& settings, const std::string& account);

}  // namespace palisade::aws

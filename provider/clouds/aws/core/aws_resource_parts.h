#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/account.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/cloud_impl.h"

namespace palisade::aws {

// Shared by the files of AwsResource.

inline constexpr char kRegionKey[] = "region";
inline constexpr char kAccountKey[] = "account";
inline constexpr char kAccountIdKey[] = "accountId";
inline constexpr char kTagsKey[] = "tags";
inline constexpr char kTagsAllKey[] = "tagsAll";

/// The settings that hold for a bag's `account`; null for an account that is unknown or does not
/// exist.
std::shared_ptr<Account> AccountFor(Cloud& cloud, const resource::Settings& settings,
                                    const value::PropertyMap& bag);

/// The last part of a URN: what the program calls the resource.
std::string NameOf(const std::string& urn);

/// Look, where a code of AwsTraits::not_found is an absence, too.
absl::StatusOr<std::optional<Found>> AbsenceOrFound(const AwsTraits& traits,
                                                    absl::StatusOr<std::optional<Found>> looked);

/// The computed outputs of an object as state keeps them.
value::PropertyMap OutputsOf(const Found& found, const AccountSettings& settings,
                             const AwsTraits& traits, const std::string& account_id);

/// "a; b".
std::string Joined(const std::vector<std::string>& sentences);

}  // namespace palisade::aws

#include "provider/auth/find_credentials.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "provider/auth/sources.h"
#include "provider/auth/sts.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

// The code of every failure but a cancel, with what the status carries kept.
absl::Status Unauthenticated(const absl::Status& status) {
  if (status.ok() || absl::IsCancelled(status)) return status;
  absl::Status result =
      base::Error(absl::StatusCode::kUnauthenticated, "AWS credentials: " + base::Message(status));
  status.ForEachPayload([&result](absl::string_view url, const absl::Cord& payload) {
    result.SetPayload(url, payload);
  });
  return result;
}

absl::Status NothingFound(const Search& search) {
  std::string text = "none were found. Tried: ";
  for (std::size_t i = 0; i < search.passed().size(); ++i) {
    text += (i == 0 ? "" : "; ") + search.passed()[i];
  }
  return base::Error(
      absl::StatusCode::kUnauthenticated,
      text +
          ". Name a profile (profile in the provider's configuration, or AWS_PROFILE) and run "
          "`aws configure` or `aws sso login`, or set AWS_ACCESS_KEY_ID and "
          "AWS_SECRET_ACCESS_KEY");
}

Found FromConfiguredWebIdentity(Search& search) {
  const auto& identity = search.settings().web_identity;
  if (!identity) return std::nullopt;
  if (identity->token.empty() == identity->token_file.empty()) {
    return base::InvalidArgument(
        "assumeRoleWithWebIdentity of the provider's configuration needs either webIdentityToken "
        "or webIdentityTokenFile");
  }
  return AssumeRoleWithWebIdentity(search, *identity);
}

absl::StatusOr<AwsCredentials> FindBase(Search& search) {
  std::vector<std::function<Found()>> sources = {
      [&] { return FromConfiguredWebIdentity(search); },
      [&] { return FromSettings(search); },
  };
  // A profile that the configuration names is meant, whatever the shell happens to hold; one of
  // AWS_PROFILE gives way to keys beside it, as in Pulumi's own providers.
  if (search.settings().profile.empty()) {
    sources.emplace_back([&] { return FromEnvironment(search); });
    sources.emplace_back([&] { return FromWebIdentityEnvironment(search); });
  } else {
    search.Pass("not the environment, because the configuration names a profile");
  }
  sources.emplace_back([&] { return FromProfile(search, search.ProfileName()); });
  sources.emplace_back([&] { return FromContainer(search); });
  sources.emplace_back([&] { return FromMetadata(search); });
  for (const auto& source : sources) {
    Found found = source();
    PALISADE_RETURN_IF_ERROR(found.status());
    if (found->has_value()) return std::move(found)->value();
    if (search.cancel().stop_requested()) {
      return base::Error(absl::StatusCode::kCancelled, "cancelled while looking for credentials");
    }
  }
  return NothingFound(search);
}

absl::StatusOr<AwsCredentials> Find(Search& search) {
  PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials, FindBase(search));
  bool chained = search.settings().web_identity.has_value();
  for (const AwsAssumeRole& role : search.settings().assume_roles) {
    PALISADE_ASSIGN_OR_RETURN(credentials, AssumeRole(search, role, credentials, chained));
    chained = true;
  }
  return credentials;
}

}  // namespace

absl::StatusOr<AwsCredentials> FindCredentials(const AwsCredentialSettings& settings,
                                               const AwsAuthServices& services,
                                               std::stop_token cancel) {
  Search search(settings, services, std::move(cancel));
  auto credentials = Find(search);
  if (!credentials.ok()) return Unauthenticated(credentials.status());
  return credentials;
}

}  // namespace palisade::auth

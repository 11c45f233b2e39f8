#include <algorithm>
#include <charconv>
#include <vector>

#include "provider/auth/sources.h"
#include "provider/auth/sts.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

std::string Joined(const std::vector<std::string>& texts, const char* separator) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : separator) + text;
  return out;
}

absl::Status NoSuchProfile(const AwsProfiles& profiles, const std::string& what) {
  const std::string files = profiles.files().empty()
                                ? "no file was read, since HOME is not set"
                                : "looked into " + Joined(profiles.files(), " and ");
  const std::vector<std::string> names = profiles.Names();
  return base::FailedPrecondition(
      what + " does not exist (" + files + "). " +
      (names.empty() ? "These hold no profile at all; run `aws configure` or `aws configure sso`"
                     : "There are: " + Joined(names, ", ")));
}

/// Follows source_profile from profile to profile.
class Resolver {
 public:
  Resolver(Search& search, const AwsProfiles& profiles) : search_(search), profiles_(profiles) {}

  Found Resolve(const std::string& profile) {
    visited_.push_back(profile);
    const bool has_role = Value(profile, "role_arn") && !Value(profile, "web_identity_token_file");
    // A profile that is only the source of another one and has keys gives these, whatever role it
    // also describes: so do the established SDKs.
    const bool has_keys =
        Value(profile, "aws_access_key_id") || Value(profile, "aws_secret_access_key");
    if (has_role && (visited_.size() == 1 || !has_keys)) return Role(profile);
    return Direct(profile);
  }

 private:
  std::optional<std::string> Value(const std::string& profile, const char* key) const {
    return profiles_.Value(profile, key);
  }

  Found Direct(const std::string& profile) {
    using Source = Found (*)(Search&, const std::string&);
    for (const Source source :
         {Source(FromWebIdentityProfile), Source(FromSso), Source(FromStaticKeys)}) {
      PALISADE_ASSIGN_OR_RETURN(auto found, source(search_, profile));
      if (found) return found;
    }
    if (Value(profile, "login_session")) {
      return base::Unimplemented(
          "the profile " + profile +
          " was made by `aws login` (login_session), which this provider does not support yet. Use "
          "`aws sso login` with an SSO profile, or set credential_process = aws configure "
          "export-credentials --profile " +
          profile + " in another profile and name that one");
    }
    return FromProcess(search_, profile);
  }

  Found Role(const std::string& profile) {
    AwsAssumeRole role;
    PALISADE_RETURN_IF_ERROR(Describe(profile, role));
    const auto source_profile = Value(profile, "source_profile");
    const auto credential_source = Value(profile, "credential_source");
    if (source_profile && credential_source) {
      return base::FailedPrecondition("the profile " + profile +
                                      " has both source_profile and credential_source; its role "
                                      "can have one source only");
    }
    if (!source_profile && !credential_source) {
      return base::FailedPrecondition(
          "the profile " + profile +
          " has role_arn, but neither source_profile nor "
          "credential_source (Environment, EcsContainer, Ec2InstanceMetadata) nor "
          "web_identity_token_file says who assumes the role");
    }
    PALISADE_ASSIGN_OR_RETURN(const auto base, source_profile
                                                   ? SourceProfile(profile, *source_profile)
                                                   : Named(profile, *credential_source));
    const bool chained = source_profile && *source_profile != profile &&
                         Value(*source_profile, "role_arn") &&
                         !Value(*source_profile, "aws_access_key_id");
    PALISADE_ASSIGN_OR_RETURN(AwsCredentials credentials,
                              AssumeRole(search_, role, *base, chained));
    credentials.source = "the profile " + profile + " (" + credentials.source + ")";
    return credentials;
  }

  absl::Status Describe(const std::string& profile, AwsAssumeRole& role) const {
    if (Value(profile, "mfa_serial")) {
      return base::FailedPrecondition(
          "the profile " + profile +
          " has mfa_serial, and a provider cannot ask for the code of a device. Get a session with "
          "`aws sts assume-role` or `aws sts get-session-token` and put it into the environment, "
          "or use a profile of SSO or of credential_process");
    }
    role.role_arn = Value(profile, "role_arn").value_or("");
    role.session_name = Value(profile, "role_session_name").value_or("");
    role.external_id = Value(profile, "external_id").value_or("");
    const auto duration = Value(profile, "duration_seconds");
    if (!duration) return absl::OkStatus();
    int seconds = 0;
    const char* end = duration->data() + duration->size();
    const auto parsed = std::from_chars(duration->data(), end, seconds);
    if (parsed.ec != std::errc() || parsed.ptr != end) {
      return base::FailedPrecondition("duration_seconds of the profile " + profile + " is \"" +
                                      *duration + "\", not a number");
    }
    role.duration = std::chrono::seconds(seconds);
    return absl::OkStatus();
  }

  // Never answers nullopt.
  Found SourceProfile(const std::string& profile, const std::string& source) {
    Found found = std::nullopt;
    if (source == profile) {
      // The profile's own keys assume its role.
      found = FromStaticKeys(search_, profile);
    } else if (!profiles_.Has(source)) {
      return NoSuchProfile(profiles_,
                           "the profile " + source + ", source_profile of " + profile + ",");
    } else if (std::ranges::find(visited_, source) != visited_.end()) {
      return base::FailedPrecondition("the profiles " + Joined(visited_, " -> ") + " -> " + source +
                                      " form a circle of source_profile; one of them needs "
                                      "credentials of its own");
    } else {
      found = Resolve(source);
    }
    PALISADE_RETURN_IF_ERROR(found.status());
    if (*found) return found;
    return base::FailedPrecondition(
        source == profile ? "source_profile of the profile " + profile +
                                " names itself, but it has no aws_access_key_id of its own"
                          : "the profile " + source + ", source_profile of " + profile +
                                ", holds no credentials: no keys, role, SSO or credential_process");
  }

  Found Named(const std::string& profile, const std::string& source) {
    Found found = std::nullopt;
    if (source == "Environment") {
      found = FromEnvironment(search_);
    } else if (source == "EcsContainer") {
      found = FromContainer(search_);
    } else if (source == "Ec2InstanceMetadata") {
      found = FromMetadata(search_);
    } else {
      return base::FailedPrecondition(
          "credential_source of the profile " + profile + " is \"" + source +
          "\"; it must be Environment, EcsContainer or Ec2InstanceMetadata");
    }
    PALISADE_RETURN_IF_ERROR(found.status());
    if (*found) return found;
    return base::FailedPrecondition(
        "the profile " + profile + " wants credentials from " + source +
        " (credential_source), which has none: " + search_.passed().back());
  }

  Search& search_;
  const AwsProfiles& profiles_;
  std::vector<std::string> visited_;
};

}  // namespace

Found FromProfile(Search& search, const std::string& profile) {
  PALISADE_ASSIGN_OR_RETURN(const AwsProfiles* profiles, search.Profiles());
  if (!profiles->Has(profile)) {
    const bool configured = !search.settings().profile.empty();
    if (configured || ProfileOfEnvironment(search.services().environment)) {
      const char* const variable =
          search.Variable("AWS_PROFILE") ? "AWS_PROFILE" : "AWS_DEFAULT_PROFILE";
      return NoSuchProfile(*profiles, "the profile " + profile + " of " +
                                          (configured ? "the configuration" : variable));
    }
    search.Pass("the profile default (in none of: " + Joined(profiles->files(), ", ") + ")");
    return std::nullopt;
  }
  PALISADE_ASSIGN_OR_RETURN(auto found, Resolver(search, *profiles).Resolve(profile));
  if (!found) search.Pass("the profile " + profile + " (it holds no credentials)");
  return found;
}

}  // namespace palisade::auth

#include "provider/auth/aws_profiles.h"

#include <algorithm>

#include "provider/auth/files.h"
#include "provider/auth/ini_file.h"
#include "provider/base/redacted.h"
#include "provider/base/status.h"

namespace palisade::auth {
namespace {

using Section = AwsProfiles::Section;
using Sections = std::map<std::string, Section, std::less<>>;

// An access key, its secret and its token belong together: a token of another file must not be
// sent with the keys of this one.
void Merge(Section& into, Section from) {
  if (from.contains("aws_access_key_id")) {
    for (const char* key : {"aws_access_key_id", "aws_secret_access_key", "aws_session_token"}) {
      into.erase(key);
    }
  }
  for (auto& [key, value] : from) into.insert_or_assign(key, std::move(value));
}

std::optional<std::string> Look(const Sections& sections, std::string_view name,
                                std::string_view key) {
  const auto section = sections.find(name);
  if (section == sections.end()) return std::nullopt;
  const auto value = section->second.find(key);
  if (value == section->second.end() || value->second.empty()) return std::nullopt;
  return value->second;
}

// "X" of "profile X", or nullopt.
std::optional<std::string> After(const std::string& name, std::string_view word) {
  if (name.size() <= word.size() + 1 || !name.starts_with(word) || name[word.size()] != ' ') {
    return std::nullopt;
  }
  return name.substr(word.size() + 1);
}

}  // namespace

absl::Status AwsProfiles::ReadFile(const std::string& path, Named named, bool credentials) {
  files_.push_back(path);
  auto text = ReadTextFile(path);
  if (absl::IsNotFound(text.status()) && named != Named::kByCaller) return absl::OkStatus();
  if (!text.ok() && named == Named::kByNobody) {
    files_.back() += " (" + base::Message(text.status()) + ")";
    return absl::OkStatus();
  }
  PALISADE_RETURN_IF_ERROR(text.status());
  auto parsed = ParseIni(*text, "the file " + path);
  base::Wipe(*text);
  PALISADE_RETURN_IF_ERROR(parsed.status());

  // In one configuration file [profile default] takes the place of [default].
  const bool has_long_default = std::ranges::any_of(
      *parsed, [](const IniSection& section) { return section.name == "profile default"; });
  for (IniSection& section : *parsed) {
    if (credentials) {
      Merge(profiles_[section.name], std::move(section.values));
    } else if (section.name == "default") {
      if (!has_long_default) Merge(profiles_["default"], std::move(section.values));
    } else if (const auto profile = After(section.name, "profile")) {
      Merge(profiles_[*profile], std::move(section.values));
    } else if (const auto session = After(section.name, "sso-session")) {
      Merge(sso_sessions_[*session], std::move(section.values));
    } else if (const auto services = After(section.name, "services")) {
      Merge(services_[*services], std::move(section.values));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<AwsProfiles> AwsProfiles::Load(const std::vector<std::string>& config_files,
                                              const std::vector<std::string>& credentials_files,
                                              const base::Environment& environment) {
  AwsProfiles profiles;
  const auto read = [&](const std::vector<std::string>& given, const char* variable,
                        const char* usual, bool credentials) -> absl::Status {
    for (const std::string& path : given) {
      PALISADE_RETURN_IF_ERROR(
          profiles.ReadFile(ExpandHome(path, environment), Named::kByCaller, credentials));
    }
    if (!given.empty()) return absl::OkStatus();
    const auto named = Variable(environment, variable);
    if (!named && !HomeFolder(environment)) return absl::OkStatus();
    return profiles.ReadFile(ExpandHome(named.value_or(usual), environment),
                             named ? Named::kByVariable : Named::kByNobody, credentials);
  };
  PALISADE_RETURN_IF_ERROR(read(config_files, "AWS_CONFIG_FILE", "~/.aws/config", false));
  PALISADE_RETURN_IF_ERROR(
      read(credentials_files, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", true));
  return profiles;
}

bool AwsProfiles::Has(std::string_view profile) const {
  return profiles_.find(profile) != profiles_.end();
}

std::vector<std::string> AwsProfiles::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, section] : profiles_) names.push_back(name);
  return names;
}

std::optional<std::string> AwsProfiles::Value(std::string_view profile,
                                              std::string_view key) const {
  return Look(profiles_, profile, key);
}

std::optional<std::string> AwsProfiles::SsoSession(std::string_view name,
                                                   std::string_view key) const {
  return Look(sso_sessions_, name, key);
}

std::optional<std::string> AwsProfiles::Services(std::string_view name,
                                                 std::string_view key) const {
  return Look(services_, name, key);
}

std::optional<std::string> ProfileOfEnvironment(const base::Environment& environment) {
  auto name = Variable(environment, "AWS_PROFILE");
  return name ? name : Variable(environment, "AWS_DEFAULT_PROFILE");
}

std::string AwsProfileName(const std::string& configured, const base::Environment& environment) {
  if (!configured.empty()) return configured;
  return ProfileOfEnvironment(environment).value_or("default");
}

bool IgnoresConfiguredEndpoints(const base::Environment& environment, const AwsProfiles* profiles,
                                std::string_view profile) {
  if (IsTrue(Variable(environment, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) return true;
  return profiles != nullptr && IsTrue(profiles->Value(profile, "ignore_configured_endpoint_urls"));
}

bool IsTrue(const std::optional<std::string>& text) {
  constexpr std::string_view kTrue = "true";
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a + 32 == b); };
  return text && std::ranges::equal(*text, kTrue, same);
}

}  // namespace palisade::auth

#include "provider/auth/source.h"

#include "provider/auth/files.h"
#include "provider/base/status.h"

namespace palisade::auth {

absl::StatusOr<const AwsProfiles*> Search::Profiles() {
  if (!profiles_) {
    PALISADE_ASSIGN_OR_RETURN(
        profiles_, AwsProfiles::Load(settings_.shared_config_files,
                                     settings_.shared_credentials_files, services_.environment));
  }
  return &*profiles_;
}

std::optional<std::string> Search::Variable(const std::string& name) const {
  return auth::Variable(services_.environment, name);
}

std::string Search::ProfileName() const {
  return AwsProfileName(settings_.profile, services_.environment);
}

std::optional<std::string> Search::ProfileValue(const std::string& key) {
  const auto profiles = Profiles();
  if (!profiles.ok()) return std::nullopt;
  return (*profiles)->Value(ProfileName(), key);
}

}  // namespace palisade::auth

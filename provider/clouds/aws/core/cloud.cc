#include "provider/clouds/aws/core/cloud.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/core/cloud_impl.h"

namespace palisade::aws {
namespace {

// Below the second within which a cancelled run has to end.
constexpr std::chrono::milliseconds kCloseLimit{800};

}  // namespace

Cloud::Cloud(Services services)
    : services_(std::move(services)), impl_(std::make_unique<Impl>(*this)) {}

Cloud::~Cloud() = default;

Sightings& Cloud::sightings() const { return impl_->sightings(); }

void Cloud::Close() { impl_->markers().Flush(kCloseLimit); }

absl::StatusOr<std::shared_ptr<Account>> Cloud::Impl::AccountOf(const resource::Settings& settings,
                                                                const std::string& name) {
  PALISADE_ASSIGN_OR_RETURN(AccountSettings read, ReadSettings(settings, name));
  const std::string digest = DigestOf(settings, name);
  std::lock_guard lock(mutex_);
  auto& account = accounts_[digest];
  if (account == nullptr) account = std::make_shared<Account>(services_, std::move(read));
  return account;
}

std::optional<RegionChoice> Cloud::Impl::RegionOf(const resource::Settings& settings,
                                                  const std::string& name) {
  const auto account = AccountOf(settings, name);
  if (!account.ok()) return std::nullopt;
  if (const std::string& region = (*account)->settings().region; !region.empty()) {
    return RegionChoice{region, true};
  }
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (auto region = services_.environment(variable); region && !region->empty()) {
      return RegionChoice{*std::move(region), false};
    }
  }
  if (auto region = (*account)->ProfileValue("region"); region && !region->empty()) {
    return RegionChoice{*std::move(region), false};
  }
  return std::nullopt;
}

}  // namespace palisade::aws

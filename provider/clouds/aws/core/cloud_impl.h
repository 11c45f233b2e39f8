#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "provider/clouds/aws/core/account.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/creations.h"
#include "provider/clouds/aws/core/markers.h"
#include "provider/clouds/aws/core/sightings.h"

namespace palisade::aws {

/// A region and where it comes from.
struct RegionChoice {
  std::string region;
  /// From the configuration, not from the machine's environment or files.
  bool configured = false;
};

class Cloud::Impl {
 public:
  explicit Impl(Cloud& cloud) : services_(cloud.services()), markers_(cloud) {}

  /// One Account for equal settings, also across runs. See ReadSettings for errors.
  absl::StatusOr<std::shared_ptr<Account>> AccountOf(const resource::Settings& settings,
                                                     const std::string& name);
  /// The region of resources that name none; nullopt when nothing says one, or for an account that
  /// does not exist.
  std::optional<RegionChoice> RegionOf(const resource::Settings& settings, const std::string& name);

  std::shared_ptr<Run> RunOf(const std::shared_ptr<const resource::Settings>& settings) {
    return runs_.Of(settings);
  }

  Markers& markers() { return markers_; }
  Sightings& sightings() { return sightings_; }

 private:
  const Services services_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Account>> accounts_;
  Runs runs_;
  Markers markers_;
  Sightings sightings_;
};

}  // namespace palisade::aws

#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "provider/clouds/aws/core/session.h"

namespace palisade::aws {

/// What calls have seen of objects, for the checks of what names them: a VPC's ranges, for its
/// subnets. It may be out of date, so it is good for warnings. Thread-safe.
class Sightings {
 public:
  /// Beyond this many objects all are forgotten; what is seen again is kept again.
  static constexpr std::size_t kMost = 1000;

  /// The service has just told it.
  void Saw(const Placement& place, const std::string& id, std::vector<std::string> texts);
  /// State tells it, which may be older than what was seen.
  void Heard(const Placement& place, const std::string& id, std::vector<std::string> texts);
  /// Empty for an object of which nothing is known.
  std::vector<std::string> Of(const Placement& place, const std::string& id) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  static Key KeyOf(const Placement& place, const std::string& id);
  void MakeRoom(const Key& key);

  mutable std::mutex mutex_;
  std::map<Key, std::vector<std::string>> seen_;
};

}  // namespace palisade::aws

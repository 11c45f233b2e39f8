#include "provider/clouds/aws/core/sightings.h"

#include <utility>

namespace palisade::aws {

Sightings::Key Sightings::KeyOf(const Placement& place, const std::string& id) {
  return {place.account, place.region, id};
}

void Sightings::MakeRoom(const Key& key) {
  if (seen_.size() >= kMost && !seen_.contains(key)) seen_.clear();
}

void Sightings::Saw(const Placement& place, const std::string& id, std::vector<std::string> texts) {
  Key key = KeyOf(place, id);
  std::lock_guard lock(mutex_);
  MakeRoom(key);
  seen_.insert_or_assign(std::move(key), std::move(texts));
}

void Sightings::Heard(const Placement& place, const std::string& id,
                      std::vector<std::string> texts) {
  Key key = KeyOf(place, id);
  std::lock_guard lock(mutex_);
  MakeRoom(key);
  seen_.emplace(std::move(key), std::move(texts));
}

std::vector<std::string> Sightings::Of(const Placement& place, const std::string& id) const {
  std::lock_guard lock(mutex_);
  const auto it = seen_.find(KeyOf(place, id));
  return it == seen_.end() ? std::vector<std::string>() : it->second;
}

}  // namespace palisade::aws

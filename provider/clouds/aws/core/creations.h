#pragma once

#include <compare>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/random.h"
#include "provider/clouds/aws/core/single_flight.h"
#include "provider/resource/settings.h"

namespace palisade::aws {

struct AwsTraits;

/// What an object is remembered by. Its id alone says too little: a firewall's logging goes by the
/// firewall's ARN, a gateway's association by the gateway's id. The traits, of which a type has one
/// object, stand for its token, which a Diff is not told.
struct ObjectKey {
  const AwsTraits* type;
  std::string id;
  friend auto operator<=>(const ObjectKey&, const ObjectKey&) = default;
};

/// An object that carries the marker of an unfinished create.
struct Marked {
  std::string id, resource_type, marker;
};
using MarkedList = std::vector<Marked>;

/// What one run knows of its creates (ADR 0014). Thread-safe.
class Run {
 public:
  struct Attempt {
    /// The same for all calls that create this resource with these inputs, until one has its id.
    std::string client_token;
    /// An earlier call of this run may have made the object.
    bool unclear = false;
  };

  explicit Run(std::shared_ptr<const resource::Settings> settings)
      : settings_(std::move(settings)) {}

  const resource::Settings* settings() const { return settings_.get(); }

  Attempt Begin(const std::string& urn, const std::string& inputs, base::Random& random);
  void Unclear(const std::string& urn, const std::string& inputs);
  /// The object exists: from now on the same create means another object.
  void Made(const std::string& urn, const std::string& inputs, const std::string& id);
  /// Whether `id` was made by Made and is not finished yet.
  bool IsFresh(const std::string& urn, const std::string& id) const;
  void Finished(const std::string& urn, const std::string& id);

  void Adopted(ObjectKey object);
  bool WasAdopted(const ObjectKey& object) const;
  void Deleted(ObjectKey object);
  bool WasDeleted(const ObjectKey& object) const;

  /// The marked objects of a place as the run found them; the key says account and region.
  SingleFlight<MarkedList>& Leftovers(const std::string& place);

 private:
  using Key = std::pair<std::string, std::string>;

  const std::shared_ptr<const resource::Settings> settings_;
  mutable std::mutex mutex_;
  std::map<Key, Attempt> attempts_;
  std::set<Key> fresh_;
  std::set<ObjectKey> adopted_, deleted_;
  std::map<std::string, std::unique_ptr<SingleFlight<MarkedList>>> leftovers_;
};

/// The runs that a process serves, told apart by their settings. An old one is forgotten when newer
/// ones have come. Thread-safe.
class Runs {
 public:
  std::shared_ptr<Run> Of(const std::shared_ptr<const resource::Settings>& settings);

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Run>> runs_;
};

}  // namespace palisade::aws

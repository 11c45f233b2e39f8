#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "provider/value/property_value.h"

namespace palisade::behaviour {

/// One object that the test package made.
struct Object {
  std::string kind;
  value::PropertyMap inputs, outputs;
};

/// What a cloud is to a real provider: the objects that exist, and how often each verb reached
/// them. A test double, and so a global of the process; thread-safe. With a folder in the
/// environment variable BEHAVIOUR_STATE the objects live there as JSON files, which other processes
/// see too; assets and archives are not kept there.
class World {
 public:
  static World& Instance();

  /// ALREADY_EXISTS when the id is taken.
  absl::Status Add(const std::string& id, const Object& object);
  std::optional<Object> Find(const std::string& id) const;
  /// NOT_FOUND when there is no such object.
  absl::Status Replace(const std::string& id, const Object& object);
  absl::Status Remove(const std::string& id);
  /// Ids and objects of one kind, sorted by id.
  std::vector<std::pair<std::string, Object>> All(std::string_view kind) const;

  /// Counts one event, "create" or a handler's own; returns how often it has happened by now.
  std::int64_t Count(const std::string& event);
  std::map<std::string, std::int64_t> counts() const;

 private:
  World();
  std::string FileOf(const std::string& id) const;
  std::optional<Object> Load(const std::string& file) const;
  std::optional<Object> FindLocked(const std::string& id) const;
  void StoreLocked(const std::string& id, const Object& object);

  std::string folder_;
  mutable std::mutex mutex_;
  std::map<std::string, Object> objects_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace palisade::behaviour

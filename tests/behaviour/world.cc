#include "tests/behaviour/world.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "provider/base/status.h"
#include "provider/value/json.h"
#include "provider/value/view.h"

namespace palisade::behaviour {

World& World::Instance() {
  static World* const world = new World();  // Calls may outlive main.
  return *world;
}

World::World() {
  if (const char* folder = std::getenv("BEHAVIOUR_STATE")) folder_ = folder;
}

std::string World::FileOf(const std::string& id) const { return folder_ + "/" + id + ".json"; }

std::optional<Object> World::Load(const std::string& file) const {
  std::ifstream in(file);
  if (!in) return std::nullopt;
  std::stringstream text;
  text << in.rdbuf();
  const auto parsed = value::ParseJson(text.str());
  const auto* bag = parsed ? parsed->If<value::PropertyMap>() : nullptr;
  if (bag == nullptr) return std::nullopt;
  const value::View view(*bag);
  Object object{view.String("kind").value_or(""), {}, {}};
  if (const auto* inputs = view.Object("inputs")) object.inputs = *inputs;
  if (const auto* outputs = view.Object("outputs")) object.outputs = *outputs;
  return object;
}

std::optional<Object> World::FindLocked(const std::string& id) const {
  // An id is the user's text in an import: it must not lead out of the folder.
  if (id.find('/') != std::string::npos) return std::nullopt;
  if (!folder_.empty()) return Load(FileOf(id));
  const auto it = objects_.find(id);
  return it == objects_.end() ? std::nullopt : std::optional(it->second);
}

void World::StoreLocked(const std::string& id, const Object& object) {
  if (folder_.empty()) {
    objects_[id] = object;
    return;
  }
  std::ofstream(FileOf(id)) << value::ToJsonText(value::PropertyMap{
      {"kind", object.kind}, {"inputs", object.inputs}, {"outputs", object.outputs}});
}

absl::Status World::Add(const std::string& id, const Object& object) {
  const std::lock_guard lock(mutex_);
  if (FindLocked(id)) {
    return base::Error(absl::StatusCode::kAlreadyExists,
                       "an object with the id " + id + " exists already; choose another name");
  }
  StoreLocked(id, object);
  ++counts_["create"];
  return absl::OkStatus();
}

std::optional<Object> World::Find(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return FindLocked(id);
}

absl::Status World::Replace(const std::string& id, const Object& object) {
  const std::lock_guard lock(mutex_);
  if (!FindLocked(id)) return base::NotFound("there is no object with the id " + id);
  StoreLocked(id, object);
  ++counts_["update"];
  return absl::OkStatus();
}

absl::Status World::Remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (!FindLocked(id)) return base::NotFound("there is no object with the id " + id);
  if (folder_.empty()) {
    objects_.erase(id);
  } else {
    std::error_code ignored;
    std::filesystem::remove(FileOf(id), ignored);
  }
  ++counts_["delete"];
  return absl::OkStatus();
}

std::vector<std::pair<std::string, Object>> World::All(std::string_view kind) const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, Object> found;
  if (folder_.empty()) {
    found = objects_;
  } else {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
      if (entry.path().extension() != ".json") continue;
      if (auto object = Load(entry.path())) found[entry.path().stem()] = std::move(*object);
    }
  }
  std::erase_if(found, [&](const auto& entry) { return entry.second.kind != kind; });
  return {found.begin(), found.end()};
}

std::int64_t World::Count(const std::string& event) {
  const std::lock_guard lock(mutex_);
  return ++counts_[event];
}

std::map<std::string, std::int64_t> World::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace palisade::behaviour

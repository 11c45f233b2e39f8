#include "provider/lifecycle/migrate.h"

#include <algorithm>
#include <cstddef>
#include <variant>
#include <vector>

namespace palisade::lifecycle {
namespace {

using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

// Adds to `places` where `secret` stands at or below `at` and did not stand before.
void FindPlaces(const PropertyValue& secret, const PropertyMap& before, const PropertyValue& now,
                const PropertyPath& at, std::set<PropertyPath>& places) {
  if (now == secret) {
    const PropertyValue* old = value::Find(before, at);
    if (old == nullptr || *old != secret) places.insert(at);
  } else if (const auto* list = now.If<value::PropertyArray>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      FindPlaces(secret, before, (*list)[i], at.Child(i), places);
    }
  } else if (const auto* object = now.If<PropertyMap>()) {
    for (const auto& [name, item] : *object) {
      FindPlaces(secret, before, item, at.Child(name), places);
    }
  }
}

// Whether equality with a value says where it comes from; true and false are everywhere.
bool IsTelling(const PropertyValue& value) {
  const auto* text = value.If<std::string>();
  return !value.IsNull() && !value.Is<bool>() && (text == nullptr || !text->empty());
}

// Marks in `now` what the migration made of `secret`, as a whole or else in its parts. Whether all
// of it was found.
bool Follow(const PropertyValue& secret, const PropertyMap& before, Bag& now) {
  std::set<PropertyPath> places;
  if (IsTelling(secret)) {
    for (const auto& [name, item] : now.values) {
      FindPlaces(secret, before, item, PropertyPath(name), places);
    }
  }
  const bool found = !places.empty();
  now.secret_paths.merge(places);
  if (found) return true;
  bool all = true;
  if (const auto* list = secret.If<value::PropertyArray>()) {
    for (const PropertyValue& item : *list) all = Follow(item, before, now) && all;
  } else if (const auto* object = secret.If<PropertyMap>()) {
    for (const auto& entry : *object) all = Follow(entry.second, before, now) && all;
  } else {
    all = secret.IsNull();
  }
  return all;
}

// Whether something at `path` is still what was there: as it was, or in another form.
bool IsInPlace(const PropertyPath& path, const PropertyValue& secret, const PropertyMap& now) {
  const PropertyValue* found = value::Find(now, path);
  if (found == nullptr || *found == secret) return found != nullptr;
  return std::ranges::none_of(path.steps(), [](const PropertyPath::Step& step) {
    return std::holds_alternative<std::size_t>(step);
  });
}

// Whether `value` stands in the bag where nothing about it is secret.
bool IsPublic(const PropertyValue& value, const Bag& bag, const PropertyValue& in,
              const PropertyPath& at) {
  const auto touches = [&at](const PropertyPath& secret) {
    return secret.Covers(at) || at.Covers(secret);
  };
  if (in == value && std::ranges::none_of(bag.secret_paths, touches)) return true;
  if (const auto* list = in.If<value::PropertyArray>()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (IsPublic(value, bag, (*list)[i], at.Child(i))) return true;
    }
  } else if (const auto* object = in.If<PropertyMap>()) {
    return std::ranges::any_of(*object, [&](const auto& entry) {
      return IsPublic(value, bag, entry.second, at.Child(entry.first));
    });
  }
  return false;
}

// A number or a short text may be the same by accident.
bool CameFromPublic(const PropertyValue& value, const Bag& before) {
  constexpr std::size_t kAccident = 6;
  const auto* text = value.If<std::string>();
  const auto* list = value.If<value::PropertyArray>();
  const auto* object = value.If<PropertyMap>();
  const bool telling = (text != nullptr && text->size() >= kAccident) ||
                       (list != nullptr && !list->empty()) ||
                       (object != nullptr && !object->empty());
  return telling && std::ranges::any_of(before.values, [&](const auto& entry) {
           return IsPublic(value, before, entry.second, PropertyPath(entry.first));
         });
}

void AddWhatIsNew(const PropertyPath& lost, const Bag& before, Bag& now) {
  for (const auto& [name, item] : now.values) {
    const bool is_new = !before.values.contains(name) && !CameFromPublic(item, before);
    if (name == lost.top() || is_new) now.secret_paths.insert(PropertyPath(name));
  }
}

void FollowOwn(const Bag& before, Bag& now) {
  for (const PropertyPath& path : before.secret_paths) {
    const PropertyValue* secret = value::Find(before.values, path);
    if (secret == nullptr) continue;
    const bool found = Follow(*secret, before.values, now);
    if (!found && !IsInPlace(path, *secret, now.values)) AddWhatIsNew(path, before, now);
  }
}

void FollowOthers(const Bag& others, const Bag& before, Bag& now) {
  for (const PropertyPath& path : others.secret_paths) {
    const PropertyValue* secret = value::Find(others.values, path);
    if (secret != nullptr) Follow(*secret, before.values, now);
  }
}

}  // namespace

void Migrate(const resource::Resource& handler, int version, Bag& inputs, Bag& outputs) {
  if (inputs.secret_paths.empty() && outputs.secret_paths.empty()) {
    handler.Migrate(version, inputs.values, outputs.values);
    return;
  }
  const Bag old_inputs = inputs, old_outputs = outputs;
  handler.Migrate(version, inputs.values, outputs.values);
  FollowOwn(old_inputs, inputs);
  FollowOwn(old_outputs, outputs);
  FollowOthers(old_outputs, old_inputs, inputs);
  FollowOthers(old_inputs, old_outputs, outputs);
}

}  // namespace palisade::lifecycle

#include "provider/value/transform.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace palisade::value {
namespace {

template <typename Predicate>
bool Any(const PropertyValue& value, const Predicate& predicate) {
  if (predicate(value)) return true;
  if (const auto* secret = value.If<Secret>()) return Any(*secret->value, predicate);
  if (const auto* output = value.If<Output>()) {
    return output->value && Any(**output->value, predicate);
  }
  if (const auto* list = value.If<PropertyArray>()) {
    return std::any_of(list->begin(), list->end(),
                       [&](const PropertyValue& item) { return Any(item, predicate); });
  }
  if (const auto* object = value.If<PropertyMap>()) {
    return std::any_of(object->begin(), object->end(),
                       [&](const auto& entry) { return Any(entry.second, predicate); });
  }
  return false;
}

bool IsUnknownHere(const PropertyValue& value) {
  if (value.IsUnknown()) return true;
  if (const auto* output = value.If<Output>()) return !output->value;
  if (const auto* reference = value.If<ResourceReference>()) {
    return reference->id && (*reference->id)->IsUnknown();
  }
  return false;
}

bool IsSecretHere(const PropertyValue& value) {
  const auto* output = value.If<Output>();
  return value.Is<Secret>() || (output != nullptr && output->secret);
}

void WrapAt(PropertyValue& value, const std::vector<PropertyPath::Step>& steps, std::size_t depth) {
  if (value.Is<Secret>()) return;
  if (depth < steps.size()) {
    if (auto* object = value.If<PropertyMap>()) {
      const auto* name = std::get_if<std::string>(&steps[depth]);
      const auto it = name == nullptr ? object->end() : object->find(*name);
      if (it != object->end()) WrapAt(it->second, steps, depth + 1);
      return;
    }
    if (auto* list = value.If<PropertyArray>()) {
      const auto* index = std::get_if<std::size_t>(&steps[depth]);
      if (index != nullptr && *index < list->size()) WrapAt((*list)[*index], steps, depth + 1);
      return;
    }
  }
  // An unknown in the place of a secret object has to stay secret as a whole.
  value = MakeSecret(std::move(value));
}

struct Unwrapping {
  std::set<PropertyPath>* secret_paths;
  const PropertyPath* root;
};

// The way to a value, kept on the stack: a path costs memory at each step, and few are needed.
struct Link {
  const Link* up;
  std::variant<std::string_view, std::size_t> step;
};

void AddPath(const Unwrapping& target, const Link* link) {
  if (target.secret_paths == nullptr) return;
  std::vector<const Link*> chain;
  for (; link != nullptr; link = link->up) chain.push_back(link);
  PropertyPath path = *target.root;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    path = std::visit([&](const auto& step) { return path.Child(step); }, (*it)->step);
  }
  target.secret_paths->insert(std::move(path));
}

PropertyValue Unwrap(const PropertyValue& value, const Unwrapping& target, const Link* at) {
  if (const auto* secret = value.If<Secret>()) {
    AddPath(target, at);
    return Unwrap(*secret->value, target, at);
  }
  if (const auto* output = value.If<Output>()) {
    if (output->secret) AddPath(target, at);
    return output->value ? Unwrap(**output->value, target, at) : PropertyValue(Unknown{});
  }
  if (const auto* list = value.If<PropertyArray>()) {
    PropertyArray plain;
    plain.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      const Link link{at, i};
      plain.push_back(Unwrap((*list)[i], target, &link));
    }
    return plain;
  }
  if (const auto* object = value.If<PropertyMap>()) {
    PropertyMap plain;
    for (const auto& [name, item] : *object) {
      const Link link{at, std::string_view(name)};
      plain.emplace_hint(plain.end(), name, Unwrap(item, target, &link));
    }
    return plain;
  }
  return value;
}

}  // namespace

bool ContainsUnknown(const PropertyValue& value) { return Any(value, IsUnknownHere); }

bool ContainsUnknown(const PropertyMap& bag) {
  return std::any_of(bag.begin(), bag.end(),
                     [](const auto& entry) { return ContainsUnknown(entry.second); });
}

bool ContainsSecret(const PropertyValue& value) { return Any(value, IsSecretHere); }

PropertyValue Unwrapped(const PropertyValue& value, std::set<PropertyPath>* secret_paths,
                        const PropertyPath& at) {
  return Unwrap(value, {secret_paths, &at}, nullptr);
}

PropertyMap Unwrapped(const PropertyMap& bag, std::set<PropertyPath>* secret_paths) {
  const PropertyPath root;
  const Unwrapping target{secret_paths, &root};
  PropertyMap plain;
  for (const auto& [name, item] : bag) {
    const Link link{nullptr, std::string_view(name)};
    plain.emplace_hint(plain.end(), name, Unwrap(item, target, &link));
  }
  return plain;
}

PropertyMap WithSecrets(PropertyMap bag, const std::set<PropertyPath>& paths) {
  for (const PropertyPath& path : paths) {
    const auto it = bag.find(path.top());
    if (it != bag.end()) WrapAt(it->second, path.steps(), 1);
  }
  return bag;
}

}  // namespace palisade::value

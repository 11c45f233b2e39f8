#include "provider/lifecycle/ignored.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "provider/base/status.h"
#include "provider/lifecycle/internal_names.h"

namespace palisade::lifecycle {
namespace {

using value::PropertyArray;
using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

// Walks one pattern through both bags at once.
class Resetting {
 public:
  Resetting(const PropertyPath& pattern, const Bag& old, Bag& news)
      : steps_(pattern.steps()),
        old_secrets_(old.secret_paths),
        filled_(TextsOf(news.internals, kDefaultsName)),
        secrets_(news.secret_paths) {}

  // The steps from `depth` on, inside `now`, which is at `at`. `old` may be null.
  void Inside(const PropertyValue* old, PropertyValue& now, std::size_t depth,
              const PropertyPath& at) {
    const auto* name = std::get_if<std::string>(&steps_[depth]);
    const bool all = name != nullptr && *name == "*";
    if (auto* object = now.If<PropertyMap>(); object != nullptr && name != nullptr) {
      const auto* before = old == nullptr ? nullptr : old->If<PropertyMap>();
      if (!all) return Member(before, *object, *name, depth, at);
      std::set<std::string> names;
      for (const auto& entry : *object) names.insert(entry.first);
      if (before != nullptr) {
        for (const auto& entry : *before) names.insert(entry.first);
      }
      for (const std::string& each : names) Member(before, *object, each, depth, at);
    } else if (auto* list = now.If<PropertyArray>(); list != nullptr && old != nullptr) {
      const auto* before = old->If<PropertyArray>();
      if (before == nullptr) return;
      if (const auto* index = std::get_if<std::size_t>(&steps_[depth])) {
        Item(*before, *list, *index, depth, at);
      } else if (all && before->size() == list->size()) {
        for (std::size_t i = 0; i < list->size(); ++i) Item(*before, *list, i, depth, at);
      }
    }
  }

 private:
  bool IsLast(std::size_t depth) const { return depth + 1 == steps_.size(); }

  void Member(const PropertyMap* olds, PropertyMap& news, const std::string& name,
              std::size_t depth, const PropertyPath& at) {
    const PropertyValue* old = nullptr;
    if (olds != nullptr) {
      if (const auto it = olds->find(name); it != olds->end()) old = &it->second;
    }
    const PropertyPath path = at.Child(name);
    if (!IsLast(depth)) {
      if (const auto it = news.find(name); it != news.end()) {
        Inside(old, it->second, depth + 1, path);
      }
    } else if (old != nullptr) {
      news.insert_or_assign(name, *old);
      CarrySecrets(path);
    } else if (!filled_.contains(path.Text())) {
      news.erase(name);
    }
  }

  // A place can be neither put into a list nor taken out of it.
  void Item(const PropertyArray& olds, PropertyArray& news, std::size_t index, std::size_t depth,
            const PropertyPath& at) {
    if (index >= olds.size() || index >= news.size()) return;
    const PropertyPath path = at.Child(index);
    if (!IsLast(depth)) return Inside(&olds[index], news[index], depth + 1, path);
    news[index] = olds[index];
    CarrySecrets(path);
  }

  void CarrySecrets(const PropertyPath& path) {
    for (const PropertyPath& secret : old_secrets_) {
      if (secret.Covers(path)) secrets_.insert(path);
      if (path.Covers(secret)) secrets_.insert(secret);
    }
  }

  const std::vector<PropertyPath::Step>& steps_;
  const std::set<PropertyPath>& old_secrets_;
  const std::set<std::string> filled_;
  std::set<PropertyPath>& secrets_;
};

}  // namespace

std::vector<PropertyPath> IgnoredPaths(const std::vector<std::string>& ignore_changes,
                                       std::vector<std::string>* problems) {
  std::vector<PropertyPath> paths;
  for (const std::string& text : ignore_changes) {
    if (auto path = PropertyPath::Parse(text); path.ok()) {
      if (!path->empty()) paths.push_back(*std::move(path));
    } else if (problems != nullptr) {
      problems->push_back("ignoreChanges: " + base::Message(path.status()) +
                          "; nothing is ignored by it");
    }
  }
  return paths;
}

void ResetIgnored(std::span<const PropertyPath> ignored, const Bag& old, Bag& news) {
  if (ignored.empty()) return;
  const PropertyValue before(old.values);
  PropertyValue now(std::move(news.values));
  for (const PropertyPath& pattern : ignored) {
    Resetting(pattern, old, news).Inside(&before, now, 0, {});
  }
  news.values = std::move(*now.If<PropertyMap>());
}

void DropIgnored(std::span<const PropertyPath> ignored, resource::Changes& changes) {
  for (const PropertyPath& pattern : ignored) {
    std::erase_if(changes, [&pattern](const auto& entry) { return pattern.Covers(entry.first); });
  }
}

void DropIgnored(std::span<const PropertyPath> ignored, resource::Findings& findings) {
  for (const PropertyPath& pattern : ignored) {
    findings.DropWarnings(
        [&pattern](const resource::Finding& finding) { return pattern.Covers(finding.path); });
  }
}

}  // namespace palisade::lifecycle

#include "provider/lifecycle/defaults.h"

#include <utility>

#include "provider/lifecycle/config_text.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/shape_check.h"
#include "provider/lifecycle/type_match.h"
#include "provider/lifecycle/value_text.h"

namespace palisade::lifecycle {
namespace {

using schema::ObjectShape;
using schema::PropertyShape;
using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

bool HasDefault(const PropertyShape& shape, bool top) {
  return shape.default_value || !shape.default_environment.empty() ||
         (top && shape.required && shape.constant);
}

// A walk of the shape over the bag. It makes a path for each object that it enters, which is cheap
// beside the walks that compare and wrap.
class Filler {
 public:
  Filler(const DefaultSources& sources, resource::Findings& findings)
      : sources_(sources), findings_(findings) {}

  void Object(const ObjectShape& shape, const PropertyPath& at, PropertyMap& bag) {
    for (const auto& [name, property] : shape.properties) {
      const auto it = bag.find(name);
      if (it != bag.end()) {
        Present(property, at, name, it->second);
      } else if (HasDefault(property, at.empty()) && !property.name_rule) {
        const PropertyPath path = at.Child(name);
        if (auto value = Filling(property, path)) {
          bag.emplace(name, *std::move(value));
          filled_.insert(path);
        }
      }
    }
  }

  std::set<PropertyPath> TakeFilled() { return std::move(filled_); }

 private:
  void Present(const PropertyShape& shape, const PropertyPath& at, const std::string& name,
               PropertyValue& value) {
    const bool entered = value.Is<PropertyMap>() || value.Is<value::PropertyArray>();
    const bool may_be_listed = HasDefault(shape, at.empty()) && !sources_.new_listed.empty();
    if (!entered && !may_be_listed) return;
    const PropertyPath path = at.Child(name);
    if (may_be_listed && IsStillDefault(shape, path, value)) filled_.insert(path);
    Inside(shape, path, value);
  }

  void Inside(const PropertyShape& shape, const PropertyPath& at, PropertyValue& value) {
    const PropertyShape* chosen = ChosenAlternative(shape, value);
    if (chosen == nullptr) return;
    if (auto* list = value.If<value::PropertyArray>(); list != nullptr && chosen->element) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        Inside(*chosen->element, at.Child(i), (*list)[i]);
      }
    } else if (auto* object = value.If<PropertyMap>()) {
      if (chosen->kind == Kind::kObject && chosen->object) Object(*chosen->object, at, *object);
      if (chosen->kind != Kind::kMap || !chosen->element) return;
      for (auto& [name, item] : *object) Inside(*chosen->element, at.Child(name), item);
    }
  }

  // The bag says that a Check filled this; true as long as nobody changed it since.
  bool IsStillDefault(const PropertyShape& shape, const PropertyPath& path,
                      const PropertyValue& value) const {
    if (!sources_.new_listed.contains(path)) return false;
    if (sources_.old_listed.contains(path)) {
      if (const PropertyValue* old = value::Find(sources_.olds, path)) return *old == value;
    }
    const auto fresh = Fresh(shape, path, nullptr);
    return fresh && *fresh == value;
  }

  std::optional<PropertyValue> Filling(const PropertyShape& shape, const PropertyPath& path) {
    if (sources_.old_listed.contains(path)) {
      const PropertyValue* old = value::Find(sources_.olds, path);
      // A version that allows other values than the one before must not be stuck with an old one.
      if (old != nullptr && !old->IsNull() && Fits(shape, *old)) return *old;
    }
    return Fresh(shape, path, &findings_);
  }

  std::optional<PropertyValue> Fresh(const PropertyShape& shape, const PropertyPath& path,
                                     resource::Findings* findings) const {
    for (const std::string& name : shape.default_environment) {
      const auto text = sources_.environment(name);
      if (!text || text->empty()) continue;
      PropertyValue value = FromVariable(shape, *text);
      if (!HasTypeOf(shape, value)) {
        if (findings == nullptr) return std::nullopt;
        findings->Fail(path, "type",
                       "the environment variable " + name +
                           " was taken for it, but does not hold " + ExpectedText(shape) +
                           "; correct the variable, or set the property");
        return std::nullopt;
      }
      return value;
    }
    if (shape.default_value) return shape.default_value;
    return path.steps().size() == 1 && shape.required ? shape.constant : std::nullopt;
  }

  const DefaultSources& sources_;
  resource::Findings& findings_;
  std::set<PropertyPath> filled_;
};

// What a Check filled in and nothing decides now.
void KeepUndecided(const ObjectShape& shape,
                   const std::map<std::string, resource::Default>& defaults,
                   const DefaultSources& sources, PropertyMap& bag,
                   std::set<PropertyPath>& filled) {
  for (const auto& [name, property] : shape.properties) {
    const auto fresh = defaults.find(name);
    const bool waits = fresh != defaults.end() && fresh->second.value.IsUnknown();
    if (HasDefault(property, true) || property.name_rule) continue;
    if (fresh != defaults.end() && !waits) continue;
    const PropertyPath path(name);
    const PropertyValue* old =
        sources.old_listed.contains(path) ? value::Find(sources.olds, path) : nullptr;
    if (const auto given = bag.find(name); given != bag.end()) {
      const bool same = old == nullptr || *old == given->second;
      if (sources.new_listed.contains(path) && same) filled.insert(path);
    } else if (old != nullptr && !waits && !old->IsNull() && Fits(property, *old)) {
      bag.emplace(name, *old);
      filled.insert(path);
    }
  }
}

}  // namespace

std::set<PropertyPath> ListedDefaults(const PropertyMap& bag) {
  std::set<PropertyPath> paths;
  const auto it = bag.find(kDefaultsName);
  const auto* list = it == bag.end() ? nullptr : it->second.If<value::PropertyArray>();
  if (list == nullptr) return paths;
  for (const PropertyValue& item : *list) {
    const auto* text = item.If<std::string>();
    if (text == nullptr || text->empty()) continue;
    if (auto path = PropertyPath::Parse(*text); path.ok()) paths.insert(*std::move(path));
  }
  return paths;
}

PropertyValue DefaultsList(const std::set<PropertyPath>& paths) {
  std::set<std::string> texts;
  for (const PropertyPath& path : paths) texts.insert(path.Text());
  return value::PropertyArray(texts.begin(), texts.end());
}

std::set<PropertyPath> FillDefaults(const ObjectShape& shape, const DefaultSources& sources,
                                    PropertyMap& bag, resource::Findings& findings) {
  Filler filler(sources, findings);
  filler.Object(shape, {}, bag);
  return filler.TakeFilled();
}

void FillConfigured(const ObjectShape& shape,
                    const std::map<std::string, resource::Default>& defaults,
                    const DefaultSources& sources, PropertyMap& bag,
                    std::set<PropertyPath>& filled) {
  KeepUndecided(shape, defaults, sources, bag, filled);
  for (const auto& [name, fresh] : defaults) {
    if (fresh.value.IsUnknown()) continue;
    const PropertyPath path(name);
    const PropertyValue* old =
        sources.old_listed.contains(path) ? value::Find(sources.olds, path) : nullptr;
    const auto given = bag.find(name);
    if (given == bag.end()) {
      bag.emplace(name, old != nullptr && fresh.keep_old ? *old : fresh.value);
      filled.insert(path);
    } else if (sources.new_listed.contains(path) &&
               (given->second == fresh.value || (old != nullptr && given->second == *old))) {
      filled.insert(path);
    }
  }
}

}  // namespace palisade::lifecycle

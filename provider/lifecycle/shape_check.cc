#include "provider/lifecycle/shape_check.h"

#include <cmath>
#include <vector>

#include "provider/lifecycle/check_report.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/limits_check.h"
#include "provider/lifecycle/suggest.h"
#include "provider/lifecycle/type_match.h"
#include "provider/lifecycle/value_text.h"

namespace palisade::lifecycle {
namespace {

using schema::ObjectShape;
using schema::PropertyShape;
using value::PropertyMap;
using value::PropertyValue;
using Kind = PropertyShape::Kind;

class Walk {
 public:
  Walk(const ShapeRules& rules, resource::Findings& findings)
      : rules_(rules), report_(findings, rules.secret_paths, rules.hide_values) {}

  void Object(const ObjectShape& shape, const PropertyMap& bag, const Place& place) {
    for (const auto& [name, item] : bag) {
      if (report_.Full()) return;
      if (IsInternalName(name)) continue;
      const PropertyShape* property = shape.Find(name);
      if (property == nullptr) {
        UnknownName(shape, name, place);
        continue;
      }
      const Place child{&place, name, place.secret || property->secret};
      if (!property->deprecation.empty()) {
        report_.Warn(child, "deprecated", "is deprecated: " + property->deprecation);
      }
      Value(*property, item, child);
    }
    if (place.up == nullptr && !rules_.check_required_at_top) return;
    for (const auto& [name, property] : shape.properties) {
      // Autonaming reports a name that it cannot make.
      if (!property.required || property.name_rule || bag.contains(name)) continue;
      report_.Fail({&place, name, false}, "required", Missing(property));
    }
  }

  void Value(const PropertyShape& shape, const PropertyValue& value, const Place& place) {
    if (value.IsUnknown() || report_.Full()) return;
    const PropertyShape* chosen = ChosenAlternative(shape, value);
    if (chosen == nullptr || !HasTypeOf(*chosen, value)) {
      const bool hidden = report_.Hides(place);
      report_.Fail(place, "type",
                   "expected " + ExpectedText(shape) + ", found " + FoundText(value, hidden) +
                       TypeHint(shape, value, hidden));
      return;
    }
    if (chosen->kind == Kind::kAny) {
      OnlyFinite(value, place);
      return;
    }
    CheckAllowed(*chosen, value, place, report_);
    CheckLimits(chosen->limits, value, place, report_);
    Inside(*chosen, value, {place.up, place.step, place.secret || chosen->secret});
  }

 private:
  void Inside(const PropertyShape& shape, const PropertyValue& value, const Place& place) {
    if (const auto* list = value.If<value::PropertyArray>()) {
      if (shape.element == nullptr) return;
      for (std::size_t i = 0; i < list->size() && !report_.Full(); ++i) {
        Value(*shape.element, (*list)[i], {&place, i, place.secret || shape.element->secret});
      }
    } else if (const auto* object = value.If<PropertyMap>()) {
      if (shape.kind == Kind::kObject && shape.object) {
        Object(*shape.object, *object, place);
      } else if (shape.kind == Kind::kMap && shape.element) {
        for (const auto& [name, item] : *object) {
          Value(*shape.element, item,
                {&place, std::string_view(name), place.secret || shape.element->secret});
        }
      }
    }
  }

  // JSON, in which answers and states are kept, has no such numbers.
  void OnlyFinite(const PropertyValue& value, const Place& place) {
    if (report_.Full()) return;
    if (const auto* number = value.If<double>(); number != nullptr && !std::isfinite(*number)) {
      report_.Fail(place, "type", "expected a number, found one that is not finite");
    } else if (const auto* list = value.If<value::PropertyArray>()) {
      for (std::size_t i = 0; i < list->size(); ++i) OnlyFinite((*list)[i], {&place, i, false});
    } else if (const auto* object = value.If<PropertyMap>()) {
      for (const auto& [name, item] : *object) {
        OnlyFinite(item, {&place, std::string_view(name), false});
      }
    }
  }

  void UnknownName(const ObjectShape& shape, const std::string& name, const Place& place) {
    const Place child{&place, name, true};
    const bool top = place.up == nullptr;
    if (top && rules_.explain_unknown) {
      if (const auto sentence = rules_.explain_unknown(name)) {
        report_.Fail(child, "unknown-property", *sentence);
        return;
      }
    }
    std::vector<std::string> known;
    for (const auto& entry : shape.properties) known.push_back(entry.first);
    const auto nearest = NearestName(name, known);
    std::string reason(top ? rules_.not_a : "is not a property of this object");
    reason += nearest ? DidYouMean(nearest) : KnownNames(known);
    report_.Fail(child, "unknown-property", reason);
  }

  static std::string KnownNames(const std::vector<std::string>& known) {
    constexpr std::size_t kMostListed = 15;
    if (known.empty()) return "; it takes none";
    std::string text;
    for (std::size_t i = 0; i < known.size() && i < kMostListed; ++i) {
      text += (i == 0 ? "" : ", ") + known[i];
    }
    return "; known are " + text +
           (known.size() > kMostListed
                ? " and " + std::to_string(known.size() - kMostListed) + " more"
                : "");
  }

  static std::string Missing(const PropertyShape& property) {
    std::string reason = "is required, but missing";
    for (std::size_t i = 0; i < property.default_environment.size(); ++i) {
      reason += (i == 0 ? "; set it, or the environment variable " : " or ") +
                property.default_environment[i];
    }
    if (property.constant) reason += "; it can only be " + Shown(*property.constant, false);
    return reason;
  }

  const ShapeRules& rules_;
  CheckReport report_;
};

}  // namespace

void CheckShape(const ObjectShape& shape, const PropertyMap& bag, const ShapeRules& rules,
                resource::Findings& findings) {
  Walk(rules, findings).Object(shape, bag, Place{});
}

bool Fits(const PropertyShape& shape, const PropertyValue& value) {
  resource::Findings findings;
  Walk({}, findings).Value(shape, value, Place{});
  return findings.failures().empty();
}

}  // namespace palisade::lifecycle

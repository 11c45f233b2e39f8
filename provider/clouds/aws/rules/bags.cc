#include "provider/clouds/aws/rules/bags.h"

#include <algorithm>
#include <string>

#include "provider/value/view.h"

namespace palisade::aws::rules {

void Place::Object(std::string_view name, const std::function<void(const Place&)>& visit) const {
  const PropertyMap* object = value::View(bag).Object(name);
  if (object != nullptr) visit({*object, At(name), findings});
}

void Place::Objects(std::string_view name, const std::function<void(const Place&)>& visit) const {
  const PropertyArray* items = value::View(bag).Array(name);
  if (items == nullptr) return;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto* object = (*items)[i].If<PropertyMap>();
    if (object != nullptr) visit({*object, At(name).Child(i), findings});
  }
}

void Place::Texts(std::string_view name,
                  const std::function<void(const std::string&, const PropertyPath&)>& visit) const {
  const PropertyArray* items = value::View(bag).Array(name);
  if (items == nullptr) return;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto* text = (*items)[i].If<std::string>();
    if (text != nullptr) visit(*text, At(name).Child(i));
  }
}

void FailOnce(const PropertyPath& path, std::string_view rule, std::string_view reason,
              Findings& findings) {
  const auto& failures = findings.failures();
  if (std::none_of(failures.begin(), failures.end(),
                   [&](const resource::Finding& finding) { return finding.path == path; })) {
    findings.Fail(path, rule, reason);
  }
}

void CheckRange(const Place& place, std::string_view name, std::int64_t least, std::int64_t most,
                std::string_view rule) {
  const auto number = value::View(place.bag).Integer(name);
  if (!number || (*number >= least && *number <= most)) return;
  FailOnce(place.At(name), rule,
           std::to_string(*number) + " is outside the range of " + std::to_string(least) + " to " +
               std::to_string(most),
           place.findings);
}

}  // namespace palisade::aws::rules

#include "provider/resource/findings.h"

#include "provider/value/view.h"

namespace palisade::resource {
namespace {

std::string Join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void CheckOneOf(const value::PropertyMap& inputs, std::initializer_list<std::string_view> names,
                bool optional, Findings& findings) {
  const value::View view(inputs);
  std::vector<std::string> all, present;
  for (const std::string_view name : names) {
    all.emplace_back(name);
    if (view.Has(name)) present.emplace_back(name);
  }
  if (present.size() > 1) {
    findings.Fail(value::PropertyPath(present[1]), "exclusive",
                  "only one of " + Join(all) + " may be set, but " + Join(present) +
                      " are; remove all but one");
  } else if (present.empty() && !optional) {
    findings.Fail(value::PropertyPath(all[0]), "exclusive",
                  "one of " + Join(all) + " has to be set, but none is");
  }
}

void CheckNeeds(const value::PropertyMap& inputs, std::string_view name, std::string_view needed,
                Findings& findings) {
  const value::View view(inputs);
  if (!view.Has(name) || view.Has(needed)) return;
  findings.Fail(value::PropertyPath(name), "dependent",
                std::string(name) + " is set without " + std::string(needed) + "; set " +
                    std::string(needed) + " too, or remove " + std::string(name));
}

}  // namespace palisade::resource

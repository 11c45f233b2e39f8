#include "provider/lifecycle/skip_checks.h"

#include <algorithm>
#include <vector>

#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/suggest.h"
#include "provider/value/property_path.h"
#include "provider/value/view.h"

namespace palisade::lifecycle {
namespace {

// Every rule that lifecycle itself and the helpers of the resource room have.
constexpr std::string_view kRules[] = {
    "const", "dependent", "deprecated", "enum",     "exclusive",   "items", "length",
    "name",  "pattern",   "range",      "required", "skip-checks", "type",  "unknown-property"};

}  // namespace

std::set<std::string> SkipChecksOf(const value::PropertyMap& bag) {
  std::set<std::string> ids;
  const value::PropertyArray* list = value::View(bag).Array(kSkipChecksName);
  if (list == nullptr) return ids;
  for (const value::PropertyValue& item : *list) {
    if (const auto* id = item.If<std::string>()) ids.insert(*id);
  }
  return ids;
}

SkipChecks::SkipChecks(const value::PropertyMap& inputs, const std::set<std::string>& provider)
    : ids_(provider.begin(), provider.end()) {
  for (const std::string& id : SkipChecksOf(inputs)) ids_.insert(id);
}

bool SkipChecks::Skips(std::string_view rule) const { return ids_.find(rule) != ids_.end(); }

void WarnOfUnknownIds(const value::PropertyMap& bag, resource::Findings& findings) {
  const std::set<std::string> ids = SkipChecksOf(bag);
  if (ids.empty()) return;
  std::vector<std::string> known(std::begin(kRules), std::end(kRules));
  for (const auto& finding : findings.failures()) known.push_back(finding.rule);
  for (const auto& finding : findings.warnings()) known.push_back(finding.rule);
  for (const std::string& id : ids) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    const auto nearest = NearestValue(id, known);
    if (!nearest && id.find('.') != std::string::npos) continue;
    findings.Warn(value::PropertyPath(kSkipChecksName), "skip-checks",
                  "no check is called \"" + id.substr(0, 80) + "\"" + DidYouMean(nearest));
  }
}

}  // namespace palisade::lifecycle

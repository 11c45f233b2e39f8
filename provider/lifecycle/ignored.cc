#include "provider/lifecycle/ignored.h"

#include "provider/base/status.h"

namespace palisade::lifecycle {

using value::PropertyPath;

absl::StatusOr<std::vector<PropertyPath>> IgnoredPaths(
    const std::vector<std::string>& ignore_changes) {
  std::vector<PropertyPath> paths;
  for (const std::string& text : ignore_changes) {
    PALISADE_ASSIGN_OR_RETURN(PropertyPath path, PropertyPath::Parse(text));
    paths.push_back(std::move(path));
  }
  return paths;
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

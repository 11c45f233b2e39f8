#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

/// The patterns of `ignoreChanges`; INVALID_ARGUMENT for a text that is no path.
absl::StatusOr<std::vector<value::PropertyPath>> IgnoredPaths(
    const std::vector<std::string>& ignore_changes);

/// Takes out what the user ignores: changes, and the warnings that announce them.
void DropIgnored(std::span<const value::PropertyPath> ignored, resource::Changes& changes);
void DropIgnored(std::span<const value::PropertyPath> ignored, resource::Findings& findings);

}  // namespace palisade::lifecycle

#pragma once

#include <span>
#include <string>
#include <vector>

#include "provider/lifecycle/bags.h"
#include "provider/resource/resource.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

/// The patterns of `ignoreChanges`. A text that is no path ignores nothing, as in the engine, which
/// lets the run go on; what is wrong with it is added to `problems` where that is given.
std::vector<value::PropertyPath> IgnoredPaths(const std::vector<std::string>& ignore_changes,
                                              std::vector<std::string>* problems = nullptr);

/// Gives the inputs that the user ignores their old values, as the engine does before Check; what
/// Check filled in stays. Other clients send them as the program has them. Their old secrets come
/// along.
void ResetIgnored(std::span<const value::PropertyPath> ignored, const Bag& old, Bag& news);

/// Takes out what the user ignores: changes, and the warnings that announce them.
void DropIgnored(std::span<const value::PropertyPath> ignored, resource::Changes& changes);
void DropIgnored(std::span<const value::PropertyPath> ignored, resource::Findings& findings);

}  // namespace palisade::lifecycle

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace palisade::auth {

/// Splits a command line into words as a shell does, and does nothing else that a shell does:
/// blanks separate; '...' keeps everything; "..." keeps everything but \" and \\; a backslash
/// elsewhere takes the next character as it is. Nothing is expanded.
absl::StatusOr<std::vector<std::string>> SplitCommand(std::string_view line);

}  // namespace palisade::auth

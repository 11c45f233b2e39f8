#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "provider/base/environment.h"

namespace palisade::auth {

/// The value of an environment variable, with an empty one counting as not set.
std::optional<std::string> Variable(const base::Environment& environment, const std::string& name);

/// HOME, or nullopt where it is not set.
std::optional<std::string> HomeFolder(const base::Environment& environment);

/// `path` with a leading ~/ replaced by HOME.
std::string ExpandHome(const std::string& path, const base::Environment& environment);

/// A file's bytes, of at most a megabyte. NOT_FOUND where there is none, FAILED_PRECONDITION where
/// it cannot be read; the text names the file and the reason.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

/// Replaces `path` by a new file with `text` that only its owner may read, so that a reader sees
/// the old or the new one and never half of it.
absl::Status WritePrivateFile(const std::string& path, const std::string& text);

}  // namespace palisade::auth

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/base/random.h"

namespace palisade::aws {

/// In 64 lower-case digits.
std::string Sha256Hex(std::string_view text);

/// `bytes` random bytes in lower-case hexadecimal digits.
std::string RandomHex(base::Random& random, std::size_t bytes);

/// "1h30m", "900s", or a bare number of seconds. INVALID_ARGUMENT for anything else.
absl::StatusOr<std::chrono::seconds> ParseDuration(std::string_view text);

}  // namespace palisade::aws

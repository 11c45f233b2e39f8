#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/random.h"

namespace palisade::lifecycle {

/// `count` bytes that depend on nothing but `seed` (the engine's 32 bytes of one registration) and
/// `purpose`: HMAC-SHA-256 in counter mode. Without a seed (`pulumi do`) they come from `random`.
std::vector<std::uint8_t> SeededBytes(std::string_view seed, std::string_view purpose,
                                      std::size_t count, base::Random& random);

/// `count` characters of `charset` drawn from such bytes, each as likely as the others but for one
/// part in some hundreds.
std::string SeededText(std::string_view seed, std::string_view purpose, std::size_t count,
                       std::string_view charset, base::Random& random);

}  // namespace palisade::lifecycle

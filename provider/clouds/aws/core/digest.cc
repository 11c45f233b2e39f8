#include "provider/clouds/aws/core/digest.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "provider/base/status.h"

namespace palisade::aws {
namespace {

std::string Hex(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

std::string Sha256Hex(std::string_view text) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return Hex(digest);
}

std::string RandomHex(base::Random& random, std::size_t bytes) {
  std::vector<std::uint8_t> drawn(bytes);
  random.Fill(drawn);
  return Hex(drawn);
}

absl::StatusOr<std::chrono::seconds> ParseDuration(std::string_view text) {
  const auto wrong = [] {
    return base::InvalidArgument("expected a duration such as \"1h\", \"15m\" or \"900s\"");
  };
  std::chrono::seconds total{0};
  std::int64_t number = 0;
  bool digits = false, units = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (number > 100'000'000) return wrong();
      number = number * 10 + (c - '0');
      digits = true;
      continue;
    }
    const std::int64_t unit = c == 'h' ? 3600 : c == 'm' ? 60 : c == 's' ? 1 : 0;
    if (unit == 0 || !digits) return wrong();
    total += std::chrono::seconds(number * unit);
    number = 0;
    digits = false;
    units = true;
  }
  if (digits && units) return wrong();
  if (digits) total = std::chrono::seconds(number);
  if (text.empty()) return wrong();
  return total;
}

}  // namespace palisade::aws

#include "provider/value/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace palisade::value {

std::string NumberText(double number) {
  if (auto integer = ExactInteger(number)) return std::to_string(*integer);
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return std::string(buffer.data(), result.ptr);
}

std::optional<double> ParseNumber(std::string_view text) {
  double number = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ec != std::errc() || result.ptr != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<std::int64_t> ExactInteger(double number) {
  constexpr double kLargest = 9007199254740992.0;  // 2^53
  if (!(std::abs(number) <= kLargest) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

}  // namespace palisade::value

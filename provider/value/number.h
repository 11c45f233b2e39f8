#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace palisade::value {

/// The shortest decimal text that reads back as the same number: "2048", "0.5", "1e+300".
std::string NumberText(double number);

/// The number that the whole of `text` denotes in decimal, without blanks; nullopt for anything
/// else, infinities and NaN included.
std::optional<double> ParseNumber(std::string_view text);

/// `number` as an integer when it is one that a double holds exactly (up to 2^53).
std::optional<std::int64_t> ExactInteger(double number);

}  // namespace palisade::value

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace palisade::aws::rules {

/// `text` in double quotes, fit for a message: cut after 60 bytes (never inside a character),
/// control characters as `?`.
std::string Quoted(std::string_view text);

/// Without blanks, tabs and line ends around it.
std::string_view Trimmed(std::string_view text);

std::string Lower(std::string_view text);
bool EqualIgnoringCase(std::string_view a, std::string_view b);

/// Not empty and nothing but ASCII digits.
bool IsDigits(std::string_view text);

/// The number that `text` writes in plain digits; nullopt for anything else and beyond `most`.
std::optional<std::uint64_t> ParseNumber(std::string_view text, std::uint64_t most);

/// "a, b or c", or "a, b and c" with that word.
std::string Listed(std::span<const std::string_view> words, std::string_view last_word = "or");

/// The candidate that differs from `given` by case or by one slip (a letter added, lost, changed,
/// or two swapped); nullopt when there is none. Words under three letters have no near match.
std::optional<std::string_view> Nearest(std::string_view given,
                                        std::span<const std::string_view> candidates);

/// `; did you mean "x"?`, or nothing.
std::string DidYouMean(std::optional<std::string_view> nearest);

/// The parts of `text` between `separator`; one empty part for an empty text.
std::vector<std::string_view> Split(std::string_view text, char separator);

}  // namespace palisade::aws::rules

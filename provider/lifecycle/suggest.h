#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace palisade::lifecycle {

/// The candidate that the user most likely meant by the name `given`: equal but for case, hyphens
/// and underscores; a few typing slips away (a letter added, lost, changed or swapped); or made of
/// the same words with some left out or added ("bits" for "rsaBits"). nullopt when none is near.
std::optional<std::string> NearestName(std::string_view given,
                                       std::span<const std::string> candidates);

/// The same for a value, stricter: words left out do not count, and a value that differs from the
/// candidate in digits only ("TLSv1.4") is a newer one rather than a slip.
std::optional<std::string> NearestValue(std::string_view given,
                                        std::span<const std::string> candidates);

/// `; did you mean "x"?`, or nothing.
std::string DidYouMean(const std::optional<std::string>& nearest);

}  // namespace palisade::lifecycle

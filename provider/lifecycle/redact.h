#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

inline constexpr std::string_view kHidden = "[secret]";

/// Every text in `bag` (unwrapped) at or below one of `secret_paths`, the longest first. The texts
/// stay where they are in `bag`: use the answer only while `bag` lives.
std::vector<const std::string*> SecretTexts(const value::PropertyMap& bag,
                                            const std::set<value::PropertyPath>& secret_paths);

/// Every number there, as messages write it.
std::vector<std::string> SecretNumbers(const value::PropertyMap& bag,
                                       const std::set<value::PropertyPath>& secret_paths);

/// `message` with `[secret]` in place of each of `secrets`, also where it is cut short, in other
/// letter case, with other blanks or control characters as `?`, as quoting does; and without the
/// inside of a private key's PEM, which may stand in a place that nobody marked as secret. Rules
/// see plain values, so that a rule that quotes what it refuses would tell them otherwise.
std::string Redacted(std::string message, const std::vector<const std::string*>& secrets);

/// Puts `[secret]` where `word` stands alone, as in "found 100 bits" for 100.
void HideWord(std::string& message, std::string_view word);

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
/// Whether a message may show the character `secret` as `shown`: in other case, or cleaned.
bool IsShownAs(char secret, char shown);
/// Where `secret` stands in `message` as messages show it, at `from` or later; npos for nowhere.
std::size_t FindShown(std::string_view message, std::string_view secret, std::size_t from);
/// The same where no letter or digit touches it.
std::size_t FindWord(std::string_view message, std::string_view word, std::size_t from);

}  // namespace palisade::lifecycle

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace palisade::base {

/// The length of the longest valid UTF-8 prefix of `text`, by Unicode's table 3-7: no overlong
/// forms, no surrogates, nothing above U+10FFFF.
std::size_t ValidUtf8Prefix(std::string_view text);

inline bool IsUtf8(std::string_view text) { return ValidUtf8Prefix(text) == text.size(); }

/// `text` with each run of bytes that is not UTF-8 replaced by one U+FFFD. gRPC and protobuf accept
/// no other text, and a message of a cloud or a file name may hold anything.
std::string ToUtf8(std::string_view text);

}  // namespace palisade::base

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace palisade::rpc {

/// Standard alphabet with padding (RFC 4648, section 4).
std::string EncodeBase64(std::string_view bytes);

/// nullopt unless the whole of `text` is canonical: padded, no blanks, no stray bits.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace palisade::rpc

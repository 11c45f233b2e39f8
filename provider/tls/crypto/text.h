#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace palisade::tls {

bool IsAscii(std::string_view text);
/// Well-formed UTF-8: no overlong forms, surrogates or values beyond U+10FFFF.
bool IsUtf8(std::string_view text);
/// Only characters of an ASN.1 PrintableString: `A-Za-z0-9 '()+,-./:=?`.
bool IsPrintableString(std::string_view text);
char LowerAscii(char c);
std::string LowerAscii(std::string_view text);
/// `text` in double quotes for a message: at most 100 bytes of it, control characters as `?`.
std::string Quoted(std::string_view text);
/// The number of single-character changes between two texts.
std::size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace palisade::tls

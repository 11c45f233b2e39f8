#pragma once

#include <string>
#include <string_view>

namespace palisade::auth {

/// Percent-encodes every byte but A-Z a-z 0-9 - . _ ~, as AWS wants it in queries and forms: a
/// space is %20, never +.
std::string PercentEncode(std::string_view text);

/// Appends `text`, encoded like PercentEncode, with `/` left as it is where `keep_slash` says so.
void AppendPercentEncoded(std::string& out, std::string_view text, bool keep_slash);

/// The bytes behind %XX; a % that no two hexadecimal digits follow stays as it is, and so does +.
std::string PercentDecode(std::string_view text);

}  // namespace palisade::auth

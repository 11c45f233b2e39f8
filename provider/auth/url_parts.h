#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace palisade::auth {

/// A URL taken apart, nothing decoded; the views point into the text that was given.
struct UrlParts {
  std::string_view scheme;
  /// Without brackets around an IPv6 address.
  std::string_view host;
  /// Digits, or empty.
  std::string_view port;
  /// From the first slash to the query; may be empty.
  std::string_view path;
  /// Without the question mark; may be empty.
  std::string_view query;
};

/// nullopt unless it is `http://` or `https://` with a host, no user information, no fragment and
/// no control characters: what two readers may take apart differently is no address for keys.
std::optional<UrlParts> ParseUrl(std::string_view url);

/// What a client sends as Host: lower case, the port only where it is not the scheme's own.
std::string HostHeader(const UrlParts& url);

/// Whether a host's name may have `text` between two dots: letters, digits and inner hyphens. What
/// is put into a host's name from a setting must be, or the keys go to another host.
bool IsHostLabel(std::string_view text);

}  // namespace palisade::auth

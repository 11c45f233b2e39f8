#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace palisade::http {

/// The parts of an absolute URL that decide how its host is reached. libcurl parses it again when
/// it sends; this is for proxies, messages and log lines.
struct Url {
  std::string scheme;  ///< lower case
  std::string host;    ///< lower case, an IPv6 address without its brackets
  int port = 0;        ///< the scheme's own when the URL says none (https 443, http 80), else 0
  std::string path;    ///< without the query, at least "/"

  /// "host:port", or the host alone where the port is the scheme's own.
  std::string Authority() const;
};

/// INVALID_ARGUMENT for what is not `scheme://host...`; the text shows nothing of the URL beyond
/// its scheme, since it may hold a password.
absl::StatusOr<Url> ParseUrl(std::string_view text);

}  // namespace palisade::http

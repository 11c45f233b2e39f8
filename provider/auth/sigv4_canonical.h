#pragma once

#include <string>
#include <string_view>

#include "provider/auth/sigv4.h"
#include "provider/auth/url_parts.h"
#include "provider/http/message.h"

namespace palisade::auth {

/// The path of the canonical request, from its wire form.
std::string CanonicalPath(std::string_view path, const SigV4Options& options);

/// Names and values encoded afresh, sorted by encoded name, then value; `?a` is `a=`.
std::string CanonicalQuery(std::string_view query);

struct CanonicalHeaders {
  std::string lines;         ///< "name:value\n" each
  std::string signed_names;  ///< "a;b"
};
/// Every header but those that proxies and clients change on the way and Authorization itself.
CanonicalHeaders MakeCanonicalHeaders(const http::Headers& headers);

}  // namespace palisade::auth

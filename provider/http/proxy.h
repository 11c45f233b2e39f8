#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/base/environment.h"
#include "provider/http/message.h"
#include "provider/http/url.h"

namespace palisade::http {

/// The proxy that a request to `url` goes through, as a URL with its credentials, or "" for none.
///
/// What `network` names wins over the environment: http_proxy or https_proxy, then all_proxy, each
/// in lower case before upper case. Hosts of no_proxy are reached directly, and so is this machine
/// itself unless `network` names the proxy. INVALID_ARGUMENT for a proxy that is not one; the text
/// names its source, never its value.
absl::StatusOr<std::string> ProxyFor(const Url& url, const Network* network,
                                     const base::Environment& environment);

/// Whether `list` (NO_PROXY's syntax: names that also stand for their subdomains, addresses, CIDR
/// blocks, each with an optional port; "*" for everything) covers the host.
bool IsExempt(std::string_view list, std::string_view host, int port);

}  // namespace palisade::http

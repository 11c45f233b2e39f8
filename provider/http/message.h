#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palisade::http {

struct Header {
  std::string name, value;
};
using Headers = std::vector<Header>;

/// Header names are compared without case.
bool SameHeaderName(std::string_view a, std::string_view b);

/// Whether asking twice does no more than asking once. Said at every call; nothing is assumed of a
/// method.
enum class Idempotency { kIdempotent, kNonIdempotent };

/// How hosts are reached and trusted: what a user configures once for an account. Immutable and
/// shared by the requests that use it.
struct Network {
  /// Proxy URLs; empty means that the environment decides (HTTPS_PROXY, http_proxy, ALL_PROXY).
  std::string http_proxy, https_proxy;
  /// Hosts that bypass the proxy, as NO_PROXY lists them; nullopt leaves it to the environment.
  std::optional<std::string> no_proxy;
  /// A PEM file of trusted authorities; empty means the system's (DefaultCaBundle).
  std::string ca_bundle;
  /// Who says `ca_bundle`; for messages.
  std::string ca_bundle_source = "the configured CA bundle";
  /// Do not verify certificates. Only where the user's configuration says so.
  bool insecure = false;
};

struct Request {
  std::string method = "GET";
  /// As it goes on the wire: path and query already encoded, sent without any normalisation.
  std::string url;
  Headers headers;
  std::string body;
  Idempotency idempotency = Idempotency::kNonIdempotent;
  /// Null: the environment's proxies and the system's authorities.
  std::shared_ptr<const Network> network;
  /// Never through a proxy, whatever is configured (instance metadata).
  bool direct = false;
  std::chrono::milliseconds connect_timeout{10'000};
  /// The longest silence while a reply is awaited or under way.
  std::chrono::milliseconds idle_timeout{60'000};
  std::chrono::milliseconds total_timeout{300'000};
  /// A longer body is an error and is not read on.
  std::size_t max_response_bytes = std::size_t{32} << 20;
};

struct Response {
  int status = 0;
  Headers headers;
  /// Decompressed.
  std::string body;

  /// Set by Perform: how many attempts it took.
  int attempts = 1;
  /// Set by Perform: an attempt before this answer, or this answer itself (a failure of the
  /// server's side, such as HTTP 500), leaves open whether the call was carried out. So "already
  /// exists" may speak of what this very call made, and a create that is not idempotent has to look
  /// for its object before it asks again.
  bool may_have_happened = false;

  /// The first header of that name, in whatever case; nullptr when there is none.
  const std::string* Find(std::string_view name) const;
};

}  // namespace palisade::http

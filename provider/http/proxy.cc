#include "provider/http/proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t size = 0;
};

std::optional<Address> ParseAddress(std::string_view text) {
  const std::string copy(text);
  Address address;
  if (inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
    address.size = 4;
    return address;
  }
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) {
    address.size = 16;
    return address;
  }
  return std::nullopt;
}

bool InBlock(const Address& address, std::string_view block) {
  const auto slash = block.find('/');
  const auto base = ParseAddress(block.substr(0, slash));
  if (!base || base->size != address.size) return false;
  std::size_t bits = base->size * 8;
  if (slash != std::string_view::npos) {
    const std::string_view digits = block.substr(slash + 1);
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || stop != digits.data() + digits.size() || bits > base->size * 8) {
      return false;
    }
  }
  for (std::size_t i = 0; i < bits; ++i) {
    const auto bit = static_cast<std::uint8_t>(0x80 >> (i % 8));
    if ((address.bytes[i / 8] & bit) != (base->bytes[i / 8] & bit)) return false;
  }
  return true;
}

bool EqualNames(std::string_view a, std::string_view b) { return SameHeaderName(a, b); }

// One entry without its port.
bool Covers(std::string_view entry, std::string_view host) {
  if (entry == "*") return true;
  if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
  if (const auto address = ParseAddress(host)) return InBlock(*address, entry);
  if (ParseAddress(entry)) return false;
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.ends_with('.')) entry.remove_suffix(1);
  if (host.ends_with('.')) host.remove_suffix(1);
  if (entry.empty() || entry.size() > host.size()) return false;
  if (!EqualNames(host.substr(host.size() - entry.size()), entry)) return false;
  return entry.size() == host.size() || host[host.size() - entry.size() - 1] == '.';
}

// "host:443" and "[::1]:443" have a port, "::1" has none.
std::optional<int> TakePort(std::string_view& entry) {
  const auto colon = entry.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const bool bracketed = colon > 0 && entry[colon - 1] == ']';
  if (!bracketed && entry.find(':') != colon) return std::nullopt;
  int port = 0;
  const char* const end = entry.data() + entry.size();
  const auto [stop, error] = std::from_chars(entry.data() + colon + 1, end, port);
  if (error != std::errc() || stop != end) return std::nullopt;
  entry = entry.substr(0, colon);
  return port;
}

bool IsThisMachine(std::string_view host) {
  if (EqualNames(host, "localhost")) return true;
  const auto address = ParseAddress(host);
  return address && (InBlock(*address, "127.0.0.0/8") || InBlock(*address, "::1"));
}

struct Choice {
  std::string proxy, source;
};

// Programs that run as CGI must not take HTTP_PROXY from a client's Proxy header; this one does
// not, and users of the established plugins set it.
Choice FromEnvironment(const std::string& scheme, const base::Environment& environment) {
  std::string upper = scheme;
  for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
  for (const std::string& name :
       {scheme + "_proxy", upper + "_PROXY", std::string("all_proxy"), std::string("ALL_PROXY")}) {
    if (const auto value = environment(name); value && !value->empty()) return {*value, name};
  }
  return {};
}

}  // namespace

bool IsExempt(std::string_view list, std::string_view host, int port) {
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(", \t"), list.size());
    std::string_view entry = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto wanted = TakePort(entry);
    if ((!wanted || *wanted == port) && !entry.empty() && Covers(entry, host)) return true;
  }
  return false;
}

absl::StatusOr<std::string> ProxyFor(const Url& url, const Network* network,
                                     const base::Environment& environment) {
  if (url.scheme != "http" && url.scheme != "https") return std::string();
  Choice choice;
  if (network != nullptr) {
    choice.proxy = url.scheme == "http" ? network->http_proxy : network->https_proxy;
    choice.source = "the configured proxy";
  }
  if (choice.proxy.empty()) {
    if (IsThisMachine(url.host)) return std::string();
    choice = FromEnvironment(url.scheme, environment);
  }
  if (choice.proxy.empty()) return std::string();

  std::string exempt;
  if (network != nullptr && network->no_proxy) {
    exempt = *network->no_proxy;
  } else if (const auto lower = environment("no_proxy"); lower && !lower->empty()) {
    exempt = *lower;
  } else if (const auto upper_case = environment("NO_PROXY")) {
    exempt = *upper_case;
  }
  if (IsExempt(exempt, url.host, url.port)) return std::string();

  if (choice.proxy.find("://") == std::string::npos) choice.proxy.insert(0, "http://");
  const auto proxy = ParseUrl(choice.proxy);
  constexpr std::array<std::string_view, 6> kSchemes = {"http",    "https",  "socks4",
                                                        "socks4a", "socks5", "socks5h"};
  if (!proxy.ok() || std::ranges::find(kSchemes, proxy->scheme) == kSchemes.end()) {
    return base::InvalidArgument(choice.source +
                                 " is not a proxy's URL: expected http://host:port, "
                                 "https://host:port or socks5://host:port");
  }
  return choice.proxy;
}

}  // namespace palisade::http

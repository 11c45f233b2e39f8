#include "provider/http/url.h"

#include <algorithm>
#include <charconv>

#include "provider/base/status.h"

namespace palisade::http {
namespace {

int DefaultPort(std::string_view scheme) {
  if (scheme == "https") return 443;
  return scheme == "http" ? 80 : 0;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsScheme(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

bool IsHost(std::string_view host) {
  return !host.empty() && std::ranges::none_of(host, [](char c) {
    return c <= ' ' || c == 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string::npos;
  });
}

}  // namespace

std::string Url::Authority() const {
  const bool v6 = host.find(':') != std::string::npos;
  std::string text = v6 ? "[" + host + "]" : host;
  if (port != DefaultPort(scheme)) text += ":" + std::to_string(port);
  return text;
}

absl::StatusOr<Url> ParseUrl(std::string_view text) {
  Url url;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || !IsScheme(Lower(text.substr(0, colon)))) {
    return base::InvalidArgument("expected a URL like https://host/path, found no scheme");
  }
  url.scheme = Lower(text.substr(0, colon));
  text.remove_prefix(colon + 3);

  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  std::string_view authority = text.substr(0, end);
  text.remove_prefix(end);
  url.path = std::string(text.substr(0, text.find_first_of("?#")));
  if (url.path.empty()) url.path = "/";

  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  std::string_view port;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) {
      return base::InvalidArgument("expected ] after the IPv6 address of a " + url.scheme + " URL");
    }
    url.host = Lower(authority.substr(1, close - 1));
    port = authority.substr(close + 1);
  } else {
    const auto separator = std::min(authority.find(':'), authority.size());
    url.host = Lower(authority.substr(0, separator));
    port = authority.substr(separator);
  }
  if (!IsHost(url.host)) {
    return base::InvalidArgument("expected a host name in a " + url.scheme + " URL");
  }
  url.port = DefaultPort(url.scheme);
  if (!port.empty()) port.remove_prefix(1);
  if (!port.empty()) {
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || stop != port.data() + port.size() || url.port < 1 ||
        url.port > 65535) {
      return base::InvalidArgument("expected a port from 1 to 65535 after host " + url.host);
    }
  }
  return url;
}

}  // namespace palisade::http

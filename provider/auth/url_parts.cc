#include "provider/auth/url_parts.h"

#include <algorithm>

namespace palisade::auth {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsScheme(std::string_view text, std::string_view scheme) {
  return std::ranges::equal(text, scheme, {}, Lower);
}

}  // namespace

std::optional<UrlParts> ParseUrl(std::string_view url) {
  UrlParts parts;
  const bool control = std::ranges::any_of(
      url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  const std::size_t colon = url.find("://");
  const bool fragment = url.find('#') != std::string_view::npos;
  if (control || fragment || colon == std::string_view::npos) return std::nullopt;
  parts.scheme = url.substr(0, colon);
  if (!IsScheme(parts.scheme, "http") && !IsScheme(parts.scheme, "https")) return std::nullopt;
  std::string_view rest = url.substr(colon + 3);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, end);
  rest.remove_prefix(end);
  const std::size_t question = std::min(rest.find('?'), rest.size());
  parts.path = rest.substr(0, question);
  if (question < rest.size()) parts.query = rest.substr(question + 1);

  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  std::string_view after_host;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    parts.host = authority.substr(1, close - 1);
    after_host = authority.substr(close + 1);
  } else {
    const std::size_t host_end = std::min(authority.find(':'), authority.size());
    parts.host = authority.substr(0, host_end);
    after_host = authority.substr(host_end);
  }
  if (!after_host.empty()) {
    parts.port = after_host.substr(1);
    const bool digits =
        std::ranges::all_of(parts.port, [](char c) { return c >= '0' && c <= '9'; });
    if (after_host[0] != ':' || !digits) return std::nullopt;
  }
  if (parts.host.empty()) return std::nullopt;
  return parts;
}

std::string HostHeader(const UrlParts& url) {
  const bool is_address = url.host.find(':') != std::string_view::npos;
  std::string host;
  if (is_address) host += '[';
  std::ranges::transform(url.host, std::back_inserter(host), Lower);
  if (is_address) host += ']';
  const std::string_view usual = IsScheme(url.scheme, "https") ? "443" : "80";
  if (!url.port.empty() && url.port != usual) host.append(":").append(url.port);
  return host;
}

bool IsHostLabel(std::string_view text) {
  constexpr std::size_t kLongest = 63;
  const auto inner = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= kLongest && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(text, inner);
}

}  // namespace palisade::auth

#include "provider/tls/resources/settings.h"

#include <algorithm>
#include <string_view>

#include "provider/base/status.h"
#include "provider/http/url.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;
using value::View;

constexpr char kConfigKey[] = "tls";
constexpr int kSocksPort = 1080;

const PropertyMap* ProxyOf(const PropertyMap& config) {
  const PropertyMap* own = View(config).Object(kConfigKey);
  return own == nullptr ? nullptr : View(*own).Object(names::kProxy);
}

// What stands between "://" and the path.
std::string_view AuthorityOf(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = url.substr(begin + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

// "user:password@", or nothing.
std::string_view UserInfoOf(std::string_view url) {
  const std::string_view authority = AuthorityOf(url);
  return authority.substr(0, authority.rfind('@') + 1);
}

absl::Status NoProxy(const std::string& found) {
  return base::InvalidArgument(
      "expected http://host:port, https://host:port or socks5://host:port, found " + found);
}

// The text shows nothing of the URL beyond its scheme: it may hold a password.
absl::StatusOr<http::Url> ParseProxy(std::string_view text) {
  auto url = http::ParseUrl(text);
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return NoProxy("no scheme");
  if (!url.ok()) return NoProxy("no host after the scheme, or a port that is none");
  if (url->scheme != "http" && url->scheme != "https" && url->scheme != "socks5") {
    return NoProxy("the scheme \"" + url->scheme + "\"");
  }
  // A password with a slash in it ends the host, and what is left of it would be looked up.
  if (text.find('@', scheme + 3 + AuthorityOf(text).size()) != std::string_view::npos) {
    return NoProxy("an @ after the host; user and password belong into `username` and `password`");
  }
  if (url->port == 0) url->port = kSocksPort;
  return url;
}

void CheckProxyUrl(std::string_view text, const PropertyPath& path, resource::Findings& findings) {
  if (const auto url = ParseProxy(text); !url.ok()) {
    findings.Fail(path, "tls.proxy-url", base::Message(url.status()));
  } else if (!UserInfoOf(text).empty()) {
    findings.Warn(path, "tls.proxy-credentials",
                  "holds a user or a password, which is kept in clear; set them as `username` and "
                  "`password` instead");
  }
}

void CheckFromEnv(const PropertyMap& proxy, const PropertyPath& path,
                  resource::Findings& findings) {
  const View view(proxy);
  std::string others;
  for (const char* name : {names::kUrl, names::kUsername, names::kPassword}) {
    if (view.Has(name)) others += (others.empty() ? "" : ", ") + std::string(name);
  }
  if (!view.Has(names::kFromEnv) || others.empty()) return;
  findings.Fail(path, "exclusive",
                "fromEnv is set beside " + others +
                    "; remove fromEnv to use a proxy of your own, or all others to use the "
                    "environment's (true) or none (false)");
}

constexpr std::string_view kPlain = "-._~";
// What is already encoded and separated stays so.
constexpr std::string_view kPlainInUrl = "-._~%:";

std::string PercentEncoded(std::string_view text, std::string_view kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       kept.find(c) != std::string_view::npos;
    if (plain) {
      encoded += c;
    } else {
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

std::string CredentialsOf(const PropertyMap& proxy, std::string_view url) {
  const auto username = TextOf(proxy, names::kUsername);
  if (!username) {
    const std::string_view own = UserInfoOf(url);
    return own.empty() ? "" : PercentEncoded(own.substr(0, own.size() - 1), kPlainInUrl) + "@";
  }
  std::string credentials = PercentEncoded(*username, kPlain);
  if (const auto password = TextOf(proxy, names::kPassword)) {
    credentials += ":" + PercentEncoded(*password, kPlain);
  }
  return credentials + "@";
}

}  // namespace

void CheckSettings(const PropertyMap& config, resource::Findings& findings) {
  const PropertyMap* proxy = ProxyOf(config);
  if (proxy == nullptr) return;
  const PropertyPath path = PropertyPath(kConfigKey).Child(names::kProxy);
  if (const auto url = TextOf(*proxy, names::kUrl)) {
    CheckProxyUrl(*url, path.Child(names::kUrl), findings);
  }
  resource::Findings inside;
  resource::CheckNeeds(*proxy, names::kUsername, names::kUrl, inside);
  resource::CheckNeeds(*proxy, names::kPassword, names::kUsername, inside);
  for (const resource::Finding& one : inside.failures()) {
    findings.Fail(path.Child(one.path.top()), one.rule, one.reason);
  }
  CheckFromEnv(*proxy, path.Child(names::kFromEnv), findings);
}

absl::StatusOr<std::optional<std::string>> ReadProxy(const resource::Settings& settings) {
  const PropertyMap* proxy = ProxyOf(settings.values);
  if (proxy == nullptr) return std::nullopt;
  const auto text = TextOf(*proxy, names::kUrl);
  if (!text) {
    const bool from_environment = View(*proxy).Bool(names::kFromEnv).value_or(true);
    return from_environment ? std::nullopt : std::optional(std::string());
  }
  const auto url = ParseProxy(*text);
  if (!url.ok()) return base::Annotate(url.status(), "palisade:tls.proxy.url");
  // The proxy looks up the server's name, as users of the established package know it: libcurl
  // calls that socks5h. The port is always said, for libcurl's own idea of a proxy's port is 1080.
  const std::string scheme = url->scheme == "socks5" ? "socks5h" : url->scheme;
  const bool v6 = url->host.find(':') != std::string::npos;
  return scheme + "://" + CredentialsOf(*proxy, *text) + (v6 ? "[" + url->host + "]" : url->host) +
         ":" + std::to_string(url->port);
}

}  // namespace palisade::tls

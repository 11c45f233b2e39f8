#include <optional>

#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
/// What stands unencoded in each part after decoding and encoding it anew.
constexpr std::string_view kPath = "$&+,/:;=@";
constexpr std::string_view kFragment = "$&+,/:;=?@!()*";
constexpr std::string_view kUser = "$&+,;=";
constexpr std::string_view kHost = "!$&'()*+,;=:[]<>\"";
/// What may also stand in a path or fragment if the user already encoded everything else.
constexpr std::string_view kAlsoValid = "!$&'()*+,;=:@[]%";

absl::Status Bad(std::string_view uri, std::string_view why) {
  return base::InvalidArgument(Quoted(uri) + " is not a valid URI: " + std::string(why) + ".");
}

bool Contains(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = LowerAscii(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// nullopt if a '%' is not followed by two hexadecimal digits.
std::optional<std::string> Unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = HexDigit(text[i + 1]);
    const int low = HexDigit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return out;
}

std::string Escape(std::string_view text, std::string_view also_kept) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (Contains(kUnreserved, c) || Contains(also_kept, c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 0xf]};
  }
  return out;
}

/// A path or fragment: as it is if every character may stand there, else encoded anew.
std::optional<std::string> Normal(std::string_view text, std::string_view kept) {
  const std::optional<std::string> plain = Unescape(text);
  if (!plain.has_value()) return std::nullopt;
  for (const char c : text) {
    if (!Contains(kUnreserved, c) && !Contains(kept, c) && !Contains(kAlsoValid, c)) {
      return Escape(*plain, kept);
    }
  }
  return std::string(text);
}

/// Takes the scheme and its colon off the front; "" if there is none.
absl::StatusOr<std::string> TakeScheme(std::string_view& rest, std::string_view uri) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == ':') {
      if (i == 0) return Bad(uri, "the scheme before the first \":\" is missing");
      std::string scheme = LowerAscii(rest.substr(0, i));
      rest.remove_prefix(i + 1);
      return scheme;
    }
    const char lower = LowerAscii(c);
    const bool letter = lower >= 'a' && lower <= 'z';
    if (!letter && (i == 0 || !Contains("0123456789+-.", c))) break;
  }
  return std::string();
}

bool IsPort(std::string_view text) {
  return text.empty() ||
         (text.front() == ':' && text.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

absl::StatusOr<std::string> NormalHost(std::string_view host, std::string_view uri) {
  std::string_view name = host;
  std::string_view port;
  if (const std::size_t open = host.rfind('['); open != std::string_view::npos) {
    const std::size_t close = host.rfind(']');
    if (open != 0 || close == std::string_view::npos) {
      return Bad(uri, "an IPv6 address has to stand in [ ]");
    }
    const std::string_view literal = host.substr(1, close - 1);
    const std::string_view address = literal.substr(0, literal.find("%25"));
    if (!Contains(address, ':') || !CheckIpAddress(address).ok()) {
      return Bad(uri, "what stands in [ ] is not an IPv6 address");
    }
    name = host.substr(0, close + 1);
    port = host.substr(close + 1);
  } else if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos) {
    name = host.substr(0, colon);
    port = host.substr(colon);
  }
  if (!IsPort(port)) return Bad(uri, "the port is not a number");
  for (const char c : name) {
    if (!Contains(kUnreserved, c) && !Contains(kHost, c) && c != '%') {
      return Bad(uri, "the host has a character that may not stand there");
    }
  }
  const std::optional<std::string> plain = Unescape(name);
  if (!plain.has_value()) return Bad(uri, "a % has to be followed by two hexadecimal digits");
  // RFC 3986 3.2.2 lets a host encode what is not ASCII, RFC 6874 a zone its "%".
  for (std::size_t i = name.find('%'); i != std::string_view::npos; i = name.find('%', i + 3)) {
    if (HexDigit(name[i + 1]) < 8 && name.substr(i, 3) != "%25") {
      return Bad(uri, "a host may not percent-encode ASCII characters");
    }
  }
  return Escape(*plain, kHost).append(port);
}

/// `user[:password]@host[:port]`.
absl::StatusOr<std::string> NormalAuthority(std::string_view authority, std::string_view uri) {
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return NormalHost(authority, uri);
  const std::string_view user_info = authority.substr(0, at);
  for (const char c : user_info) {
    if (!Contains(kUnreserved, c) && !Contains("!$&'()*+,;=:%@", c)) {
      return Bad(uri, "the user before the @ has a character that has to be percent-encoded");
    }
  }
  const std::size_t colon = user_info.find(':');
  const std::optional<std::string> user = Unescape(user_info.substr(0, colon));
  const bool has_password = colon != std::string_view::npos;
  const std::optional<std::string> password =
      Unescape(has_password ? user_info.substr(colon + 1) : std::string_view());
  if (!user.has_value() || !password.has_value()) {
    return Bad(uri, "a % has to be followed by two hexadecimal digits");
  }
  PALISADE_ASSIGN_OR_RETURN(const std::string host, NormalHost(authority.substr(at + 1), uri));
  return Escape(*user, kUser) + (has_password ? ":" + Escape(*password, kUser) : "") + "@" + host;
}

/// What stands before `?` and `#`, after the scheme.
absl::StatusOr<std::string> NormalHierarchy(std::string_view scheme, std::string_view rest,
                                            std::string_view uri) {
  if (!rest.starts_with('/')) {
    if (!scheme.empty()) return std::string(rest);
    if (Contains(rest.substr(0, rest.find('/')), ':')) {
      return Bad(uri, "its first part has a \":\" but is no scheme");
    }
  }
  std::string out;
  if (rest.starts_with("//") && (!scheme.empty() || !rest.starts_with("///"))) {
    rest.remove_prefix(2);
    const std::string_view authority = rest.substr(0, rest.find('/'));
    rest.remove_prefix(authority.size());
    PALISADE_ASSIGN_OR_RETURN(const std::string normal, NormalAuthority(authority, uri));
    if (!normal.empty() || !rest.empty()) out = "//" + normal;
  }
  const std::optional<std::string> path = Normal(rest, kPath);
  if (!path.has_value()) return Bad(uri, "a % has to be followed by two hexadecimal digits");
  return out + *path;
}

}  // namespace

absl::StatusOr<std::string> NormalizeUri(std::string_view uri) {
  if (uri.empty()) return base::InvalidArgument("A URI may not be empty.");
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) {
      return base::InvalidArgument(Quoted(uri) +
                                   " has characters outside ASCII, which a certificate cannot "
                                   "hold. Percent-encode them, and write host names in their "
                                   "xn-- form.");
    }
    if (byte < 0x20 || byte == 0x7f) return Bad(uri, "it has a control character");
  }
  std::string_view rest = uri.substr(0, uri.find('#'));
  const std::string_view fragment = rest.size() == uri.size() ? "" : uri.substr(rest.size() + 1);
  PALISADE_ASSIGN_OR_RETURN(std::string out, TakeScheme(rest, uri));
  const std::size_t question = rest.find('?');
  PALISADE_ASSIGN_OR_RETURN(const std::string hierarchy,
                            NormalHierarchy(out, rest.substr(0, question), uri));
  if (!out.empty()) out += ':';
  out += hierarchy;
  if (question != std::string_view::npos) out += rest.substr(question);
  if (!fragment.empty()) {
    const std::optional<std::string> normal = Normal(fragment, kFragment);
    if (!normal.has_value()) return Bad(uri, "a % has to be followed by two hexadecimal digits");
    out.append("#").append(*normal);
  }
  return out;
}

absl::Status CheckUri(std::string_view uri) { return NormalizeUri(uri).status(); }

}  // namespace palisade::tls

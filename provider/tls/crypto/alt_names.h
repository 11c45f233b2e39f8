#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"

namespace palisade::tls {

/// Subject alternative names as a user writes them.
struct AltNames {
  std::vector<std::string> dns_names;
  std::vector<std::string> ip_addresses;
  std::vector<std::string> uris;
  /// Not an input of any type: only what a signing request brought along.
  std::vector<std::string> email_addresses;

  bool empty() const {
    return dns_names.empty() && ip_addresses.empty() && uris.empty() && email_addresses.empty();
  }
  bool operator==(const AltNames&) const = default;
};

/// Checks of single items, for previews; the message quotes the item and says what is expected.
absl::Status CheckDnsName(std::string_view name);
absl::Status CheckIpAddress(std::string_view address);
absl::Status CheckUri(std::string_view uri);

/// 4 or 16 network-order bytes; an IPv4-mapped IPv6 address gives 4. No zone, no leading zeros.
absl::StatusOr<std::string> ParseIpAddress(std::string_view address);
/// The text of 4 or 16 bytes, IPv6 in RFC 5952 form; "" for another length.
std::string IpAddressText(std::string_view bytes);

/// What goes into the certificate for a URI: scheme in lower case, host case kept, characters that
/// may not stand in a path percent-encoded, an empty fragment dropped. ASCII only.
absl::StatusOr<std::string> NormalizeUri(std::string_view uri);

/// The DER GeneralNames: all DNS names, then e-mail addresses, IP addresses, URIs, each in the
/// given order. The first item that cannot be encoded is INVALID_ARGUMENT naming property and
/// index; of a DNS name only ASCII is demanded.
absl::StatusOr<std::string> EncodeAltNames(const AltNames& names);

struct ParsedAltNames {
  AltNames names;
  /// Kinds that AltNames cannot say (`otherName`, `directoryName`, …), one entry each.
  std::vector<std::string> not_expressible;
};
absl::StatusOr<ParsedAltNames> ParseAltNames(std::string_view general_names_der);

}  // namespace palisade::tls

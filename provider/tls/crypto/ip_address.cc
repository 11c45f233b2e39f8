#include <arpa/inet.h>

#include <array>
#include <cstdio>

#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kMappedPrefix("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);

unsigned Group(std::string_view bytes, std::size_t index) {
  const unsigned char* at = Data(bytes) + 2 * index;
  return static_cast<unsigned>(at[0]) << 8 | at[1];
}

/// RFC 5952: the first longest run of two or more zero groups becomes "::".
std::string Ipv6Text(std::string_view bytes) {
  std::size_t best = 8;
  std::size_t best_size = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t size = 0;
    while (i + size < 8 && Group(bytes, i + size) == 0) ++size;
    if (size > best_size) {
      best = i;
      best_size = size;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      text += "::";
      i += best_size - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    char group[8];
    std::snprintf(group, sizeof(group), "%x", Group(bytes, i));
    text += group;
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> ParseIpAddress(std::string_view address) {
  // inet_pton takes neither zones nor leading zeros, but stops at a NUL.
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (text.find('\0') == std::string::npos && text.size() < 64) {
    if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return std::string(bytes.data(), 4);
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
      std::string parsed(bytes.data(), 16);
      if (parsed.starts_with(kMappedPrefix)) parsed.erase(0, kMappedPrefix.size());
      return parsed;
    }
  }
  std::string advice = " is not an IP address; expected the form 192.0.2.1 or 2001:db8::1.";
  if (text.find('/') != std::string::npos) {
    advice = " is not an IP address: leave out the prefix length, a certificate names addresses.";
  } else if (text.find('%') != std::string::npos) {
    advice = " is not an IP address: a certificate cannot hold a zone (the part after %).";
  }
  return base::InvalidArgument(Quoted(address) + advice);
}

std::string IpAddressText(std::string_view bytes) {
  if (bytes.size() == 4) {
    const unsigned char* at = Data(bytes);
    return std::to_string(at[0]) + "." + std::to_string(at[1]) + "." + std::to_string(at[2]) + "." +
           std::to_string(at[3]);
  }
  return bytes.size() == 16 ? Ipv6Text(bytes) : "";
}

absl::Status CheckIpAddress(std::string_view address) { return ParseIpAddress(address).status(); }

}  // namespace palisade::tls

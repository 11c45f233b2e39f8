#include "provider/tls/crypto/key_usage.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/name_reader.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

constexpr std::array<AllowedUse, 23> kUses = {{
    {"digital_signature", 0, ""},
    {"content_commitment", 1, ""},
    {"key_encipherment", 2, ""},
    {"data_encipherment", 3, ""},
    {"key_agreement", 4, ""},
    {"cert_signing", 5, ""},
    {"crl_signing", 6, ""},
    {"encipher_only", 7, ""},
    {"decipher_only", 8, ""},
    {"any_extended", -1, "2.5.29.37.0"},
    {"server_auth", -1, "1.3.6.1.5.5.7.3.1"},
    {"client_auth", -1, "1.3.6.1.5.5.7.3.2"},
    {"code_signing", -1, "1.3.6.1.5.5.7.3.3"},
    {"email_protection", -1, "1.3.6.1.5.5.7.3.4"},
    {"ipsec_end_system", -1, "1.3.6.1.5.5.7.3.5"},
    {"ipsec_tunnel", -1, "1.3.6.1.5.5.7.3.6"},
    {"ipsec_user", -1, "1.3.6.1.5.5.7.3.7"},
    {"timestamping", -1, "1.3.6.1.5.5.7.3.8"},
    {"ocsp_signing", -1, "1.3.6.1.5.5.7.3.9"},
    {"microsoft_server_gated_crypto", -1, "1.3.6.1.4.1.311.10.3.3"},
    {"netscape_server_gated_crypto", -1, "2.16.840.1.113730.4.1"},
    {"microsoft_commercial_code_signing", -1, "1.3.6.1.4.1.311.2.1.22"},
    {"microsoft_kernel_code_signing", -1, "1.3.6.1.4.1.311.61.1.1"},
}};

/// What RFC 5280 and other tools call them, without case and separators.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kOtherNames = {{
    {"nonrepudiation", "content_commitment"},
    {"keycertsign", "cert_signing"},
    {"certsign", "cert_signing"},
    {"crlsign", "crl_signing"},
    {"anyextendedkeyusage", "any_extended"},
}};

std::string Letters(std::string_view name) {
  std::string out;
  for (const char c : LowerAscii(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

}  // namespace

std::span<const AllowedUse> AllowedUses() { return kUses; }

const AllowedUse* FindAllowedUse(std::string_view name) {
  const auto* found = std::find_if(kUses.begin(), kUses.end(),
                                   [&](const AllowedUse& use) { return use.name == name; });
  return found == kUses.end() ? nullptr : found;
}

std::string_view NearestAllowedUse(std::string_view name) {
  if (name.size() > 64) return "";
  const std::string letters = Letters(name);
  for (const auto& [other, use] : kOtherNames) {
    if (letters == other) return use;
  }
  std::string_view nearest;
  std::size_t least = std::max<std::size_t>(2, letters.size() / 4) + 1;
  for (const AllowedUse& use : kUses) {
    const std::size_t distance = EditDistance(letters, Letters(use.name));
    if (distance < least) {
      least = distance;
      nearest = use.name;
    }
  }
  return nearest;
}

absl::Status CheckAllowedUse(std::string_view name) {
  if (FindAllowedUse(name) != nullptr) return absl::OkStatus();
  std::string text = Quoted(name) + " is not an allowed use";
  if (const std::string_view nearest = NearestAllowedUse(name); !nearest.empty()) {
    return base::InvalidArgument(text.append("; did you mean ").append(Quoted(nearest)) + "?");
  }
  text += "; expected one of ";
  for (const AllowedUse& use : kUses) {
    text.append(&use == kUses.begin() ? "" : ", ").append(use.name);
  }
  return base::InvalidArgument(text + ".");
}

absl::StatusOr<UsageExtensions> EncodeAllowedUses(std::span<const std::string> uses) {
  std::uint32_t bits = 0;
  std::string extended;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (const absl::Status known = CheckAllowedUse(uses[i]); !known.ok()) {
      return base::Annotate(known, "allowedUses[" + std::to_string(i) + "]");
    }
    const AllowedUse* use = FindAllowedUse(uses[i]);
    if (use->key_usage_bit >= 0) {
      bits |= 1U << use->key_usage_bit;
    } else {
      extended += der::ObjectId(use->extended_oid);
    }
  }
  UsageExtensions extensions;
  if (bits != 0) extensions.key_usage_der = der::NamedBits(bits);
  if (!extended.empty()) extensions.extended_key_usage_der = der::Sequence(extended);
  return extensions;
}

absl::StatusOr<ParsedUsages> ParseUsages(const UsageExtensions& extensions) {
  ParsedUsages parsed;
  if (!extensions.key_usage_der.empty()) {
    const unsigned char* at = Data(extensions.key_usage_der);
    const BitStringPtr bits(
        d2i_ASN1_BIT_STRING(nullptr, &at, static_cast<long>(extensions.key_usage_der.size())));
    if (bits == nullptr) {
      TakeOpensslErrors();
      return base::InvalidArgument("The key usage extension is damaged.");
    }
    for (const AllowedUse& use : kUses) {
      if (use.key_usage_bit >= 0 && ASN1_BIT_STRING_get_bit(bits.get(), use.key_usage_bit) == 1) {
        parsed.allowed_uses.emplace_back(use.name);
      }
    }
  }
  if (extensions.extended_key_usage_der.empty()) return parsed;
  const unsigned char* at = Data(extensions.extended_key_usage_der);
  const ExtendedKeyUsagePtr list(d2i_EXTENDED_KEY_USAGE(
      nullptr, &at, static_cast<long>(extensions.extended_key_usage_der.size())));
  if (list == nullptr) {
    TakeOpensslErrors();
    return base::InvalidArgument("The extended key usage extension is damaged.");
  }
  for (int i = 0; i < sk_ASN1_OBJECT_num(list.get()); ++i) {
    const std::string oid = DottedOid(sk_ASN1_OBJECT_value(list.get(), i));
    const auto* use = std::find_if(kUses.begin(), kUses.end(), [&](const AllowedUse& known) {
      return known.extended_oid == oid;
    });
    if (use == kUses.end()) {
      parsed.not_expressible.push_back(oid);
    } else {
      parsed.allowed_uses.emplace_back(use->name);
    }
  }
  return parsed;
}

}  // namespace palisade::tls

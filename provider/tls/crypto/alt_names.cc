#include "provider/tls/crypto/alt_names.h"

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

/// Tags of GeneralName (RFC 5280 4.2.1.6).
constexpr unsigned kEmailTag = 1;
constexpr unsigned kDnsTag = 2;
constexpr unsigned kUriTag = 6;
constexpr unsigned kIpTag = 7;

/// A DNS name or e-mail address: whatever an IA5String can hold. What is a name is CheckDnsName's
/// to say, in previews, where a user can overrule it.
absl::StatusOr<std::string> AsciiBytes(std::string_view text) {
  if (!IsAscii(text)) {
    return base::InvalidArgument(Quoted(text) +
                                 " has characters outside ASCII, which a certificate cannot hold.");
  }
  return std::string(text);
}

template <typename ToBytes>
absl::Status Append(std::string_view property, const std::vector<std::string>& items, unsigned tag,
                    ToBytes to_bytes, std::string& out) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    absl::StatusOr<std::string> bytes = to_bytes(items[i]);
    if (!bytes.ok()) {
      return base::Annotate(bytes.status(), std::string(property) + "[" + std::to_string(i) + "]");
    }
    out += der::Implicit(tag, *bytes);
  }
  return absl::OkStatus();
}

std::string_view KindOf(int type) {
  switch (type) {
    case GEN_OTHERNAME:
      return "otherName";
    case GEN_X400:
      return "x400Address";
    case GEN_DIRNAME:
      return "directoryName";
    case GEN_EDIPARTY:
      return "ediPartyName";
    case GEN_RID:
      return "registeredID";
    default:
      return "iPAddress of a strange length";
  }
}

}  // namespace

absl::Status CheckDnsName(std::string_view name) {
  if (name.empty()) return base::InvalidArgument("A DNS name may not be empty.");
  if (!IsAscii(name)) {
    return base::InvalidArgument(Quoted(name) +
                                 " has characters outside ASCII, which a certificate cannot hold. "
                                 "Write the name in its xn-- form.");
  }
  for (const char c : name) {
    if (c <= ' ' || c == 0x7f) {
      return base::InvalidArgument(Quoted(name) +
                                   " is not a DNS name: it has a blank or a control character.");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> EncodeAltNames(const AltNames& names) {
  std::string out;
  PALISADE_RETURN_IF_ERROR(Append("dnsNames", names.dns_names, kDnsTag, AsciiBytes, out));
  PALISADE_RETURN_IF_ERROR(
      Append("emailAddresses", names.email_addresses, kEmailTag, AsciiBytes, out));
  PALISADE_RETURN_IF_ERROR(Append("ipAddresses", names.ip_addresses, kIpTag, ParseIpAddress, out));
  PALISADE_RETURN_IF_ERROR(Append("uris", names.uris, kUriTag, NormalizeUri, out));
  return der::Sequence(out);
}

absl::StatusOr<ParsedAltNames> ParseAltNames(std::string_view general_names_der) {
  const unsigned char* at = Data(general_names_der);
  const GeneralNamesPtr list(
      d2i_GENERAL_NAMES(nullptr, &at, static_cast<long>(general_names_der.size())));
  if (list == nullptr || at != Data(general_names_der) + general_names_der.size()) {
    TakeOpensslErrors();
    return base::InvalidArgument("The subject alternative names are damaged.");
  }
  ParsedAltNames parsed;
  for (int i = 0; i < sk_GENERAL_NAME_num(list.get()); ++i) {
    int type = 0;
    const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(list.get(), i), &type);
    std::string text;
    if (type == GEN_DNS || type == GEN_EMAIL || type == GEN_URI || type == GEN_IPADD) {
      const auto* string = static_cast<const ASN1_STRING*>(value);
      text.assign(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                  static_cast<std::size_t>(ASN1_STRING_length(string)));
      if (type != GEN_IPADD && !IsAscii(text)) {
        return base::InvalidArgument("A subject alternative name has characters outside ASCII.");
      }
    }
    if (type == GEN_DNS) {
      parsed.names.dns_names.push_back(std::move(text));
    } else if (type == GEN_EMAIL) {
      parsed.names.email_addresses.push_back(std::move(text));
    } else if (type == GEN_URI) {
      parsed.names.uris.push_back(std::move(text));
    } else if (std::string address = IpAddressText(text); !address.empty()) {
      parsed.names.ip_addresses.push_back(std::move(address));
    } else {
      parsed.not_expressible.emplace_back(KindOf(type));
    }
  }
  return parsed;
}

}  // namespace palisade::tls

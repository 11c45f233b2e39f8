#include "provider/tls/crypto/name_reader.h"

#include <openssl/asn1.h>

#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {

std::string DottedOid(const ASN1_OBJECT* oid) {
  const int size = OBJ_obj2txt(nullptr, 0, oid, 1);
  if (size <= 0) return "";
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  OBJ_obj2txt(text.data(), size + 1, oid, 1);
  text.pop_back();
  return text;
}

absl::StatusOr<std::vector<NameAttribute>> ReadName(std::string_view name_der) {
  const unsigned char* at = Data(name_der);
  const NamePtr name(d2i_X509_NAME(nullptr, &at, static_cast<long>(name_der.size())));
  if (name == nullptr || at != Data(name_der) + name_der.size()) {
    TakeOpensslErrors();
    return base::InvalidArgument("The distinguished name is damaged.");
  }
  std::vector<NameAttribute> attributes;
  for (int i = 0; i < X509_NAME_entry_count(name.get()); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name.get(), i);
    const ASN1_STRING* value = X509_NAME_ENTRY_get_data(entry);
    NameAttribute attribute;
    attribute.oid = DottedOid(X509_NAME_ENTRY_get_object(entry));
    unsigned char* text = nullptr;
    if (const int size = ASN1_STRING_to_UTF8(&text, value); size >= 0) {
      attribute.is_text = true;
      attribute.text.assign(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
      OPENSSL_free(text);
    }
    TakeOpensslErrors();
    unsigned char* der = nullptr;
    // The element's own tag and bytes, whatever string type it is.
    ASN1_TYPE any{};
    any.type = ASN1_STRING_type(value);
    any.value.asn1_string = const_cast<ASN1_STRING*>(value);
    if (const int size = i2d_ASN1_TYPE(&any, &der); size > 0) {
      attribute.value_der.assign(reinterpret_cast<const char*>(der),
                                 static_cast<std::size_t>(size));
      OPENSSL_free(der);
    }
    attributes.push_back(std::move(attribute));
  }
  return attributes;
}

}  // namespace palisade::tls

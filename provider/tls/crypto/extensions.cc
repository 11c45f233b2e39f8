#include "provider/tls/crypto/extensions.h"

#include "provider/tls/crypto/der.h"

namespace palisade::tls {
namespace {

std::string Extension(std::string_view oid, bool critical, std::string_view value) {
  // `critical` is FALSE by default, so DER leaves it out.
  return der::Sequence(der::ObjectId(oid) + (critical ? der::Element(0x01, "\xff") : "") +
                       der::Element(der::kOctetString, value));
}

std::string BasicConstraints(const ExtensionContent& content) {
  if (!content.is_ca) return der::Sequence("");
  std::string value = der::Element(0x01, "\xff");
  if (content.max_path_length.value_or(-1) >= 0) {
    value += der::SmallInteger(static_cast<std::uint32_t>(*content.max_path_length));
  }
  return der::Sequence(value);
}

}  // namespace

std::string EncodeExtensions(const ExtensionContent& content) {
  std::string list;
  if (!content.usages.key_usage_der.empty()) {
    list += Extension("2.5.29.15", true, content.usages.key_usage_der);
  }
  if (!content.usages.extended_key_usage_der.empty()) {
    list += Extension("2.5.29.37", false, content.usages.extended_key_usage_der);
  }
  list += Extension("2.5.29.19", true, BasicConstraints(content));
  if (!content.subject_key_id.empty()) {
    list += Extension("2.5.29.14", false, der::Element(der::kOctetString, content.subject_key_id));
  }
  if (!content.authority_key_id.empty()) {
    list +=
        Extension("2.5.29.35", false, der::Sequence(der::Implicit(0, content.authority_key_id)));
  }
  if (!content.alt_names_der.empty()) {
    list += Extension("2.5.29.17", content.subject_is_empty, content.alt_names_der);
  }
  return der::Explicit(3, der::Sequence(list));
}

}  // namespace palisade::tls

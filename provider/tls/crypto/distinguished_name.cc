#include <algorithm>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/name_reader.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/subject_attributes.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

/// RFC 2253 section 2.4.
std::string Escape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool special = std::string_view(",+\"\\<>;").find(c) != std::string_view::npos;
    const bool outer_blank = c == ' ' && (i == 0 || i + 1 == text.size());
    if (special || outer_blank || (c == '#' && i == 0)) out += '\\';
    out += c;
  }
  return out;
}

/// `1.2.3=#hex`. Texts are shown as the string type that a writer would choose today, not as the
/// one that stands in the certificate: that is how users of the established package know them.
std::string Unnamed(const NameAttribute& attribute) {
  std::string der = attribute.value_der;
  if (attribute.is_text) {
    der = der::Element(IsPrintableString(attribute.text) ? der::kPrintableString : der::kUtf8String,
                       attribute.text);
  }
  return attribute.oid + "=#" + ToHex(der);
}

}  // namespace

absl::StatusOr<std::string> DistinguishedNameText(std::string_view name_der) {
  PALISADE_ASSIGN_OR_RETURN(const std::vector<NameAttribute> attributes, ReadName(name_der));
  std::vector<std::string> parts;
  const auto known = SubjectAttributes();
  const auto is_named = [&](const NameAttribute& read) {
    return std::any_of(known.begin(), known.end(), [&](const SubjectAttribute& attribute) {
      return !attribute.text_name.empty() && attribute.oid == read.oid;
    });
  };
  for (const NameAttribute& read : attributes) {
    if (!is_named(read)) parts.push_back(Unnamed(read));
  }
  for (const SubjectAttribute& attribute : known) {
    if (attribute.text_name.empty()) continue;
    std::string part;
    for (const NameAttribute& read : attributes) {
      if (read.oid != attribute.oid || !read.is_text) continue;
      if (read.text.empty() && attribute.omit_if_empty) continue;
      // Of several common names or serial numbers the last counts; other attributes list all.
      if (attribute.omit_if_empty) part.clear();
      if (!part.empty()) part += '+';
      part.append(attribute.text_name).append("=").append(Escape(read.text));
    }
    if (!part.empty()) parts.push_back(std::move(part));
  }
  std::string text;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (!text.empty()) text += ',';
    text += *part;
  }
  return text;
}

}  // namespace palisade::tls

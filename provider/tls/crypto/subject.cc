#include "provider/tls/crypto/subject.h"

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/subject_attributes.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

/// One AttributeTypeAndValue; the string type follows from the attribute and the text.
std::string Attribute(const SubjectAttribute& attribute, std::string_view text) {
  const std::uint8_t type = attribute.oid == kEmailOid ? der::kIa5String
                            : IsPrintableString(text)  ? der::kPrintableString
                                                       : der::kUtf8String;
  return der::Sequence(der::ObjectId(attribute.oid) + der::Element(type, text));
}

}  // namespace

absl::Status CheckSubjectText(std::string_view property, std::string_view text) {
  if (!IsUtf8(text)) {
    return base::InvalidArgument(std::string(property) + " is not valid UTF-8.");
  }
  if (property == "emailAddress" && !IsAscii(text)) {
    return base::InvalidArgument(
        "emailAddress " + Quoted(text) +
        " has characters outside ASCII, which the attribute cannot hold (IA5String).");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> EncodeSubject(const Subject& subject) {
  std::string rdns;
  for (const SubjectAttribute& attribute : SubjectAttributes()) {
    std::vector<std::string> elements;
    if (attribute.member == nullptr) {
      for (const std::string& street : subject.street_addresses) {
        PALISADE_RETURN_IF_ERROR(CheckSubjectText(attribute.property, street));
        elements.push_back(Attribute(attribute, street));
      }
    } else if (const std::optional<std::string>& text = subject.*attribute.member) {
      if (text->empty() && attribute.omit_if_empty) continue;
      PALISADE_RETURN_IF_ERROR(CheckSubjectText(attribute.property, *text));
      elements.push_back(Attribute(attribute, *text));
    }
    if (!elements.empty()) rdns += der::SetOf(std::move(elements));
  }
  return der::Sequence(rdns);
}

bool IsEmptyName(std::string_view name_der) { return name_der == std::string_view("\x30\0", 2); }

}  // namespace palisade::tls

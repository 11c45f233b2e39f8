#include "provider/tls/crypto/name_reader.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/subject_attributes.h"

namespace palisade::tls {
namespace {

const SubjectAttribute* Find(std::string_view oid) {
  for (const SubjectAttribute& attribute : SubjectAttributes()) {
    if (attribute.oid == oid) return &attribute;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<ParsedSubject> ParseSubject(std::string_view name_der) {
  PALISADE_ASSIGN_OR_RETURN(const std::vector<NameAttribute> attributes, ReadName(name_der));
  ParsedSubject parsed;
  for (const NameAttribute& read : attributes) {
    const SubjectAttribute* known = Find(read.oid);
    if (known == nullptr || !read.is_text) {
      parsed.not_expressible.push_back("The subject has the attribute " + read.oid +
                                       ", which `subject` cannot express.");
    } else if (known->member == nullptr) {
      parsed.subject.street_addresses.push_back(read.text);
    } else if (std::optional<std::string>& member = parsed.subject.*(known->member);
               member.has_value()) {
      parsed.not_expressible.push_back("The subject has more than one " +
                                       std::string(known->property) +
                                       "; only the first is taken over.");
    } else {
      member = read.text;
    }
  }
  const auto again = EncodeSubject(parsed.subject);
  parsed.exact = again.ok() && *again == name_der;
  return parsed;
}

}  // namespace palisade::tls

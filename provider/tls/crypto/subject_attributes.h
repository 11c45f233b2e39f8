#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "provider/tls/crypto/subject.h"

namespace palisade::tls {

inline constexpr std::string_view kEmailOid = "1.2.840.113549.1.9.1";

/// One member of Subject: how it is called by users, in a DN's text and in ASN.1.
struct SubjectAttribute {
  std::string_view oid;
  std::string_view property;
  /// The short name in a DN's text, "" if it has none there.
  std::string_view text_name;
  /// nullptr for the list of streets.
  std::optional<std::string> Subject::* member;
  bool omit_if_empty;
};

/// All members in the order in which they stand in a Name.
std::span<const SubjectAttribute> SubjectAttributes();

}  // namespace palisade::tls

#pragma once

#include <openssl/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"

namespace palisade::tls {

/// One attribute of a Name that was read.
struct NameAttribute {
  std::string oid;
  /// UTF-8, if `is_text`.
  std::string text;
  bool is_text = false;
  /// The DER of the value.
  std::string value_der;
};

/// All attributes of a DER Name in their order, those of multi-valued RDNs one after the other.
/// INVALID_ARGUMENT if the bytes are no Name.
absl::StatusOr<std::vector<NameAttribute>> ReadName(std::string_view name_der);

/// The dotted text of an OID.
std::string DottedOid(const ASN1_OBJECT* oid);

}  // namespace palisade::tls

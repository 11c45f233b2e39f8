#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"

namespace palisade::tls {

/// The input `subject`. An unset member is left out. An empty common name or serial number is left
/// out as well; the other members are written even when empty, as the established package does.
struct Subject {
  std::optional<std::string> common_name;
  std::optional<std::string> country;
  std::optional<std::string> province;
  std::optional<std::string> locality;
  std::optional<std::string> organization;
  std::optional<std::string> organizational_unit;
  std::optional<std::string> postal_code;
  std::vector<std::string> street_addresses;
  std::optional<std::string> serial_number;
  std::optional<std::string> email_address;

  bool operator==(const Subject&) const = default;
};

/// The DER Name in the order C, ST, L, STREET, postalCode, O, OU, CN, serialNumber, e-mail; one
/// attribute per RDN except that all streets share one sorted SET. PrintableString where the text
/// allows it, else UTF8String; the e-mail is an IA5String. INVALID_ARGUMENT, naming the property,
/// for text that is not UTF-8 or an e-mail outside ASCII. Nothing set gives `30 00`.
absl::StatusOr<std::string> EncodeSubject(const Subject& subject);

/// The checks of EncodeSubject for one member; `property` is its name, e.g. `emailAddress`.
absl::Status CheckSubjectText(std::string_view property, std::string_view text);

/// Whether a DER Name has no attribute at all.
bool IsEmptyName(std::string_view name_der);

/// A Name read back for an import.
struct ParsedSubject {
  Subject subject;
  /// Sentences about what `subject` cannot say: unknown attributes, a second organization, …
  std::vector<std::string> not_expressible;
  /// Whether EncodeSubject(subject) gives the same bytes. False also for another order or other
  /// string types, which lose nothing that a user would see.
  bool exact = false;
};
absl::StatusOr<ParsedSubject> ParseSubject(std::string_view name_der);

/// A Name as getCertificate prints it: attributes from the last to the first, comma-joined without
/// blanks (`CN=Root CA,O=Test Org,L=Here`), `+` between values that share an attribute,
/// RFC 2253 escapes, and attributes without a short name as `1.2.3=#<hex DER>` at the end.
absl::StatusOr<std::string> DistinguishedNameText(std::string_view name_der);

}  // namespace palisade::tls

#include "provider/tls/crypto/subject_attributes.h"

namespace palisade::tls {

std::span<const SubjectAttribute> SubjectAttributes() {
  static constexpr SubjectAttribute kAttributes[] = {
      {"2.5.4.6", "country", "C", &Subject::country, false},
      {"2.5.4.8", "province", "ST", &Subject::province, false},
      {"2.5.4.7", "locality", "L", &Subject::locality, false},
      {"2.5.4.9", "streetAddresses", "STREET", nullptr, false},
      {"2.5.4.17", "postalCode", "POSTALCODE", &Subject::postal_code, false},
      {"2.5.4.10", "organization", "O", &Subject::organization, false},
      {"2.5.4.11", "organizationalUnit", "OU", &Subject::organizational_unit, false},
      {"2.5.4.3", "commonName", "CN", &Subject::common_name, true},
      {"2.5.4.5", "serialNumber", "SERIALNUMBER", &Subject::serial_number, true},
      {kEmailOid, "emailAddress", "", &Subject::email_address, false},
  };
  return kAttributes;
}

}  // namespace palisade::tls

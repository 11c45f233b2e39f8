#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "provider/base/status.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/crypto/time_text.h"

namespace palisade::tls {

/// What a preview can say before anything is made. Each answers OK or one whole sentence without
/// the property's name in front, and never quotes a secret. Single items of lists: CheckDnsName,
/// CheckIpAddress, CheckUri (alt_names.h), CheckAllowedUse (key_usage.h), CheckSubjectText
/// (subject.h), CheckKeyRequest (key_generation.h).
absl::Status CheckPrivateKeyPem(std::string_view pem);
/// Also verifies the request's own signature.
absl::Status CheckRequestPem(std::string_view pem);
absl::Status CheckCertificatePem(std::string_view pem);

/// Whether `key` is the private half of the certificate's key, for `caPrivateKeyPem`.
absl::Status CheckKeyMatches(const PrivateKey& key, const Certificate& certificate);
absl::Status CheckKeyMatches(const PrivateKey& key, const CertificateRequest& request);
/// Whether the certificate says that it is a CA and, if it limits its usages, that it may sign
/// certificates.
absl::Status CheckIsCa(const Certificate& certificate);
/// Whether `ca`'s own path length leaves room for one more CA below it.
absl::Status CheckPathLength(const Certificate& ca, bool child_is_ca);
/// Whether `not_after` lies within the CA's validity; the sentence names both times. A warning,
/// not an error: such a certificate is legal and merely stops being accepted early.
absl::Status CheckOutlives(const Certificate& ca, Seconds not_after);

/// Hours that keep the end within the year 9999.
absl::Status CheckValidityHours(Seconds not_before, std::int64_t hours);
/// >= -1, and not more than 0 unless `is_ca`.
absl::Status CheckMaxPathLength(std::int64_t max_path_length, bool is_ca);
/// A CA needs a subject. `subject_is_empty` as EncodeSubject says.
absl::Status CheckCaSubject(bool is_ca, bool subject_is_empty);
/// setAuthorityKeyId on a self-signed certificate needs its own subject key identifier.
absl::Status CheckAuthorityKeyId(bool set_authority_key_id, bool set_subject_key_id, bool is_ca);

}  // namespace palisade::tls

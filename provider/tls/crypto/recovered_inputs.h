#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/subject.h"

namespace palisade::tls {

/// Everything about the inputs of a certificate that the certificate itself can tell, for imports.
struct RecoveredCertificate {
  ParsedSubject subject;
  AltNames alt_names;
  /// Key usages by bit, then extended usages in the certificate's order.
  std::vector<std::string> allowed_uses;
  bool is_ca = false;
  std::optional<int> max_path_length;
  bool has_subject_key_id = false;
  bool has_authority_key_id = false;
  /// Whether the issuer's bytes are the subject's.
  bool self_issued = false;
  /// Whole hours, rounded up: a certificate of openssl's `-days 1` lasts 24 h, one whose notAfter
  /// is inclusive lasts 23:59:59.
  std::int64_t validity_hours = 0;
  bool validity_is_whole_hours = false;
  std::string serial_decimal;
  Seconds not_before;
  Seconds not_after;
  /// `RSA`, `ECDSA` or `ED25519`; "" for another kind.
  std::string key_algorithm;
  /// Sentences about what no input can express: unknown usages, other kinds of names, further
  /// extensions, a validity that is no whole number of hours. Does not repeat the subject's.
  std::vector<std::string> not_expressible;
};
absl::StatusOr<RecoveredCertificate> RecoverInputs(const Certificate& certificate);

/// The same for a signing request.
struct RecoveredRequest {
  ParsedSubject subject;
  AltNames alt_names;
  std::string key_algorithm;
  /// Sentences about other kinds of names, other extensions that it asks for, other attributes.
  std::vector<std::string> not_expressible;
};
absl::StatusOr<RecoveredRequest> RecoverInputs(const CertificateRequest& request);

}  // namespace palisade::tls

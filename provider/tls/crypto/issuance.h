#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/crypto/serial_number.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/time_text.h"

namespace palisade::tls {

/// What self-signed and locally signed certificates share. Time and serial come from the caller.
struct CertificateOptions {
  SerialNumber serial;
  Seconds not_before;
  std::int64_t validity_hours = 0;
  std::vector<std::string> allowed_uses;
  bool is_ca = false;
  /// Unset and -1: no constraint. 0 is written for a CA and means nothing on a leaf; more than 0
  /// on a leaf is an error.
  std::optional<std::int64_t> max_path_length;
  /// A CA has a subject key identifier in any case.
  bool set_subject_key_id = false;
};

struct SelfSignedRequest {
  CertificateOptions options;
  Subject subject;
  AltNames alt_names;
  /// Needs set_subject_key_id or is_ca.
  bool set_authority_key_id = false;
};

/// Version 3, signed by its own key. Extensions in this order: keyUsage (critical), extKeyUsage,
/// basicConstraints (critical, always), subjectKeyIdentifier, authorityKeyIdentifier,
/// subjectAltName (critical when the subject is empty).
absl::StatusOr<Certificate> MakeSelfSigned(const SelfSignedRequest& request, const PrivateKey& key);

/// A certificate for the subject, alternative names and key of `csr`, whose signature is verified
/// first. The subject's bytes are kept as they are, so e-mail and unknown attributes survive; so do
/// e-mail alternative names. The issuer is the CA's subject, byte for byte. An authority key
/// identifier is added when the CA has a subject key identifier and is not the subject itself.
/// INVALID_ARGUMENT if the CA's key is not the CA's. A CA that is none is signed with all the
/// same (see CheckIsCa).
absl::StatusOr<Certificate> SignRequest(const CertificateOptions& options,
                                        const CertificateRequest& csr, const Certificate& ca,
                                        const PrivateKey& ca_key);

}  // namespace palisade::tls

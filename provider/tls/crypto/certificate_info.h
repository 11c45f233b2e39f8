#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/certificate.h"

namespace palisade::tls {

/// One element of getCertificate's `certificates`; members are named as its properties.
struct CertificateInfo {
  std::string cert_pem;
  bool is_ca = false;
  std::string issuer;
  std::string subject;
  /// -1 if there is no constraint.
  int max_path_length = -1;
  /// RFC 3339, UTC seconds.
  std::string not_before;
  std::string not_after;
  /// `RSA`, `ECDSA`, `Ed25519`; OpenSSL's name for others.
  std::string public_key_algorithm;
  /// `SHA256-RSA`, `ECDSA-SHA384`, `Ed25519`, …; OpenSSL's name for rare ones.
  std::string signature_algorithm;
  std::string serial_number;
  /// SHA-1 of the whole DER, although the established package documents it as the public key's.
  std::string sha1_fingerprint;
  int version = 3;
};
absl::StatusOr<CertificateInfo> DescribeCertificate(const Certificate& certificate);

struct CertificateList {
  /// Hash over all certificates: the function's `id`.
  std::string id;
  /// Root first, leaf last.
  std::vector<CertificateInfo> certificates;
};
/// getCertificate's answer for `content`: one or more PEM blocks, leaf first as servers send them
/// or already root first. The first block has to be a CERTIFICATE; later blocks of other types are
/// skipped.
absl::StatusOr<CertificateList> DescribeCertificates(std::string_view content);

}  // namespace palisade::tls

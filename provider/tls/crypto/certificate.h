#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "provider/base/status.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/public_key.h"
#include "provider/tls/crypto/serial_number.h"
#include "provider/tls/crypto/time_text.h"

namespace palisade::tls {

/// A parsed X.509 certificate. Immutable, cheap to copy, safe to share.
class Certificate {
 public:
  /// The first PEM block, which has to be one `CERTIFICATE`; further blocks are ignored, more than
  /// one certificate inside the block is an error.
  static absl::StatusOr<Certificate> Parse(std::string_view pem);
  static absl::StatusOr<Certificate> FromDer(std::string_view der);

  const std::string& der() const { return der_; }
  std::string Pem() const;
  /// The DER TBSCertificate, i.e. what was signed.
  std::string TbsDer() const;
  X509* x509() const { return certificate_.get(); }

  /// Decimal; the resource id of our certificates. Foreign ones may be zero or negative.
  std::string SerialDecimal() const;
  Seconds not_before() const { return not_before_; }
  Seconds not_after() const { return not_after_; }
  const std::string& subject_der() const { return subject_der_; }
  const std::string& issuer_der() const { return issuer_der_; }
  /// INVALID_ARGUMENT for kinds of key that this library does not work with.
  absl::StatusOr<PublicKey> GetPublicKey() const;
  /// The value of basicConstraints' cA; false without the extension.
  bool IsCa() const { return is_ca_; }
  /// The path length constraint, if there is one.
  std::optional<int> MaxPathLength() const { return max_path_length_; }
  /// The raw bytes of the subject key identifier, if there is one.
  std::optional<std::string> SubjectKeyId() const { return subject_key_id_; }
  /// The raw keyid of the authority key identifier, if there is one.
  std::optional<std::string> AuthorityKeyId() const { return authority_key_id_; }
  /// The DER value of an extension by OpenSSL NID, or "" if absent.
  std::string ExtensionValue(int nid) const;

  bool operator==(const Certificate& other) const { return der_ == other.der_; }

 private:
  Certificate() = default;

  std::shared_ptr<X509> certificate_;
  std::string der_;
  std::string subject_der_;
  std::string issuer_der_;
  Seconds not_before_;
  Seconds not_after_;
  bool is_ca_ = false;
  std::optional<int> max_path_length_;
  std::optional<std::string> subject_key_id_;
  std::optional<std::string> authority_key_id_;
};

}  // namespace palisade::tls

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "provider/base/status.h"
#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {

enum class KeyAlgorithm { kRsa, kEcdsa, kEd25519 };
enum class EcCurve { kP224, kP256, kP384, kP521 };

/// `RSA`, `ECDSA`, `ED25519`: the values of the property `algorithm`, exact case.
std::string_view Name(KeyAlgorithm algorithm);
std::optional<KeyAlgorithm> KeyAlgorithmNamed(std::string_view name);
/// `P224`, `P256`, `P384`, `P521`: the values of `ecdsaCurve`.
std::string_view Name(EcCurve curve);
std::optional<EcCurve> EcCurveNamed(std::string_view name);

/// An RSA, NIST-curve or Ed25519 public key. Immutable, cheap to copy, safe to share.
class PublicKey {
 public:
  /// From a DER SubjectPublicKeyInfo, whose bytes are kept as they are. Other kinds of key are
  /// refused by name.
  static absl::StatusOr<PublicKey> FromSpki(std::string_view spki_der);
  /// The public half of a key that OpenSSL already holds.
  static absl::StatusOr<PublicKey> FromPkey(EVP_PKEY* key);

  KeyAlgorithm algorithm() const { return algorithm_; }
  /// Set for ECDSA only.
  std::optional<EcCurve> curve() const { return curve_; }
  /// The length of the modulus; 0 unless RSA.
  int rsa_bits() const { return rsa_bits_; }
  const std::string& spki_der() const { return spki_; }
  EVP_PKEY* pkey() const { return key_.get(); }

  /// `PUBLIC KEY` PEM.
  std::string Pem() const;
  /// The `ssh-…` line of an authorized_keys file with "\n" and no comment; "" for P224, which SSH
  /// does not know. The same holds for the fingerprints.
  std::string OpensshLine() const;
  /// `aa:bb:…`, 16 bytes: MD5 of the SSH wire form.
  std::string FingerprintMd5() const;
  /// `SHA256:` and unpadded base64, as ssh-keygen prints it.
  std::string FingerprintSha256() const;
  /// The SSH wire form itself (RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4); "" for P224.
  std::string SshWire() const;
  /// Lower-case hex SHA-1 of the SubjectPublicKeyInfo: the resource id of a key.
  std::string Id() const;
  /// RFC 5280 4.2.1.2 method 1: the 20 raw bytes of SHA-1 over the BIT STRING's content. For
  /// Ed25519 that is the bare 32-byte key; the established package hashes an OCTET STRING there.
  std::string SubjectKeyId() const;

  /// Whether both are the same key, however they were written.
  bool operator==(const PublicKey& other) const;

 private:
  PublicKey() = default;
  std::string UncompressedPoint() const;
  std::string RawKey() const;

  std::shared_ptr<EVP_PKEY> key_;
  std::string spki_;
  KeyAlgorithm algorithm_ = KeyAlgorithm::kRsa;
  std::optional<EcCurve> curve_;
  int rsa_bits_ = 0;
};

}  // namespace palisade::tls

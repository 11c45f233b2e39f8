#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "provider/base/random.h"
#include "provider/base/redacted.h"
#include "provider/base/status.h"
#include "provider/tls/crypto/key_builder.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/public_key.h"

namespace palisade::tls {

struct PemBlock;

/// An RSA, NIST-curve or Ed25519 private key. Immutable, cheap to copy, safe to share; OpenSSL
/// wipes the key when the last copy goes. Nothing of it ever appears in an error text.
class PrivateKey {
 public:
  /// From PEM: the first block, which has to be `RSA PRIVATE KEY`, `EC PRIVATE KEY` or unencrypted
  /// `PRIVATE KEY`. INVALID_ARGUMENT with a sentence that says what the text is instead
  /// (encrypted, OpenSSH, a certificate, cut off, another algorithm) and what to do.
  static absl::StatusOr<PrivateKey> Parse(std::string_view pem);

  /// Whether Parse takes the text, with the same sentence if not. Cheaper, because it makes no key.
  static absl::Status Check(std::string_view pem);

  /// From an unencrypted `OPENSSH PRIVATE KEY` block; only getPublicKey and imports take this form.
  static absl::StatusOr<PrivateKey> ParseOpenssh(std::string_view pem);

  /// Takes a key that OpenSSL made or read; checks its kind and that its two halves belong
  /// together.
  static absl::StatusOr<PrivateKey> FromPkey(PkeyPtr key);

  const PublicKey& public_key() const { return public_; }
  KeyAlgorithm algorithm() const { return public_.algorithm(); }
  EVP_PKEY* pkey() const { return key_.get(); }

  /// The output `privateKeyPem`: PKCS#1 for RSA, SEC1 with curve and public point for ECDSA,
  /// PKCS#8 for Ed25519.
  absl::StatusOr<base::Redacted> Pem() const;
  /// The output `privateKeyPemPkcs8`.
  absl::StatusOr<base::Redacted> Pkcs8Pem() const;
  /// The output `privateKeyOpenssh`; "" for P224. The two equal check words of the format come
  /// from `random`.
  absl::StatusOr<base::Redacted> OpensshPem(base::Random& random) const;

  /// Signs with the algorithm that belongs to the key: RSA, P224 and P256 with SHA-256, P384 with
  /// SHA-384, P521 with SHA-512, Ed25519 pure.
  absl::StatusOr<std::string> Sign(std::string_view message) const;
  /// The DER AlgorithmIdentifier of what Sign does.
  std::string SignatureAlgorithmDer() const;

 private:
  static absl::StatusOr<PrivateKey> FromBlock(const PemBlock& block);
  static absl::StatusOr<PrivateKey> FromBuilt(BuiltKey built);
  PrivateKey(std::shared_ptr<EVP_PKEY> key, PublicKey public_key)
      : key_(std::move(key)), public_(std::move(public_key)) {}

  std::shared_ptr<EVP_PKEY> key_;
  PublicKey public_;
};

}  // namespace palisade::tls

#include "provider/tls/crypto/private_key.h"

#include <optional>
#include <utility>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/key_decoder.h"
#include "provider/tls/crypto/key_parts.h"
#include "provider/tls/crypto/openssh.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/secure_bytes.h"

namespace palisade::tls {
namespace {

/// RSA-16384 in PKCS#8 takes 9.3 KB.
constexpr std::size_t kMaxKeyDer = 64U << 10;

/// Why a block of this label is not taken; OK if it may be.
absl::Status CheckLabel(const PemBlock& block) {
  const std::string& label = block.label;
  if (label == "ENCRYPTED PRIVATE KEY" || block.has_headers) {
    return base::InvalidArgument(
        "The private key is encrypted, and there is no way to give its passphrase. Decrypt it "
        "first (openssl pkey -in key.pem) and keep the result as a secret.");
  }
  if (label == "RSA PRIVATE KEY" || label == "EC PRIVATE KEY" || label == "PRIVATE KEY") {
    return absl::OkStatus();
  }
  if (label == "OPENSSH PRIVATE KEY") {
    return base::InvalidArgument(
        "The private key is in OpenSSH's own format. Convert it to PKCS#8 first (ssh-keygen -p -m "
        "PKCS8 -f key rewrites the file).");
  }
  if (label == "EC PARAMETERS") {
    return base::InvalidArgument(
        "The text begins with an EC PARAMETERS block. Remove it, so that EC PRIVATE KEY comes "
        "first (openssl ecparam -noout does not write it).");
  }
  return base::InvalidArgument("The PEM block is \"" + label +
                               "\"; expected \"RSA PRIVATE KEY\", \"EC PRIVATE KEY\" or \"PRIVATE "
                               "KEY\".");
}

absl::Status NotReadable(const PemBlock& block) {
  return base::InvalidArgument("The PEM block \"" + block.label +
                               "\" does not hold a private key of that form, or the key is "
                               "damaged or of a kind that is not supported.");
}

/// The block of a private key, if it may be one.
absl::StatusOr<PemBlock> KeyBlock(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(PemBlock block, FirstPemBlock(pem));
  PALISADE_RETURN_IF_ERROR(CheckLabel(block));
  if (block.der.Reveal().size() > kMaxKeyDer) return NotReadable(block);
  return block;
}

/// Wraps a buffer that OpenSSL wrote a key into; wipes and frees it.
absl::StatusOr<base::Redacted> TakePem(std::string_view label, unsigned char* der, int size) {
  if (size <= 0) return OpensslFailure("The private key could not be encoded.");
  base::Redacted pem =
      ToSecretPem(label, {reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return pem;
}

/// "" also if there is none.
SecureBytes ToBytes(const BIGNUM* number) {
  SecureBytes bytes(number == nullptr ? 0 : static_cast<std::size_t>(BN_num_bytes(number)));
  if (!bytes.empty()) BN_bn2bin(number, bytes.data());
  return bytes;
}

const EVP_MD* SignatureDigest(const PublicKey& key) {
  if (key.algorithm() == KeyAlgorithm::kEd25519) return nullptr;
  switch (key.curve().value_or(EcCurve::kP256)) {
    case EcCurve::kP384:
      return EVP_sha384();
    case EcCurve::kP521:
      return EVP_sha512();
    default:
      return EVP_sha256();
  }
}

}  // namespace

absl::StatusOr<PrivateKey> PrivateKey::Parse(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const PemBlock block, KeyBlock(pem));
  return FromBlock(block);
}

absl::Status PrivateKey::Check(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const PemBlock block, KeyBlock(pem));
  const auto numbers = ReadSecretNumbers(block.label, block.der.Reveal());
  if (numbers && AreSound(*numbers)) return absl::OkStatus();
  return FromBlock(block).status();
}

absl::StatusOr<PrivateKey> PrivateKey::FromBlock(const PemBlock& block) {
  const std::string& der = block.der.Reveal();
  if (const auto numbers = ReadSecretNumbers(block.label, der)) {
    if (auto built = BuildKey(*numbers)) return FromBuilt(*std::move(built));
  }
  PkeyPtr key = DecodeSecretKey(block.label, der);
  if (key == nullptr) return NotReadable(block);
  return FromPkey(std::move(key));
}

absl::StatusOr<PrivateKey> PrivateKey::ParseOpenssh(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(PkeyPtr key, ReadOpensshKey(pem));
  return FromPkey(std::move(key));
}

absl::StatusOr<PrivateKey> PrivateKey::FromPkey(PkeyPtr key) {
  PALISADE_ASSIGN_OR_RETURN(PublicKey public_key, PublicKey::FromPkey(key.get()));
  if (public_key.algorithm() == KeyAlgorithm::kRsa && !RsaKeyIsConsistent(key.get())) {
    return base::InvalidArgument(
        "The RSA key is damaged: its modulus, exponents and two primes do not belong together.");
  }
  if (public_key.algorithm() == KeyAlgorithm::kEcdsa) {
    const BignumPtr scalar = KeyNumber(key.get(), OSSL_PKEY_PARAM_PRIV_KEY);
    const SecureBytes bytes = ToBytes(scalar.get());
    std::optional<BuiltKey> built = BuildKey(EcSecret{*public_key.curve(), View(bytes), ""});
    if (!built) {
      return base::InvalidArgument(
          "The ECDSA key is damaged: its private number lies outside of its curve's range.");
    }
    return FromBuilt(*std::move(built));
  }
  return PrivateKey(std::shared_ptr<EVP_PKEY>(std::move(key)), std::move(public_key));
}

absl::StatusOr<PrivateKey> PrivateKey::FromBuilt(BuiltKey built) {
  PALISADE_ASSIGN_OR_RETURN(PublicKey public_key, PublicKey::FromSpki(built.spki_der));
  return PrivateKey(std::shared_ptr<EVP_PKEY>(std::move(built.key)), std::move(public_key));
}

absl::StatusOr<base::Redacted> PrivateKey::Pem() const {
  if (algorithm() == KeyAlgorithm::kEd25519) return Pkcs8Pem();
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(key_.get(), &der);
  return TakePem(algorithm() == KeyAlgorithm::kRsa ? "RSA PRIVATE KEY" : "EC PRIVATE KEY", der,
                 size);
}

absl::StatusOr<base::Redacted> PrivateKey::Pkcs8Pem() const {
  const Pkcs8Ptr info(EVP_PKEY2PKCS8(key_.get()));
  if (info == nullptr) return OpensslFailure("The private key could not be encoded.");
  unsigned char* der = nullptr;
  const int size = i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der);
  return TakePem("PRIVATE KEY", der, size);
}

absl::StatusOr<base::Redacted> PrivateKey::OpensshPem(base::Random& random) const {
  return WriteOpensshKey(*this, random);
}

absl::StatusOr<std::string> PrivateKey::Sign(std::string_view message) const {
  const MdCtxPtr context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, SignatureDigest(public_), nullptr, key_.get()) !=
          1 ||
      EVP_DigestSign(context.get(), nullptr, &size, Data(message), message.size()) != 1) {
    return OpensslFailure("Signing failed.");
  }
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Data(message), message.size()) != 1) {
    return OpensslFailure("Signing failed.");
  }
  signature.resize(size);
  return signature;
}

std::string PrivateKey::SignatureAlgorithmDer() const {
  switch (algorithm()) {
    case KeyAlgorithm::kRsa:
      return der::Sequence(der::ObjectId("1.2.840.113549.1.1.11") + der::Element(der::kNull, ""));
    case KeyAlgorithm::kEd25519:
      return der::Sequence(der::ObjectId("1.3.101.112"));
    case KeyAlgorithm::kEcdsa:
      break;
  }
  switch (public_.curve().value_or(EcCurve::kP256)) {
    case EcCurve::kP384:
      return der::Sequence(der::ObjectId("1.2.840.10045.4.3.3"));
    case EcCurve::kP521:
      return der::Sequence(der::ObjectId("1.2.840.10045.4.3.4"));
    default:
      return der::Sequence(der::ObjectId("1.2.840.10045.4.3.2"));
  }
}

}  // namespace palisade::tls

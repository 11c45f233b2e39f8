#include "provider/tls/crypto/public_key.h"

#include <array>
#include <utility>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/der_reader.h"
#include "provider/tls/crypto/digest.h"
#include "provider/tls/crypto/key_builder.h"
#include "provider/tls/crypto/key_decoder.h"
#include "provider/tls/crypto/key_reader.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/ssh_wire.h"

namespace palisade::tls {
namespace {

struct CurveName {
  EcCurve curve;
  std::string_view name;
  int nid;
};
constexpr std::array<CurveName, 4> kCurves = {{
    {EcCurve::kP224, "P224", NID_secp224r1},
    {EcCurve::kP256, "P256", NID_X9_62_prime256v1},
    {EcCurve::kP384, "P384", NID_secp384r1},
    {EcCurve::kP521, "P521", NID_secp521r1},
}};

absl::StatusOr<EcCurve> CurveOf(EVP_PKEY* key) {
  std::array<char, 80> name{};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) == 1) {
    const int nid = OBJ_txt2nid(name.data());
    for (const CurveName& known : kCurves) {
      if (known.nid == nid) return known.curve;
    }
  }
  TakeOpensslErrors();
  return base::InvalidArgument("The key is on the elliptic curve " +
                               std::string(size > 0 ? name.data() : "with explicit parameters") +
                               "; only P224, P256, P384 and P521 are supported.");
}

}  // namespace

std::string_view Name(KeyAlgorithm algorithm) {
  switch (algorithm) {
    case KeyAlgorithm::kRsa:
      return "RSA";
    case KeyAlgorithm::kEcdsa:
      return "ECDSA";
    case KeyAlgorithm::kEd25519:
      return "ED25519";
  }
  return "";
}

std::optional<KeyAlgorithm> KeyAlgorithmNamed(std::string_view name) {
  for (const auto algorithm : {KeyAlgorithm::kRsa, KeyAlgorithm::kEcdsa, KeyAlgorithm::kEd25519}) {
    if (Name(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

std::string_view Name(EcCurve curve) {
  for (const CurveName& known : kCurves) {
    if (known.curve == curve) return known.name;
  }
  return "";
}

std::optional<EcCurve> EcCurveNamed(std::string_view name) {
  for (const CurveName& known : kCurves) {
    if (known.name == name) return known.curve;
  }
  return std::nullopt;
}

absl::StatusOr<PublicKey> PublicKey::FromSpki(std::string_view spki_der) {
  const std::optional<PublicNumbers> numbers = ReadSpki(spki_der);
  PkeyPtr key = numbers ? BuildPublicKey(*numbers) : nullptr;
  if (key == nullptr) key = DecodeSpki(spki_der);
  if (key == nullptr) {
    return base::InvalidArgument(
        "The public key is damaged or of a kind that is not supported; RSA, ECDSA (P224, P256, "
        "P384, P521) and ED25519 keys are.");
  }
  PublicKey result;
  result.spki_ = std::string(spki_der);
  switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA:
      result.algorithm_ = KeyAlgorithm::kRsa;
      result.rsa_bits_ = EVP_PKEY_get_bits(key.get());
      break;
    case EVP_PKEY_EC: {
      result.algorithm_ = KeyAlgorithm::kEcdsa;
      PALISADE_ASSIGN_OR_RETURN(result.curve_, CurveOf(key.get()));
      break;
    }
    case EVP_PKEY_ED25519:
      result.algorithm_ = KeyAlgorithm::kEd25519;
      break;
    default: {
      const char* name = EVP_PKEY_get0_type_name(key.get());
      return base::InvalidArgument("The key is of the kind " +
                                   std::string(name == nullptr ? "unknown" : name) +
                                   "; only RSA, ECDSA and ED25519 keys are supported.");
    }
  }
  result.key_ = std::shared_ptr<EVP_PKEY>(std::move(key));
  return result;
}

absl::StatusOr<PublicKey> PublicKey::FromPkey(EVP_PKEY* key) {
  const std::string spki = ToDer<const EVP_PKEY*>(i2d_PUBKEY, key);
  if (spki.empty()) return OpensslFailure("The public key could not be encoded.");
  return FromSpki(spki);
}

std::string PublicKey::Pem() const { return ToPem("PUBLIC KEY", spki_); }

// Not OSSL_PKEY_PARAM_PUB_KEY: that keeps the form of the point that the key was read in.
std::string PublicKey::UncompressedPoint() const {
  const int size = (EVP_PKEY_get_bits(key_.get()) + 7) / 8;
  std::string point(1, '\x04');
  for (const char* name : {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y}) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key_.get(), name, &number) != 1) return "";
    const BignumPtr owned(number);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), size);
    point += bytes;
  }
  return point;
}

std::string PublicKey::RawKey() const {
  std::array<unsigned char, 64> bytes{};
  std::size_t size = bytes.size();
  if (EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size) != 1) return "";
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

std::string PublicKey::SshWire() const {
  const std::string type = SshKeyType(algorithm_, curve_);
  if (type.empty()) return "";
  SshWriter out;
  out.String(type);
  if (algorithm_ == KeyAlgorithm::kRsa) {
    for (const char* name : {OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_N}) {
      BIGNUM* number = nullptr;
      if (EVP_PKEY_get_bn_param(key_.get(), name, &number) != 1) return "";
      const BignumPtr owned(number);
      out.Mpint(owned.get());
    }
    return std::string(View(out.bytes()));
  }
  const std::string point = algorithm_ == KeyAlgorithm::kEcdsa ? UncompressedPoint() : RawKey();
  if (point.empty()) return "";
  if (curve_.has_value()) out.String(SshCurveName(*curve_));
  out.String(point);
  return std::string(View(out.bytes()));
}

std::string PublicKey::OpensshLine() const {
  const std::string wire = SshWire();
  if (wire.empty()) return "";
  return SshKeyType(algorithm_, curve_) + " " + ToBase64(wire) + "\n";
}

std::string PublicKey::FingerprintMd5() const {
  const std::string wire = SshWire();
  if (wire.empty()) return "";
  const std::string hex = ToHex(Digest(EVP_md5(), wire));
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    if (i > 0) text += ':';
    text += hex.substr(i, 2);
  }
  return text;
}

std::string PublicKey::FingerprintSha256() const {
  const std::string wire = SshWire();
  if (wire.empty()) return "";
  std::string base64 = ToBase64(Digest(EVP_sha256(), wire));
  while (base64.ends_with('=')) base64.pop_back();
  return "SHA256:" + base64;
}

std::string PublicKey::Id() const { return ToHex(Digest(EVP_sha1(), spki_)); }

std::string PublicKey::SubjectKeyId() const {
  const std::optional<std::string_view> content = der::Only(der::kSequence, spki_);
  if (!content) return "";
  der::Reader reader(*content);
  const auto algorithm = reader.Take(der::kSequence);
  const auto bits = reader.Take(der::kBitString);
  if (!algorithm || !bits || bits->empty()) return "";
  return Digest(EVP_sha1(), bits->substr(1));  // without the count of unused bits
}

bool PublicKey::operator==(const PublicKey& other) const {
  return EVP_PKEY_eq(key_.get(), other.key_.get()) == 1;
}

}  // namespace palisade::tls

#include "provider/tls/crypto/key_builder.h"

#include <array>
#include <utility>

#include "provider/tls/crypto/key_parts.h"

namespace palisade::tls {
namespace {

BignumPtr ToNumber(std::string_view big_endian) {
  BignumPtr number(BN_secure_new());
  BN_bin2bn(Data(big_endian), static_cast<int>(big_endian.size()), number.get());
  return number;
}

bool IsOnCurve(const EC_GROUP* group, std::string_view point) {
  const EcPointPtr read(EC_POINT_new(group));
  if (EC_POINT_oct2point(group, read.get(), Data(point), point.size(), nullptr) == 1) return true;
  TakeOpensslErrors();
  return false;
}

struct Soundness {
  bool operator()(const RsaSecret& key) const {
    return RsaNumbersFit(ToNumber(key.n).get(), ToNumber(key.e).get(), ToNumber(key.d).get(),
                         ToNumber(key.p).get(), ToNumber(key.q).get());
  }
  bool operator()(const EcSecret& key) const {
    const EC_GROUP* group = EcGroup(key.curve);
    return group != nullptr && IsScalar(group, ToNumber(key.scalar).get()) &&
           (key.point.empty() || IsOnCurve(group, key.point));
  }
  bool operator()(const Ed25519Secret&) const { return true; }
};

struct Builder {
  std::optional<BuiltKey> operator()(const RsaSecret& key) const {
    if (!Soundness()(key)) return std::nullopt;
    KeyParts parts;
    const std::array<std::pair<const char*, std::string_view>, 8> numbers = {{
        {OSSL_PKEY_PARAM_RSA_N, key.n},
        {OSSL_PKEY_PARAM_RSA_E, key.e},
        {OSSL_PKEY_PARAM_RSA_D, key.d},
        {OSSL_PKEY_PARAM_RSA_FACTOR1, key.p},
        {OSSL_PKEY_PARAM_RSA_FACTOR2, key.q},
        {OSSL_PKEY_PARAM_RSA_EXPONENT1, key.dp},
        {OSSL_PKEY_PARAM_RSA_EXPONENT2, key.dq},
        {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, key.qinv},
    }};
    for (const auto& [name, number] : numbers) parts.Add(name, ToNumber(number).get());
    return Built(parts.Build("RSA"), RsaPublic{key.n, key.e});
  }
  std::optional<BuiltKey> operator()(const EcSecret& key) const {
    const EC_GROUP* group = EcGroup(key.curve);
    const BignumPtr scalar = ToNumber(key.scalar);
    if (group == nullptr) return std::nullopt;
    const std::string point = EcPointOf(group, scalar.get());
    if (point.empty()) return std::nullopt;
    if (!key.point.empty() && key.point != point && !IsOnCurve(group, key.point)) {
      return std::nullopt;
    }
    return Built(EcKey(key.curve, scalar.get(), point), EcPublic{key.curve, point});
  }
  std::optional<BuiltKey> operator()(const Ed25519Secret& secret) const {
    PkeyPtr key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Data(secret.seed),
                                             secret.seed.size()));
    std::array<char, 32> bytes{};
    std::size_t size = bytes.size();
    if (key == nullptr ||
        EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                    &size) != 1) {
      TakeOpensslErrors();
      return std::nullopt;
    }
    return Built(std::move(key), Ed25519Public{{bytes.data(), size}});
  }

 private:
  static std::optional<BuiltKey> Built(PkeyPtr key, const PublicNumbers& half) {
    if (key == nullptr) return std::nullopt;
    return BuiltKey{std::move(key), WriteSpki(half)};
  }
};

struct PublicBuilder {
  PkeyPtr operator()(const RsaPublic& key) const {
    KeyParts parts;
    parts.Add(OSSL_PKEY_PARAM_RSA_N, ToNumber(key.n).get());
    parts.Add(OSSL_PKEY_PARAM_RSA_E, ToNumber(key.e).get());
    return parts.BuildPublic("RSA");
  }
  PkeyPtr operator()(const EcPublic& key) const {
    KeyParts parts;
    parts.AddText(OSSL_PKEY_PARAM_GROUP_NAME, GroupName(key.curve));
    parts.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, key.point);
    return parts.BuildPublic("EC");
  }
  PkeyPtr operator()(const Ed25519Public& key) const {
    return PkeyPtr(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Data(key.bytes), key.bytes.size()));
  }
};

}  // namespace

bool AreSound(const SecretNumbers& numbers) { return std::visit(Soundness(), numbers); }

std::optional<BuiltKey> BuildKey(const SecretNumbers& numbers) {
  return std::visit(Builder(), numbers);
}

PkeyPtr BuildPublicKey(const PublicNumbers& numbers) {
  return std::visit(PublicBuilder(), numbers);
}

}  // namespace palisade::tls

#include "provider/tls/crypto/key_parts.h"

#include <array>

namespace palisade::tls {
namespace {

EcGroupPtr NewGroup(EcCurve curve) {
  EcGroupPtr group(EC_GROUP_new_by_curve_name(OBJ_sn2nid(GroupName(curve))));
  if (group == nullptr) TakeOpensslErrors();
  return group;
}

}  // namespace

const char* GroupName(EcCurve curve) {
  switch (curve) {
    case EcCurve::kP224:
      return SN_secp224r1;
    case EcCurve::kP256:
      return SN_X9_62_prime256v1;
    case EcCurve::kP384:
      return SN_secp384r1;
    case EcCurve::kP521:
      return SN_secp521r1;
  }
  return "";
}

void KeyParts::Add(const char* name, const BIGNUM* number) {
  const auto size = static_cast<std::size_t>(BN_num_bytes(number));
  SecureBytes& bytes = storage_.emplace_back(size == 0 ? 1 : size);
  BN_bn2nativepad(number, bytes.data(), static_cast<int>(bytes.size()));
  params_.push_back(OSSL_PARAM_construct_BN(name, bytes.data(), bytes.size()));
}

void KeyParts::AddBytes(const char* name, std::string_view bytes) {
  SecureBytes& copy = storage_.emplace_back(Data(bytes), Data(bytes) + bytes.size());
  params_.push_back(OSSL_PARAM_construct_octet_string(name, copy.data(), copy.size()));
}

void KeyParts::AddText(const char* name, std::string_view text) {
  SecureBytes& copy = storage_.emplace_back(Data(text), Data(text) + text.size());
  copy.push_back('\0');
  params_.push_back(
      OSSL_PARAM_construct_utf8_string(name, reinterpret_cast<char*>(copy.data()), text.size()));
}

PkeyPtr KeyParts::Build(const char* type, int selection) {
  params_.push_back(OSSL_PARAM_construct_end());
  const PkeyCtxPtr context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, selection, params_.data()) != 1) {
    TakeOpensslErrors();
    return nullptr;
  }
  return PkeyPtr(key);
}

BignumPtr KeyNumber(EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) {
    TakeOpensslErrors();
    return nullptr;
  }
  return BignumPtr(number);
}

const EC_GROUP* EcGroup(EcCurve curve) {
  static const std::array<EcGroupPtr, 4> groups = {
      NewGroup(EcCurve::kP224), NewGroup(EcCurve::kP256), NewGroup(EcCurve::kP384),
      NewGroup(EcCurve::kP521)};
  return groups[static_cast<std::size_t>(curve)].get();
}

bool IsScalar(const EC_GROUP* group, const BIGNUM* scalar) {
  return !BN_is_zero(scalar) && !BN_is_negative(scalar) &&
         BN_cmp(scalar, EC_GROUP_get0_order(group)) < 0;
}

std::string EcPointOf(const EC_GROUP* group, const BIGNUM* scalar) {
  if (!IsScalar(group, scalar)) return "";
  const BnCtxPtr context(BN_CTX_secure_new());
  const EcPointPtr point(EC_POINT_new(group));
  if (EC_POINT_mul(group, point.get(), scalar, nullptr, nullptr, context.get()) != 1) {
    TakeOpensslErrors();
    return "";
  }
  std::array<char, 160> encoded{};
  const std::size_t size = EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED,
                                              reinterpret_cast<unsigned char*>(encoded.data()),
                                              encoded.size(), context.get());
  return {encoded.data(), size};
}

PkeyPtr EcKey(EcCurve curve, const BIGNUM* scalar, std::string_view point) {
  KeyParts parts;
  parts.AddText(OSSL_PKEY_PARAM_GROUP_NAME, GroupName(curve));
  parts.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, point);
  parts.Add(OSSL_PKEY_PARAM_PRIV_KEY, scalar);
  return parts.Build("EC");
}

PkeyPtr EcKeyFromScalar(EcCurve curve, const BIGNUM* scalar) {
  const EC_GROUP* group = EcGroup(curve);
  if (group == nullptr || scalar == nullptr) return nullptr;
  const std::string point = EcPointOf(group, scalar);
  return point.empty() ? nullptr : EcKey(curve, scalar, point);
}

PkeyPtr RsaKeyFromPrimes(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d, const BIGNUM* p,
                         const BIGNUM* q) {
  const BnCtxPtr context(BN_CTX_secure_new());
  const BignumPtr p1(BN_secure_new());
  const BignumPtr q1(BN_secure_new());
  const BignumPtr dp(BN_secure_new());
  const BignumPtr dq(BN_secure_new());
  const BignumPtr qinv(BN_secure_new());
  if (BN_is_one(p) || BN_is_one(q) || BN_sub(p1.get(), p, BN_value_one()) != 1 ||
      BN_sub(q1.get(), q, BN_value_one()) != 1 ||
      BN_mod(dp.get(), d, p1.get(), context.get()) != 1 ||
      BN_mod(dq.get(), d, q1.get(), context.get()) != 1 ||
      BN_mod_inverse(qinv.get(), q, p, context.get()) == nullptr) {
    TakeOpensslErrors();
    return nullptr;
  }
  KeyParts parts;
  parts.Add(OSSL_PKEY_PARAM_RSA_N, n);
  parts.Add(OSSL_PKEY_PARAM_RSA_E, e);
  parts.Add(OSSL_PKEY_PARAM_RSA_D, d);
  parts.Add(OSSL_PKEY_PARAM_RSA_FACTOR1, p);
  parts.Add(OSSL_PKEY_PARAM_RSA_FACTOR2, q);
  parts.Add(OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get());
  parts.Add(OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get());
  parts.Add(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qinv.get());
  return parts.Build("RSA");
}

bool RsaNumbersFit(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d, const BIGNUM* p,
                   const BIGNUM* q) {
  const BnCtxPtr context(BN_CTX_secure_new());
  const BignumPtr product(BN_secure_new());
  if (BN_mul(product.get(), p, q, context.get()) != 1 || BN_cmp(product.get(), n) != 0) {
    return false;
  }
  // e * d = 1 modulo p - 1 and modulo q - 1.
  if (BN_mul(product.get(), e, d, context.get()) != 1) return false;
  for (const BIGNUM* prime : {p, q}) {
    const BignumPtr less_one(BN_secure_new());
    const BignumPtr rest(BN_secure_new());
    if (BN_sub(less_one.get(), prime, BN_value_one()) != 1 || BN_is_zero(less_one.get()) ||
        BN_mod(rest.get(), product.get(), less_one.get(), context.get()) != 1 ||
        !BN_is_one(rest.get())) {
      return false;
    }
  }
  return true;
}

bool RsaKeyIsConsistent(EVP_PKEY* key) {
  const BignumPtr n = KeyNumber(key, OSSL_PKEY_PARAM_RSA_N);
  const BignumPtr e = KeyNumber(key, OSSL_PKEY_PARAM_RSA_E);
  const BignumPtr d = KeyNumber(key, OSSL_PKEY_PARAM_RSA_D);
  const BignumPtr p = KeyNumber(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
  const BignumPtr q = KeyNumber(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
  if (n == nullptr || e == nullptr || d == nullptr || p == nullptr || q == nullptr) return false;
  return RsaNumbersFit(n.get(), e.get(), d.get(), p.get(), q.get());
}

}  // namespace palisade::tls

#pragma once

#include <openssl/params.h>

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/public_key.h"
#include "provider/tls/crypto/secure_bytes.h"

namespace palisade::tls {

/// Builds an EVP_PKEY from numbers. The parameters' bytes are ours, so that they are wiped:
/// OSSL_PARAM_BLD wipes only what comes from a secure heap, which this process does not set up.
class KeyParts {
 public:
  void Add(const char* name, const BIGNUM* number);
  void AddBytes(const char* name, std::string_view bytes);
  void AddText(const char* name, std::string_view text);
  /// A key with both halves. `type` is OpenSSL's name (`RSA`, `EC`). nullptr if the parts make no
  /// key.
  PkeyPtr Build(const char* type) { return Build(type, EVP_PKEY_KEYPAIR); }
  PkeyPtr BuildPublic(const char* type) { return Build(type, EVP_PKEY_PUBLIC_KEY); }

 private:
  PkeyPtr Build(const char* type, int selection);

  std::deque<SecureBytes> storage_;
  std::vector<OSSL_PARAM> params_;
};

/// OpenSSL's name of a curve.
const char* GroupName(EcCurve curve);

/// A secret number of a key; nullptr if it has none of that name.
BignumPtr KeyNumber(EVP_PKEY* key, const char* name);

/// A curve's constants. Made once per process, as that takes longer than all the arithmetic of a
/// check; nullptr only if OpenSSL lacks the curve.
const EC_GROUP* EcGroup(EcCurve curve);

/// 1 <= scalar < order.
bool IsScalar(const EC_GROUP* group, const BIGNUM* scalar);

/// The uncompressed point of a private scalar; "" unless IsScalar.
std::string EcPointOf(const EC_GROUP* group, const BIGNUM* scalar);

/// The key of a private scalar and its point.
PkeyPtr EcKey(EcCurve curve, const BIGNUM* scalar, std::string_view point);

/// The key of a private scalar, with its public point computed from it, so that whatever stood
/// beside the scalar does not matter and the point is always written. nullptr unless
/// IsScalar.
PkeyPtr EcKeyFromScalar(EcCurve curve, const BIGNUM* scalar);

/// The key of an RSA modulus, exponents and primes; the CRT values are computed. nullptr if they
/// are no numbers of a key.
PkeyPtr RsaKeyFromPrimes(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d, const BIGNUM* p,
                         const BIGNUM* q);

/// Whether modulus, exponents and primes of an RSA key belong together. Arithmetic only: no test
/// whether the primes are prime, which takes seconds for long keys.
bool RsaNumbersFit(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d, const BIGNUM* p,
                   const BIGNUM* q);
/// The same for a key that OpenSSL holds; false also if it has no primes.
bool RsaKeyIsConsistent(EVP_PKEY* key);

}  // namespace palisade::tls

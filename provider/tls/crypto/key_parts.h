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
  /// `type` is OpenSSL's name (`RSA`, `EC`). nullptr if the parts make no key.
  PkeyPtr Build(const char* type);

 private:
  std::deque<SecureBytes> storage_;
  std::vector<OSSL_PARAM> params_;
};

/// OpenSSL's name of a curve.
const char* GroupName(EcCurve curve);

/// A secret number of a key; nullptr if it has none of that name.
BignumPtr KeyNumber(EVP_PKEY* key, const char* name);

/// The key of a private scalar, with its public point computed from it, so that whatever stood
/// beside the scalar does not matter and the point is always written. nullptr unless
/// 1 <= scalar < order.
PkeyPtr EcKeyFromScalar(EcCurve curve, const BIGNUM* scalar);

/// The key of an RSA modulus, exponents and primes; the CRT values are computed. nullptr if they
/// are no numbers of a key.
PkeyPtr RsaKeyFromPrimes(const BIGNUM* n, const BIGNUM* e, const BIGNUM* d, const BIGNUM* p,
                         const BIGNUM* q);

/// Whether modulus, exponents and primes of an RSA key belong together. Arithmetic only: no test
/// whether the primes are prime, which takes seconds for long keys.
bool RsaKeyIsConsistent(EVP_PKEY* key);

}  // namespace palisade::tls

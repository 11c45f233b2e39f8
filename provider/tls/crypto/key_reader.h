#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "provider/tls/crypto/public_key.h"

namespace palisade::tls {

// The numbers of keys, read straight from their DER. OpenSSL's own decoders look for a fitting one
// among all that are loaded, which takes 0.13 ms a time and made up most of a Check.
//
// Only the usual form of each kind is read, and nullopt says nothing but that it is not there: what
// is unusual but right (BER, explicit curve parameters) and what is wrong are told apart by
// OpenSSL, in key_decoder.h. Whatever is read here, OpenSSL reads as the same key; it refuses only
// the public key in PKCS#8 (RFC 5958), which it does not know.

/// Big-endian, not zero, without leading zeros; views into the DER.
struct RsaSecret {
  std::string_view n, e, d, p, q, dp, dq, qinv;
};
struct EcSecret {
  EcCurve curve;
  std::string_view scalar;  // as long as the curve's field when it was read
  std::string_view point;   // SEC1 2.3.3, compressed or not; "" if left out
};
struct Ed25519Secret {
  std::string_view seed;  // 32 bytes
};
using SecretNumbers = std::variant<RsaSecret, EcSecret, Ed25519Secret>;

/// The content of a PEM block `RSA PRIVATE KEY`, `EC PRIVATE KEY` or `PRIVATE KEY`. The form alone
/// is looked at: see AreSound.
std::optional<SecretNumbers> ReadSecretNumbers(std::string_view label, std::string_view der);

struct RsaPublic {
  std::string_view n, e;
};
struct EcPublic {
  EcCurve curve;
  std::string_view point;
};
struct Ed25519Public {
  std::string_view bytes;  // 32
};
using PublicNumbers = std::variant<RsaPublic, EcPublic, Ed25519Public>;

/// A SubjectPublicKeyInfo. Whether a point is on its curve is not looked at.
std::optional<PublicNumbers> ReadSpki(std::string_view der);
std::string WriteSpki(const PublicNumbers& numbers);

}  // namespace palisade::tls

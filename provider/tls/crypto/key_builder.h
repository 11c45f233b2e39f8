#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "provider/tls/crypto/key_reader.h"
#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {

/// Whether the numbers are those of a key: RSA's belong together, an elliptic curve's private one
/// lies in its range and its point, if there is one, on the curve. Whether the point is that of
/// the private number is left open: it is computed anew, at a cost of up to 0.7 ms (P384).
bool AreSound(const SecretNumbers& numbers);

struct BuiltKey {
  PkeyPtr key;
  std::string spki_der;
};
/// The key and its public half; nullopt unless the numbers are sound.
std::optional<BuiltKey> BuildKey(const SecretNumbers& numbers);

/// nullptr if it is none, as a point off its curve.
PkeyPtr BuildPublicKey(const PublicNumbers& numbers);

}  // namespace palisade::tls

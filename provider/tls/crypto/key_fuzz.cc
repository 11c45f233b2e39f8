#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/der_reader.h"
#include "provider/tls/crypto/key_builder.h"
#include "provider/tls/crypto/key_decoder.h"
#include "provider/tls/crypto/private_key.h"

namespace palisade::tls {
namespace {

/// A PKCS#8 block that was read, without what may stand behind the key: OpenSSL does not know a
/// public key there, and is stricter about attributes, which we pass over.
std::string WithoutExtras(std::string_view der) {
  der::Reader in(der::Only(der::kSequence, der).value_or(""));
  in.TakeUnsigned();
  const auto algorithm = in.Take(der::kSequence);
  const auto key = in.Take(der::kOctetString);
  return der::Sequence(der::SmallInteger(0) + der::Sequence(algorithm.value_or("")) +
                       der::Element(der::kOctetString, key.value_or("")));
}

/// What our own reader takes for a private key, OpenSSL takes for the same one.
void CompareSecret(std::string_view label, std::string_view der) {
  const auto numbers = ReadSecretNumbers(label, der);
  if (!numbers) return;
  auto built = BuildKey(*numbers);
  if (AreSound(*numbers) != built.has_value()) std::abort();
  if (!built) return;
  const bool is_pkcs8 = label == "PRIVATE KEY";
  PkeyPtr decoded = DecodeSecretKey(label, is_pkcs8 ? WithoutExtras(der) : std::string(der));
  if (decoded == nullptr) std::abort();
  const auto ours = PrivateKey::FromPkey(std::move(built->key));
  const auto theirs = PrivateKey::FromPkey(std::move(decoded));
  if (!ours.ok() || !theirs.ok()) std::abort();
  if (ours->Pkcs8Pem()->Reveal() != theirs->Pkcs8Pem()->Reveal()) std::abort();
  if (ours->public_key().spki_der() != built->spki_der) std::abort();
}

/// The same for a public key; and it is written as it was read.
void ComparePublic(std::string_view der) {
  const auto numbers = ReadSpki(der);
  if (!numbers) return;
  if (WriteSpki(*numbers) != der) std::abort();
  const PkeyPtr built = BuildPublicKey(*numbers);
  if (built == nullptr) return;
  const PkeyPtr decoded = DecodeSpki(der);
  if (EVP_PKEY_eq(built.get(), decoded.get()) != 1) std::abort();
}

}  // namespace
}  // namespace palisade::tls

/// The first byte chooses the kind of block, the rest is its DER.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array<std::string_view, 3> kLabels = {"PRIVATE KEY", "EC PRIVATE KEY",
                                                       "RSA PRIVATE KEY"};
  if (size == 0) return 0;
  const std::string_view der(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t kind = data[0] % 4;
  if (kind < kLabels.size()) {
    palisade::tls::CompareSecret(kLabels[kind], der);
  } else {
    palisade::tls::ComparePublic(der);
  }
  return 0;
}

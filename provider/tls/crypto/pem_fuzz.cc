#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "provider/tls/crypto/certificate_info.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/key_builder.h"
#include "provider/tls/crypto/key_decoder.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/recovered_inputs.h"

namespace palisade::tls {
namespace {

/// What our own reader takes for a key, OpenSSL takes for the same one.
void CompareReaders(const PemBlock& block) {
  const std::string& der = block.der.Reveal();
  if (const auto numbers = ReadSecretNumbers(block.label, der)) {
    const bool sound = AreSound(*numbers);
    auto built = BuildKey(*numbers);
    if (sound != built.has_value()) std::abort();
    if (sound) {
      PkeyPtr decoded = DecodeSecretKey(block.label, der);
      if (decoded == nullptr) std::abort();
      const auto ours = PrivateKey::FromPkey(std::move(built->key));
      const auto theirs = PrivateKey::FromPkey(std::move(decoded));
      if (!ours.ok() || !theirs.ok()) std::abort();
      if (ours->Pkcs8Pem()->Reveal() != theirs->Pkcs8Pem()->Reveal()) std::abort();
    }
  }
  if (const auto numbers = ReadSpki(der)) {
    const PkeyPtr built = BuildPublicKey(*numbers);
    const PkeyPtr decoded = built == nullptr ? nullptr : DecodeSpki(der);
    if (built != nullptr && EVP_PKEY_eq(built.get(), decoded.get()) != 1) std::abort();
  }
}

}  // namespace
}  // namespace palisade::tls

/// Any text as each kind of PEM. Beyond not crashing: what was read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using palisade::tls::Certificate;
  using palisade::tls::CertificateRequest;
  using palisade::tls::PrivateKey;
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto certificate = Certificate::Parse(text); certificate.ok()) {
    const auto again = Certificate::Parse(certificate->Pem());
    if (!again.ok() || !(*again == *certificate)) std::abort();
    (void)palisade::tls::RecoverInputs(*certificate);
    (void)palisade::tls::CheckIsCa(*certificate);
  }
  if (const auto request = CertificateRequest::Parse(text); request.ok()) {
    if (!CertificateRequest::Parse(request->Pem()).ok()) std::abort();
    (void)palisade::tls::RecoverInputs(*request);
    (void)request->VerifySignature();
  }
  for (const auto& key : {PrivateKey::Parse(text), PrivateKey::ParseOpenssh(text)}) {
    if (!key.ok()) continue;
    const auto pem = key->Pkcs8Pem();
    if (!pem.ok() || !PrivateKey::Parse(pem->Reveal()).ok()) std::abort();
  }
  if (PrivateKey::Check(text).ok() != PrivateKey::Parse(text).ok()) std::abort();
  if (const auto block = palisade::tls::FirstPemBlock(text); block.ok()) {
    palisade::tls::CompareReaders(*block);
  }
  (void)palisade::tls::DescribeCertificates(text);
  (void)palisade::tls::NormalizeUri(text.substr(0, 4096));
  return 0;
}

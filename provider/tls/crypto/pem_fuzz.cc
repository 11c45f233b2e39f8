#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "provider/tls/crypto/certificate_info.h"
#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/recovered_inputs.h"

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
  (void)palisade::tls::DescribeCertificates(text);
  (void)palisade::tls::NormalizeUri(text.substr(0, 4096));
  return 0;
}

#include "provider/tls/crypto/pkcs12.h"

#include <string>

#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/text.h"

namespace palisade::tls {
namespace {

/// Rounds of PBKDF2 and of the MAC: some 0.1 s in all, and read by every current system.
constexpr int kRounds = 100'000;

}  // namespace

absl::StatusOr<base::Redacted> MakePkcs12(const PrivateKey& key, const Certificate& certificate,
                                          std::span<const Certificate> chain,
                                          const base::Redacted& password,
                                          std::string_view friendly_name) {
  PALISADE_RETURN_IF_ERROR(CheckKeyMatches(key, certificate));
  const std::string& secret = password.Reveal();
  if (!IsUtf8(secret) || secret.find('\0') != std::string::npos) {
    return base::InvalidArgument("The PKCS#12 password has to be UTF-8 text without NUL.");
  }
  const X509ListPtr others(sk_X509_new_null());
  for (const Certificate& above : chain) sk_X509_push(others.get(), above.x509());
  const std::string name(friendly_name);
  const Pkcs12Ptr file(PKCS12_create(secret.c_str(), name.empty() ? nullptr : name.c_str(),
                                     key.pkey(), certificate.x509(), others.get(), NID_aes_256_cbc,
                                     NID_aes_256_cbc, kRounds, /*mac_iter=*/-1,
                                     /*keytype=*/0));
  if (file == nullptr || PKCS12_set_mac(file.get(), secret.c_str(), static_cast<int>(secret.size()),
                                        nullptr, 0, kRounds, EVP_sha256()) != 1) {
    return OpensslFailure("The PKCS#12 file could not be made.");
  }
  unsigned char* der = nullptr;
  const int size = i2d_PKCS12(file.get(), &der);
  if (size <= 0) return OpensslFailure("The PKCS#12 file could not be encoded.");
  base::Redacted bytes(
      std::string(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)));
  OPENSSL_clear_free(der, static_cast<std::size_t>(size));
  return bytes;
}

}  // namespace palisade::tls

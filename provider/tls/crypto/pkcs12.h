#pragma once

#include <span>
#include <string_view>

#include "provider/base/redacted.h"
#include "provider/base/status.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/private_key.h"

namespace palisade::tls {

/// A PKCS#12 file (DER bytes; ToSecretBase64 of pem.h makes a property of them) with a key, its
/// certificate and optionally the certificates above it. PBES2 with AES-256-CBC, MAC with SHA-256.
/// The salts are random, so equal inputs give different bytes. INVALID_ARGUMENT if the key is not
/// the certificate's or the password is not UTF-8.
absl::StatusOr<base::Redacted> MakePkcs12(const PrivateKey& key, const Certificate& certificate,
                                          std::span<const Certificate> chain,
                                          const base::Redacted& password,
                                          std::string_view friendly_name = {});

}  // namespace palisade::tls

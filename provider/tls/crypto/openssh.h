#pragma once

#include <string_view>

#include "provider/base/random.h"
#include "provider/base/redacted.h"
#include "provider/base/status.h"
#include "provider/tls/crypto/openssl_ptr.h"
#include "provider/tls/crypto/private_key.h"

/// OpenSSH's private key file (PROTOCOL.key of OpenSSH), which OpenSSL neither writes nor reads.
namespace palisade::tls {

/// Unencrypted, with an empty comment; the two equal check words come from `random`. "" for P224.
absl::StatusOr<base::Redacted> WriteOpensshKey(const PrivateKey& key, base::Random& random);

/// The key of an unencrypted `OPENSSH PRIVATE KEY` block; an encrypted one is refused in words.
absl::StatusOr<PkeyPtr> ReadOpensshKey(std::string_view pem);

}  // namespace palisade::tls

#pragma once

#include <string_view>

#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {

// Keys by OpenSSL's decoders: every form that there is, at 0.13 ms a key. What key_reader.h reads
// need not come here. nullptr if the bytes are no key, or a key and more.

/// The content of a PEM block `RSA PRIVATE KEY`, `EC PRIVATE KEY` or `PRIVATE KEY`; any kind of
/// key may come out of the last.
PkeyPtr DecodeSecretKey(std::string_view label, std::string_view der);

/// A SubjectPublicKeyInfo.
PkeyPtr DecodeSpki(std::string_view der);

}  // namespace palisade::tls

#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>

namespace palisade::tls {

/// The raw digest of `bytes`; "" if the library does not offer it (MD5 in a FIPS build).
std::string Digest(const EVP_MD* kind, std::string_view bytes);

}  // namespace palisade::tls

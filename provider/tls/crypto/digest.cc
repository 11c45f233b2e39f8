#include "provider/tls/crypto/digest.h"

#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {

std::string Digest(const EVP_MD* kind, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size,
                 kind, nullptr) != 1) {
    TakeOpensslErrors();
    size = 0;
  }
  out.resize(size);
  return out;
}

}  // namespace palisade::tls

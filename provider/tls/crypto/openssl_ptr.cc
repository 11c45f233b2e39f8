#include "provider/tls/crypto/openssl_ptr.h"

#include <openssl/err.h>

#include <array>

namespace palisade::tls {

std::string TakeOpensslErrors() {
  std::string text;
  while (const unsigned long code = ERR_get_error()) {
    std::array<char, 256> message{};
    ERR_error_string_n(code, message.data(), message.size());
    if (!text.empty()) text += "; ";
    text += message.data();
  }
  return text;
}

absl::Status OpensslFailure(std::string_view what) {
  std::string text(what);
  if (const std::string errors = TakeOpensslErrors(); !errors.empty()) {
    text.append(" (").append(errors).append(")");
  }
  return base::Internal(text);
}

}  // namespace palisade::tls

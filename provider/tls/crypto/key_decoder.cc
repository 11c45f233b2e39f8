#include "provider/tls/crypto/key_decoder.h"

namespace palisade::tls {
namespace {

using X509PubkeyPtr = std::unique_ptr<X509_PUBKEY, OpensslFree<X509_PUBKEY_free>>;

}  // namespace

PkeyPtr DecodeSecretKey(std::string_view label, std::string_view der) {
  const unsigned char* at = Data(der);
  const unsigned char* const end = at + der.size();
  const auto size = static_cast<long>(der.size());
  PkeyPtr key;
  if (label == "PRIVATE KEY") {
    const Pkcs8Ptr info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, size));
    if (info != nullptr && at == end) key.reset(EVP_PKCS82PKEY(info.get()));
  } else {
    const int type = label == "RSA PRIVATE KEY" ? EVP_PKEY_RSA : EVP_PKEY_EC;
    key.reset(d2i_PrivateKey(type, nullptr, &at, size));
    if (at != end) key.reset();
  }
  TakeOpensslErrors();
  return key;
}

PkeyPtr DecodeSpki(std::string_view der) {
  const unsigned char* at = Data(der);
  const X509PubkeyPtr info(d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  PkeyPtr key;
  if (info != nullptr && at == Data(der) + der.size()) key.reset(X509_PUBKEY_get(info.get()));
  if (key == nullptr) TakeOpensslErrors();
  return key;
}

}  // namespace palisade::tls

#include "provider/auth/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace palisade::auth {
namespace {

constexpr std::size_t kBlock = 64;

// Fetched once: it is immutable, and fetching takes a lock.
const EVP_MD* Algorithm() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  return algorithm;
}

}  // namespace

Sha256Digest::~Sha256Digest() { OPENSSL_cleanse(bytes.data(), bytes.size()); }

std::string Sha256Digest::hex() const {
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kHex[byte >> 4U];
    text += kHex[byte & 0xFU];
  }
  return text;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()), ok_(context_ != nullptr && Algorithm() != nullptr) {}

Sha256::~Sha256() { EVP_MD_CTX_free(context_); }

Sha256Digest Sha256::HashParts(std::initializer_list<std::string_view> parts) {
  Sha256Digest digest;
  ok_ = ok_ && EVP_DigestInit_ex2(context_, Algorithm(), nullptr) == 1;
  for (const std::string_view part : parts) {
    ok_ = ok_ && EVP_DigestUpdate(context_, part.data(), part.size()) == 1;
  }
  ok_ = ok_ && EVP_DigestFinal_ex(context_, digest.bytes.data(), nullptr) == 1;
  return digest;
}

Sha256Digest Sha256::Hmac(std::string_view key, std::string_view data) {
  const Sha256Digest short_key = key.size() > kBlock ? Hash(key) : Sha256Digest();
  if (key.size() > kBlock) key = short_key.view();
  std::array<char, kBlock> inner;
  std::array<char, kBlock> outer;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(i < key.size() ? key[i] : 0);
    inner[i] = static_cast<char>(byte ^ 0x36U);
    outer[i] = static_cast<char>(byte ^ 0x5cU);
  }
  const Sha256Digest first = HashParts({{inner.data(), inner.size()}, data});
  const Sha256Digest result = HashParts({{outer.data(), outer.size()}, first.view()});
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  return result;
}

}  // namespace palisade::auth

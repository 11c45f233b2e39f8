#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace palisade::auth {

/// 32 bytes that are overwritten when they go: digests here may be keys.
struct Sha256Digest {
  Sha256Digest() = default;
  Sha256Digest(const Sha256Digest&) = default;
  Sha256Digest& operator=(const Sha256Digest&) = default;
  ~Sha256Digest();

  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  /// Lower case.
  std::string hex() const;

  std::array<std::uint8_t, 32> bytes{};
};

/// SHA-256 and HMAC over it with one context for many digests, which costs a third of OpenSSL's
/// one-shot calls: these fetch the algorithm and allocate each time. For one thread.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  Sha256Digest Hash(std::string_view data) { return HashParts({data}); }
  Sha256Digest Hmac(std::string_view key, std::string_view data);
  /// False once OpenSSL has refused anything; digests are worthless then.
  bool ok() const { return ok_; }

 private:
  Sha256Digest HashParts(std::initializer_list<std::string_view> parts);

  evp_md_ctx_st* context_;
  bool ok_;
};

}  // namespace palisade::auth

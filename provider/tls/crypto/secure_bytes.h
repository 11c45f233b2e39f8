#pragma once

#include <openssl/crypto.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace palisade::tls {

/// Overwrites what it frees, so that growing a vector leaves no copy behind either.
template <typename T>
struct CleansingAllocator {
  using value_type = T;

  CleansingAllocator() = default;
  template <typename U>
  explicit CleansingAllocator(const CleansingAllocator<U>&) {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* data, std::size_t count) {
    OPENSSL_cleanse(data, count * sizeof(T));
    std::allocator<T>().deallocate(data, count);
  }
  bool operator==(const CleansingAllocator&) const { return true; }
};

/// Bytes of a private key while we work on them. A vector, as std::string would keep short ones
/// inside itself, where no allocator sees them go.
using SecureBytes = std::vector<unsigned char, CleansingAllocator<unsigned char>>;

inline std::string_view View(const SecureBytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace palisade::tls

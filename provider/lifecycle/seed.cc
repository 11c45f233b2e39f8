#include "provider/lifecycle/seed.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

namespace palisade::lifecycle {

std::vector<std::uint8_t> SeededBytes(std::string_view seed, std::string_view purpose,
                                      std::size_t count, base::Random& random) {
  std::vector<std::uint8_t> bytes(count);
  if (seed.empty()) {
    random.Fill(bytes);
    return bytes;
  }
  const std::size_t key_size = std::min<std::size_t>(seed.size(), 1024);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> block;
  std::uint32_t counter = 0;
  for (std::size_t done = 0; done < count;) {
    std::string message(purpose);
    for (int shift = 24; shift >= 0; shift -= 8) {
      message += static_cast<char>((counter >> shift) & 0xff);
    }
    ++counter;
    unsigned size = 0;
    if (HMAC(EVP_sha256(), seed.data(), static_cast<int>(key_size),
             reinterpret_cast<const unsigned char*>(message.data()), message.size(), block.data(),
             &size) == nullptr ||
        size == 0) {
      // Only a crypto library without SHA-256 gets here; a name from the machine's generator still
      // works, it is merely not repeatable.
      random.Fill(bytes);
      return bytes;
    }
    const std::size_t part = std::min<std::size_t>(size, count - done);
    std::copy_n(block.begin(), part, bytes.begin() + static_cast<std::ptrdiff_t>(done));
    done += part;
  }
  return bytes;
}

std::string SeededText(std::string_view seed, std::string_view purpose, std::size_t count,
                       std::string_view charset, base::Random& random) {
  std::string text;
  if (charset.empty()) return text;
  // Two bytes a character: what the remainder favours is less than one part in 65536 / charset.
  const auto bytes = SeededBytes(seed, purpose, count * 2, random);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = static_cast<std::size_t>(bytes[2 * i]) * 256 + bytes[2 * i + 1];
    text += charset[number % charset.size()];
  }
  return text;
}

}  // namespace palisade::lifecycle

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace palisade::tls::der {

/// Reads DER elements off the front of bytes that stay the caller's; its answers point into them.
/// Strict: tags of one byte, lengths and numbers in their one shortest form. Anything else is
/// nullopt, after which what is left has no meaning.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool AtEnd() const { return rest_.empty(); }
  /// Whether an element of this tag comes next.
  bool IsNext(std::uint8_t tag) const;
  /// The content of the next element, which has to have this tag.
  std::optional<std::string_view> Take(std::uint8_t tag);
  /// The next element, a non-negative INTEGER, big-endian without leading zeros: "" is zero.
  std::optional<std::string_view> TakeUnsigned();
  /// The next element, a BIT STRING of whole bytes.
  std::optional<std::string_view> TakeBitString();

 private:
  std::string_view rest_;
};

/// The content of the one element that `bytes` are, which has to have this tag.
std::optional<std::string_view> Only(std::uint8_t tag, std::string_view bytes);

}  // namespace palisade::tls::der

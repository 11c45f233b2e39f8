#include "provider/tls/crypto/der_reader.h"

#include <cstddef>

#include "provider/tls/crypto/der.h"

namespace palisade::tls::der {
namespace {

std::uint8_t Byte(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

/// Takes the length off the front.
std::optional<std::size_t> TakeLength(std::string_view& bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::size_t first = Byte(bytes, 0);
  bytes.remove_prefix(1);
  if (first < 0x80) return first;
  // 0x80 is BER's indefinite form. Four bytes say more than any text that is read here is long.
  const std::size_t count = first & 0x7f;
  if (count == 0 || count > 4 || bytes.size() < count) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | Byte(bytes, i);
  const bool shortest = length >= 0x80 && Byte(bytes, 0) != 0;
  if (!shortest) return std::nullopt;
  bytes.remove_prefix(count);
  return length;
}

}  // namespace

bool Reader::IsNext(std::uint8_t tag) const { return !rest_.empty() && Byte(rest_, 0) == tag; }

std::optional<std::string_view> Reader::Take(std::uint8_t tag) {
  if (!IsNext(tag)) return std::nullopt;
  rest_.remove_prefix(1);
  const std::optional<std::size_t> length = TakeLength(rest_);
  if (!length || *length > rest_.size()) return std::nullopt;
  const std::string_view content = rest_.substr(0, *length);
  rest_.remove_prefix(*length);
  return content;
}

std::optional<std::string_view> Reader::TakeUnsigned() {
  std::optional<std::string_view> number = Take(kInteger);
  if (!number || number->empty() || Byte(*number, 0) >= 0x80) return std::nullopt;
  if (Byte(*number, 0) != 0) return number;
  // A zero byte stands before a number only to keep it from looking negative.
  number->remove_prefix(1);
  if (!number->empty() && Byte(*number, 0) < 0x80) return std::nullopt;
  return number;
}

std::optional<std::string_view> Reader::TakeBitString() {
  std::optional<std::string_view> bits = Take(kBitString);
  if (!bits || bits->empty() || Byte(*bits, 0) != 0) return std::nullopt;
  bits->remove_prefix(1);
  return bits;
}

std::optional<std::string_view> Only(std::uint8_t tag, std::string_view bytes) {
  Reader reader(bytes);
  const std::optional<std::string_view> content = reader.Take(tag);
  return reader.AtEnd() ? content : std::nullopt;
}

}  // namespace palisade::tls::der

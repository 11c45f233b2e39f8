#include "provider/tls/crypto/der.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace palisade::tls::der {

std::string Element(std::uint8_t tag, std::string_view content) {
  std::string out(1, static_cast<char>(tag));
  const std::size_t size = content.size();
  if (size < 0x80) {
    out += static_cast<char>(size);
  } else {
    std::string length;
    for (std::size_t rest = size; rest > 0; rest >>= 8) {
      length.insert(length.begin(), static_cast<char>(rest & 0xff));
    }
    out += static_cast<char>(0x80 | length.size());
    out += length;
  }
  return out.append(content);
}

std::string SetOf(std::vector<std::string> elements) {
  // std::string compares as unsigned char, which is DER's order but for a prefix of another
  // element, and no complete element is a prefix of another.
  std::sort(elements.begin(), elements.end());
  std::string content;
  for (const std::string& element : elements) content += element;
  return Element(kSet, content);
}

std::string Unsigned(std::string_view big_endian) {
  while (big_endian.size() > 1 && big_endian.front() == '\0') big_endian.remove_prefix(1);
  std::string content(big_endian);
  if (content.empty() || (static_cast<unsigned char>(content.front()) & 0x80) != 0) {
    content.insert(content.begin(), '\0');
  }
  return Element(kInteger, content);
}

std::string SmallInteger(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return Unsigned(bytes);
}

std::string BitString(std::string_view bytes) {
  return Element(kBitString, std::string(1, '\0').append(bytes));
}

std::string NamedBits(std::uint32_t bits_by_number) {
  std::string bytes;
  unsigned last = 0;
  for (unsigned number = 0; number < 32; ++number) {
    if ((bits_by_number >> number & 1U) == 0) continue;
    bytes.resize(number / 8 + 1, '\0');
    const auto byte = static_cast<unsigned char>(bytes.back());
    bytes.back() = static_cast<char>(byte | 0x80U >> number % 8);
    last = number;
  }
  const char unused = bytes.empty() ? '\0' : static_cast<char>(7 - last % 8);
  return Element(kBitString, std::string(1, unused).append(bytes));
}

std::string ObjectId(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  const char* at = dotted.data();
  const char* const end = at + dotted.size();
  while (at < end) {
    std::uint64_t arc = 0;
    at = std::from_chars(at, end, arc).ptr + 1;
    arcs.push_back(arc);
  }
  std::string content;
  for (std::size_t i = 1; i < arcs.size(); ++i) {
    std::uint64_t arc = i == 1 ? arcs[0] * 40 + arcs[1] : arcs[i];
    std::string groups(1, static_cast<char>(arc & 0x7f));
    while ((arc >>= 7) != 0) groups.insert(groups.begin(), static_cast<char>(0x80 | (arc & 0x7f)));
    content += groups;
  }
  return Element(kObjectIdentifier, content);
}

std::string Explicit(unsigned number, std::string_view content) {
  return Element(static_cast<std::uint8_t>(0xa0U | number), content);
}

std::string Implicit(unsigned number, std::string_view content) {
  return Element(static_cast<std::uint8_t>(0x80U | number), content);
}

}  // namespace palisade::tls::der

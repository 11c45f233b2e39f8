#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"

/// Writers of DER elements. Certificates and requests are put together from these, because the
/// order of extensions, the string types of names and the form of defaults have to be exactly what
/// the contract says, and OpenSSL's own builders choose each of them by themselves.
namespace palisade::tls::der {

inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBitString = 0x03;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kNull = 0x05;
inline constexpr std::uint8_t kObjectIdentifier = 0x06;
inline constexpr std::uint8_t kUtf8String = 0x0c;
inline constexpr std::uint8_t kPrintableString = 0x13;
inline constexpr std::uint8_t kIa5String = 0x16;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
/// `[0]` and `[1]` around whole elements.
inline constexpr std::uint8_t kExplicit0 = 0xa0;
inline constexpr std::uint8_t kExplicit1 = 0xa1;
/// `[1]` in place of a primitive element's own tag.
inline constexpr std::uint8_t kImplicit1 = 0x81;

/// Tag, length and content.
std::string Element(std::uint8_t tag, std::string_view content);
inline std::string Sequence(std::string_view content) { return Element(kSequence, content); }
/// A SET OF: the elements are sorted by their encoding, as DER demands.
std::string SetOf(std::vector<std::string> elements);
/// A non-negative INTEGER from big-endian bytes.
std::string Unsigned(std::string_view big_endian);
std::string SmallInteger(std::uint32_t value);
/// A BIT STRING of whole bytes.
std::string BitString(std::string_view bytes);
/// A BIT STRING of named bits: trailing zero bits are cut.
std::string NamedBits(std::uint32_t bits_by_number);
/// An OBJECT IDENTIFIER from its dotted text, which has to be one of our own constants.
std::string ObjectId(std::string_view dotted);
/// `[number]` around whole elements.
std::string Explicit(unsigned number, std::string_view content);
/// `[number]` in place of a primitive element's own tag.
std::string Implicit(unsigned number, std::string_view content);

}  // namespace palisade::tls::der

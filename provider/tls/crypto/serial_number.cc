#include "provider/tls/crypto/serial_number.h"

#include <algorithm>
#include <array>

#include "provider/tls/crypto/openssl_ptr.h"

namespace palisade::tls {
namespace {

constexpr std::size_t kMaxOctets = 20;
/// 2^160 has 49 decimal digits.
constexpr std::size_t kMaxDigits = 49;

}  // namespace

SerialNumber SerialNumber::Random(base::Random& random) {
  std::array<std::uint8_t, 16> bits{};
  do {
    random.Fill(bits);
  } while (std::all_of(bits.begin(), bits.end(), [](std::uint8_t byte) { return byte == 0; }));
  std::string bytes(reinterpret_cast<const char*>(bits.data()), bits.size());
  return SerialNumber(bytes.substr(bytes.find_first_not_of('\0')));
}

absl::StatusOr<SerialNumber> SerialNumber::FromDecimal(std::string_view decimal) {
  const bool digits =
      !decimal.empty() && decimal.size() <= kMaxDigits &&
      std::all_of(decimal.begin(), decimal.end(), [](char c) { return c >= '0' && c <= '9'; });
  BIGNUM* number = nullptr;
  if (!digits || BN_dec2bn(&number, std::string(decimal).c_str()) == 0) {
    return base::InvalidArgument(
        "A serial number is a positive decimal number of at most 49 "
        "digits.");
  }
  const BignumPtr owned(number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return FromBytes(bytes);
}

absl::StatusOr<SerialNumber> SerialNumber::FromBytes(std::string_view big_endian) {
  const std::size_t first = big_endian.find_first_not_of('\0');
  if (first == std::string_view::npos) {
    return base::InvalidArgument("A serial number of zero is not allowed in a certificate.");
  }
  big_endian.remove_prefix(first);
  const bool reads_as_negative = (static_cast<unsigned char>(big_endian.front()) & 0x80) != 0;
  if (big_endian.size() + (reads_as_negative ? 1 : 0) > kMaxOctets) {
    return base::InvalidArgument("A serial number has at most 20 octets (159 bits).");
  }
  return SerialNumber(std::string(big_endian));
}

std::string SerialNumber::Decimal() const {
  const BignumPtr number(BN_bin2bn(Data(bytes_), static_cast<int>(bytes_.size()), nullptr));
  char* text = BN_bn2dec(number.get());
  std::string decimal(text == nullptr ? "" : text);
  OPENSSL_free(text);
  return decimal;
}

}  // namespace palisade::tls

#pragma once

#include <string>
#include <string_view>

#include "provider/base/random.h"
#include "provider/base/status.h"

namespace palisade::tls {

/// A certificate's serial number: positive, at most 20 octets (RFC 5280 4.1.2.2).
class SerialNumber {
 public:
  /// 128 random bits that are not all zero.
  static SerialNumber Random(base::Random& random);
  /// From a resource id; INVALID_ARGUMENT unless it is a positive decimal number that fits.
  static absl::StatusOr<SerialNumber> FromDecimal(std::string_view decimal);
  /// From big-endian bytes; leading zeros are dropped.
  static absl::StatusOr<SerialNumber> FromBytes(std::string_view big_endian);

  /// The resource id of a certificate.
  std::string Decimal() const;
  /// Big-endian, shortest form, unsigned.
  const std::string& bytes() const { return bytes_; }

  bool operator==(const SerialNumber&) const = default;

 private:
  explicit SerialNumber(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string bytes_;
};

}  // namespace palisade::tls

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// An IPv4 or IPv6 address in network byte order; IPv4 uses the first four bytes.
struct Address {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};

  int Bits() const { return v6 ? 128 : 32; }
  /// As EC2 answers it: IPv6 compressed and in lower case.
  std::string Text() const;
  friend bool operator==(const Address&, const Address&) = default;
};

/// Dotted quads without leading zeros and every form of RFC 4291, no zone.
std::optional<Address> ParseAddress(std::string_view text);

/// An address range: an address and how many of its leading bits are fixed.
struct Cidr {
  Address address;
  int prefix = 0;

  bool HasHostBits() const { return !(Canonical() == *this); }
  /// With all bits behind the prefix cleared.
  Cidr Canonical() const;
  std::string Text() const { return address.Text() + "/" + std::to_string(prefix); }
  bool Contains(const Cidr& other) const;
  bool Overlaps(const Cidr& other) const { return Contains(other) || other.Contains(*this); }
  friend bool operator==(const Cidr&, const Cidr&) = default;
};

/// `a.b.c.d/n` or `x::y/n`, host bits allowed. The error says what is wrong and what to write.
absl::StatusOr<Cidr> ParseCidr(std::string_view text);

bool IsCidr(std::string_view text);
/// An address or a range, or a text that was meant as one: digits and dots, or hexadecimal and
/// colons, with or without a prefix length. "10.0.0.256" looks like one; "fe.example" does not.
bool LooksLikeAddress(std::string_view text);

/// The bounds of a range that a property takes.
struct CidrLimits {
  enum class Family { kV4, kV6, kAny };
  Family family = Family::kAny;
  int least_prefix = 0;
  int most_prefix = 128;
};
/// What EC2 takes for a VPC and for a subnet. (CreateSubnet's documentation gives /16 to /28; a VPC
/// has the same limits.)
inline constexpr CidrLimits kNetworkV4{CidrLimits::Family::kV4, 16, 28};
inline constexpr CidrLimits kAnyV4{CidrLimits::Family::kV4, 0, 32};
inline constexpr CidrLimits kAnyV6{CidrLimits::Family::kV6, 0, 128};

/// Fails (`aws.ec2.cidr`) at a text that is no range, is of the other family or outside `limits`,
/// and warns (`aws.ec2.cidr-host-bits`) of host bits: EC2 takes such a range and stores the
/// canonical one. Answers the range if it is one of the right family.
std::optional<Cidr> CheckCidr(const Place& place, std::string_view name, const CidrLimits& limits);

/// The same for one text at `path`.
std::optional<Cidr> CheckCidrText(std::string_view text, const PropertyPath& path,
                                  const CidrLimits& limits, Findings& findings);

}  // namespace palisade::aws::rules

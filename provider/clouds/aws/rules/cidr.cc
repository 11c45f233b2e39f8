#include "provider/clouds/aws/rules/cidr.h"

#include <arpa/inet.h>

#include <algorithm>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using Family = CidrLimits::Family;

// Whether the first `bits` bits of both are equal.
bool SamePrefix(const Address& a, const Address& b, int bits) {
  for (int i = 0; i < bits; i += 8) {
    const auto index = static_cast<std::size_t>(i / 8);
    const int here = std::min(8, bits - i);
    const int mask = 0xFF & (0xFF << (8 - here));
    if ((a.bytes[index] & mask) != (b.bytes[index] & mask)) return false;
  }
  return true;
}

std::string_view NameOf(Family family) { return family == Family::kV6 ? "IPv6" : "IPv4"; }

}  // namespace

std::string Address::Text() const {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(v6 ? AF_INET6 : AF_INET, bytes.data(), text, sizeof text);
  return text;
}

std::optional<Address> ParseAddress(std::string_view text) {
  // The longest form; also keeps a NUL inside the text from cutting it short.
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string terminated(text);
  Address address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

Cidr Cidr::Canonical() const {
  Cidr canonical = *this;
  for (int bit = prefix; bit < address.Bits(); ++bit) {
    auto& byte = canonical.address.bytes[static_cast<std::size_t>(bit / 8)];
    byte = static_cast<std::uint8_t>(byte & ~(0x80 >> (bit % 8)));
  }
  return canonical;
}

bool Cidr::Contains(const Cidr& other) const {
  return address.v6 == other.address.v6 && prefix <= other.prefix &&
         SamePrefix(address, other.address, prefix);
}

absl::StatusOr<Cidr> ParseCidr(std::string_view text) {
  if (Trimmed(text) != text) {
    return base::InvalidArgument(Quoted(text) + " has blanks around it; remove them");
  }
  const std::size_t slash = text.find('/');
  const auto address = ParseAddress(text.substr(0, slash));
  if (!address) {
    return base::InvalidArgument(Quoted(text) +
                                 " is not an address range; expected one such as 10.0.0.0/16 or " +
                                 "2001:db8::/56");
  }
  const std::string most = std::to_string(address->Bits());
  if (slash == std::string_view::npos) {
    return base::InvalidArgument(Quoted(text) + " has no prefix length; write " + address->Text() +
                                 "/" + most + " for this one address");
  }
  const auto prefix =
      ParseNumber(text.substr(slash + 1), static_cast<std::uint64_t>(address->Bits()));
  if (!prefix) {
    return base::InvalidArgument(Quoted(text) + " has a wrong prefix length; expected 0 to " +
                                 most + " after the slash");
  }
  return Cidr{*address, static_cast<int>(*prefix)};
}

bool IsCidr(std::string_view text) { return ParseCidr(text).ok(); }

bool LooksLikeAddress(std::string_view text) {
  text = Trimmed(text);
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && !IsDigits(text.substr(slash + 1))) return false;
  const std::string_view host = text.substr(0, slash);
  if (ParseAddress(host)) return true;
  const auto only = [&](std::string_view allowed) {
    return !host.empty() && host.find_first_not_of(allowed) == std::string_view::npos;
  };
  const bool quad = only("0123456789.") && std::count(host.begin(), host.end(), '.') == 3;
  const bool colons =
      only("0123456789abcdefABCDEF:.") && std::count(host.begin(), host.end(), ':') >= 2;
  return quad || colons || (only("0123456789.") && slash != std::string_view::npos);
}

std::optional<Cidr> CheckCidrText(std::string_view text, const PropertyPath& path,
                                  const CidrLimits& limits, Findings& findings) {
  const auto cidr = ParseCidr(text);
  if (!cidr.ok()) {
    findings.Fail(path, "aws.ec2.cidr", base::Message(cidr.status()));
    return std::nullopt;
  }
  const bool v6 = cidr->address.v6;
  if (limits.family != Family::kAny && v6 != (limits.family == Family::kV6)) {
    findings.Fail(path, "aws.ec2.cidr",
                  Quoted(text) + " is an " + (v6 ? "IPv6" : "IPv4") + " range, but an " +
                      std::string(NameOf(limits.family)) + " range is expected here");
    return std::nullopt;
  }
  if (cidr->prefix < limits.least_prefix || cidr->prefix > limits.most_prefix) {
    findings.Fail(path, "aws.ec2.cidr",
                  Quoted(text) + " has the prefix length " + std::to_string(cidr->prefix) +
                      ", but EC2 takes /" + std::to_string(limits.least_prefix) + " to /" +
                      std::to_string(limits.most_prefix) + " here");
  }
  if (cidr->HasHostBits()) {
    findings.Warn(path, "aws.ec2.cidr-host-bits",
                  Quoted(text) + " has bits set behind the prefix; the range is " +
                      cidr->Canonical().Text() + ", and that is what EC2 stores; write that");
  }
  return *cidr;
}

std::optional<Cidr> CheckCidr(const Place& place, std::string_view name, const CidrLimits& limits) {
  const auto text = value::View(place.bag).String(name);
  if (!text) return std::nullopt;
  return CheckCidrText(*text, place.At(name), limits, place.findings);
}

}  // namespace palisade::aws::rules

#include <string>
#include <vector>

#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kIpam = "aws.ec2.ipam";
constexpr std::string_view kIpv6 = "aws.ec2.ipv6";
constexpr std::string_view kPool = "ipv4IpamPoolId";
constexpr std::string_view kNetmask = "ipv4NetmaskLength";

// A range, or a pool with a netmask.
void CheckIpam(const Place& place, bool needed) {
  const View view(place.bag);
  const bool block = view.Has("cidrBlock"), pool = view.Has(kPool);
  if (needed && !block && !pool) {
    place.Fail("cidrBlock", kIpam,
               "is missing; set it, or ipv4IpamPoolId and ipv4NetmaskLength to take a range from "
               "a pool");
  }
  if (view.Has(kNetmask) && block) {
    place.Fail(kNetmask, kIpam,
               "stands beside cidrBlock, which has a prefix length of its own; remove one of the "
               "two");
  } else if (view.Has(kNetmask) && !pool) {
    place.Fail(kNetmask, kIpam, "needs ipv4IpamPoolId, the pool to take the range from");
  } else if (pool && !block && !view.Has(kNetmask)) {
    place.Warn(kNetmask, kIpam,
               "is missing; the pool's default length is used, if the pool has one");
  }
  CheckRange(place, kNetmask, kNetworkV4.least_prefix, kNetworkV4.most_prefix, kIpam);
}

// EC2 gives IPv6 ranges to subnets in steps of four bits, /44 to /64; only /64 for long. A warning,
// since the service's model does not say so.
void WarnOfIpv6Length(const Place& place) {
  const auto text = View(place.bag).String("ipv6CidrBlock");
  const auto cidr = text ? ParseCidr(*text) : absl::StatusOr<Cidr>(Cidr());
  if (!text || !cidr.ok() || !cidr->address.v6) return;
  if (cidr->prefix >= 44 && cidr->prefix <= 64 && cidr->prefix % 4 == 0) return;
  place.Warn("ipv6CidrBlock", "aws.ec2.cidr",
             "has the prefix length " + std::to_string(cidr->prefix) +
                 "; EC2 takes /44 to /64 in steps of 4");
}

void CheckIpv6Native(const Place& subnet) {
  const View view(subnet.bag);
  if (view.Bool("ipv6Native") != true) return;
  for (const std::string_view name : {std::string_view("cidrBlock"), kPool, kNetmask}) {
    if (!view.Has(name)) continue;
    subnet.Fail(name, kIpv6, "an IPv6-only subnet has no IPv4 range; remove it, or ipv6Native");
  }
  if (!view.Has("ipv6CidrBlock") && !view.Has("ipv6IpamPoolId") && !view.Has("ipv6NetmaskLength")) {
    subnet.Fail("ipv6CidrBlock", kIpv6, "is missing; an IPv6-only subnet needs it");
  }
}

}  // namespace

void CheckVpc(const PropertyMap& inputs, Findings& findings) {
  const Place vpc{inputs, PropertyPath(), findings};
  CheckCidr(vpc, "cidrBlock", kNetworkV4);
  CheckIpam(vpc, true);
  const View view(inputs);
  if (view.Bool("enableDnsHostnames") == true && view.Bool("enableDnsSupport") == false) {
    vpc.Fail("enableDnsHostnames", "aws.ec2.dns",
             "DNS host names need DNS support; set enableDnsSupport to true, or this to false");
  }
}

void CheckSubnet(const PropertyMap& inputs, Findings& findings) {
  const Place subnet{inputs, PropertyPath(), findings};
  const View view(inputs);
  CheckId(subnet, "vpcId", kVpc);
  CheckCidr(subnet, "cidrBlock", kNetworkV4);
  CheckCidr(subnet, "ipv6CidrBlock", kAnyV6);
  WarnOfIpv6Length(subnet);
  const auto native = view.Bool("ipv6Native");
  // Unknown may mean that it is.
  if (native != true) CheckIpam(subnet, !view.Has("ipv6Native") || native == false);
  CheckIpv6Native(subnet);
  if (view.Has("availabilityZone") && view.Has("availabilityZoneId")) {
    subnet.Fail("availabilityZoneId", "aws.ec2.zone",
                "availabilityZone and availabilityZoneId are both set; keep one of the two");
  }
  const auto zone = view.String("availabilityZone");
  // "use1-az1" for "us-east-1a".
  if (zone && zone->find("-az") != std::string::npos) {
    subnet.Fail("availabilityZone", "aws.ec2.zone",
                Quoted(*zone) + " is the id of a zone; write it as availabilityZoneId");
  }
}

void CheckRouteTable(const PropertyMap& inputs, Findings& findings) {
  CheckId({inputs, PropertyPath(), findings}, "vpcId", kVpc);
}

void CheckSubnetRouteTableAssociation(const PropertyMap& inputs, Findings& findings) {
  const Place association{inputs, PropertyPath(), findings};
  CheckId(association, "routeTableId", kRouteTable);
  CheckId(association, "subnetId", kSubnet);
}

void CheckVpcGatewayAttachment(const PropertyMap& inputs, Findings& findings) {
  const Place attachment{inputs, PropertyPath(), findings};
  const View view(inputs);
  CheckId(attachment, "vpcId", kVpc);
  CheckId(attachment, "internetGatewayId", kInternetGateway);
  CheckId(attachment, "vpnGatewayId", kVpnGateway);
  const bool internet = view.Has("internetGatewayId"), vpn = view.Has("vpnGatewayId");
  if (internet && vpn) {
    attachment.Fail("vpnGatewayId", "aws.ec2.exclusive",
                    "internetGatewayId and vpnGatewayId are both set; an attachment has one of "
                    "them, so make two");
  } else if (!internet && !vpn) {
    attachment.Fail("internetGatewayId", "aws.ec2.exclusive",
                    "is missing; set internetGatewayId or vpnGatewayId");
  }
}

}  // namespace palisade::aws::rules

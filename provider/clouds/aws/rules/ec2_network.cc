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
constexpr std::string_view kZone = "aws.ec2.zone";

constexpr CidrLimits kSubnetV6{CidrLimits::Family::kV6, 44, 64};

// The properties by which a network gets a range of one family.
struct RangeNames {
  std::string_view block, pool, netmask;
  CidrLimits limits;
};
constexpr RangeNames kV4{"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", kNetworkV4};
constexpr RangeNames kV6{"ipv6CidrBlock", "ipv6IpamPoolId", "ipv6NetmaskLength", kSubnetV6};

// A range, or a pool with a netmask.
void CheckIpam(const Place& place, const RangeNames& names, bool needed) {
  const View view(place.bag);
  const std::string block(names.block), pool(names.pool), netmask(names.netmask);
  const bool has_block = view.Has(block), has_pool = view.Has(pool), has_mask = view.Has(netmask);
  if (needed && !has_block && !has_pool) {
    place.Fail(
        block, kIpam,
        "is missing; set it, or " + pool + " and " + netmask + " to take a range from a pool");
  }
  if (has_mask && has_block) {
    place.Fail(
        netmask, kIpam,
        "stands beside " + block + ", which has a prefix length of its own; remove one of the two");
  } else if (has_mask && !has_pool) {
    place.Fail(netmask, kIpam, "needs " + pool + ", the pool to take the range from");
  } else if (has_pool && !has_block && !has_mask) {
    place.Warn(netmask, kIpam,
               "is missing; the pool's default length is used, if the pool has one");
  }
  CheckRange(place, netmask, names.limits.least_prefix, names.limits.most_prefix, kIpam);
}

// The VPC User Guide's sizes of subnets: /44 to /64 in steps of four bits.
void CheckIpv6Range(const Place& subnet) {
  const auto cidr = CheckCidr(subnet, kV6.block, kSubnetV6);
  if (!cidr || cidr->prefix < 44 || cidr->prefix > 64 || cidr->prefix % 4 == 0) return;
  subnet.Fail(kV6.block, "aws.ec2.cidr",
              "has the prefix length " + std::to_string(cidr->prefix) +
                  ", but EC2 takes steps of four: /44, /48 and so on to /64");
}

void CheckIpv6Native(const Place& subnet) {
  const View view(subnet.bag);
  if (view.Bool("ipv6Native") != true) return;
  for (const std::string_view name : {kV4.block, kV4.pool, kV4.netmask}) {
    if (!view.Has(name)) continue;
    subnet.Fail(name, kIpv6, "an IPv6-only subnet has no IPv4 range; remove it, or ipv6Native");
  }
  if (!view.Has(kV6.block) && !view.Has(kV6.pool) && !view.Has(kV6.netmask)) {
    subnet.Fail(kV6.block, kIpv6, "is missing; an IPv6-only subnet needs it");
  }
}

// EC2 sets these only in a subnet that has an IPv6 range. An IPv6-only one without a range has
// failed already.
void CheckIpv6Settings(const Place& subnet) {
  const View view(subnet.bag);
  if (view.Has(kV6.block) || view.Has(kV6.pool) || view.Bool("ipv6Native") == true) return;
  const auto check = [](const Place& place, std::string_view name) {
    if (View(place.bag).Bool(name) != true) return;
    place.Fail(name, kIpv6,
               "is true, but the subnet has no IPv6 range, which it needs; set ipv6CidrBlock, or "
               "this to false");
  };
  check(subnet, "assignIpv6AddressOnCreation");
  check(subnet, "enableDns64");
  subnet.Object("privateDnsNameOptionsOnLaunch",
                [&](const Place& options) { check(options, "enableResourceNameDnsAaaaRecord"); });
}

// "use1-az1" and "usw2-lax1-az1", for "us-east-1a" and "us-west-2-lax-1a".
bool IsZoneId(std::string_view text) {
  const std::size_t at = text.rfind("-az");
  return at != text.npos && IsDigits(text.substr(at + 3));
}

void CheckZone(const Place& subnet) {
  const View view(subnet.bag);
  if (view.Has("availabilityZone") && view.Has("availabilityZoneId")) {
    subnet.Fail("availabilityZoneId", kZone,
                "availabilityZone and availabilityZoneId are both set; keep one of the two");
  }
  const auto zone = view.String("availabilityZone");
  if (zone && IsZoneId(*zone)) {
    subnet.Fail("availabilityZone", kZone,
                Quoted(*zone) + " is the id of a zone; write it as availabilityZoneId");
  }
  if (view.Has("outpostArn") && !view.Has("availabilityZone") && !view.Has("availabilityZoneId")) {
    subnet.Fail("outpostArn", kZone,
                "a subnet on an Outpost needs the Outpost's zone; set availabilityZone");
  }
}

}  // namespace

void CheckVpc(const PropertyMap& inputs, Findings& findings) {
  const Place vpc{inputs, PropertyPath(), findings};
  CheckCidr(vpc, kV4.block, kNetworkV4);
  CheckIpam(vpc, kV4, true);
  const View view(inputs);
  if (view.Bool("enableDnsHostnames") == true && view.Bool("enableDnsSupport") == false) {
    vpc.Fail("enableDnsHostnames", "aws.ec2.dns",
             "DNS host names need DNS support; set enableDnsSupport to true, or this to false");
  }
  // EC2's model knows the word, which DescribeVpcs may answer; CreateVpc refuses it.
  if (view.String("instanceTenancy") == "host") {
    vpc.Fail(
        "instanceTenancy", "aws.ec2.tenancy",
        "is \"host\", with which EC2 makes no VPC; write \"dedicated\", in which instances may "
        "still ask for a host of their own");
  }
}

void CheckSubnet(const PropertyMap& inputs, Findings& findings) {
  const Place subnet{inputs, PropertyPath(), findings};
  const View view(inputs);
  CheckId(subnet, "vpcId", kVpc);
  CheckCidr(subnet, kV4.block, kNetworkV4);
  CheckIpv6Range(subnet);
  const auto native = view.Bool("ipv6Native");
  // Unknown may mean that it is.
  if (native != true) CheckIpam(subnet, kV4, !view.Has("ipv6Native") || native == false);
  CheckIpam(subnet, kV6, false);
  CheckIpv6Native(subnet);
  CheckIpv6Settings(subnet);
  CheckZone(subnet);
}

void CheckSubnetRange(const PropertyMap& inputs, const std::vector<std::string>& ranges,
                      Findings& findings) {
  const auto text = View(inputs).String(kV4.block);
  const auto block = ParseCidr(text.value_or(""));
  if (!block.ok() || block->address.v6 || ranges.empty()) return;
  std::string list;
  for (const std::string& range : ranges) {
    const auto vpc = ParseCidr(range);
    if (!vpc.ok() || vpc->Contains(*block)) return;
    list += (list.empty() ? "" : ", ") + range;
  }
  findings.Warn(PropertyPath(kV4.block), "aws.ec2.subnet-range",
                Quoted(*text) + " is not inside the VPC, whose range is " + list +
                    " as far as is known here; EC2 refuses it, unless the VPC has got another "
                    "range since; write a part of that range");
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

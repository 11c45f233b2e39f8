#include <string>
#include <vector>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kDestinations[] = {"destinationCidrBlock", "destinationIpv6CidrBlock",
                                              "destinationPrefixListId"};

struct Target {
  std::string_view name;
  /// Null for the one that is an ARN.
  const IdKind* kind;
};
constexpr Target kTargets[] = {
    {"carrierGatewayId", &kCarrierGateway},
    {"coreNetworkArn", nullptr},
    {"egressOnlyInternetGatewayId", &kEgressOnlyGateway},
    {"gatewayId", &kInternetGateway},
    {"instanceId", &kInstance},
    {"localGatewayId", &kLocalGateway},
    {"natGatewayId", &kNatGateway},
    {"networkInterfaceId", &kNetworkInterface},
    {"transitGatewayId", &kTransitGateway},
    {"vpcEndpointId", &kVpcEndpoint},
    {"vpcPeeringConnectionId", &kPeering},
};

constexpr std::string_view kCoreNetworkResource[] = {"core-network/"};
constexpr ArnKind kCoreNetwork{"networkmanager", kCoreNetworkResource, "core network", "its ARN"};

template <typename Names>
std::vector<std::string_view> Present(const Place& route, const Names& names) {
  std::vector<std::string_view> present;
  for (const std::string_view name : names) {
    if (View(route.bag).Has(name)) present.push_back(name);
  }
  return present;
}

void CheckDestination(const Place& route) {
  const auto present = Present(route, kDestinations);
  if (present.empty()) {
    route.Fail(kDestinations[0], "aws.ec2.destination",
               "is missing; a route has one of " + Listed(kDestinations));
  } else if (present.size() > 1) {
    route.Fail(present[1], "aws.ec2.destination",
               "a route has one destination, but " + Listed(present, "and") +
                   " are set; make a route of each");
  }
  CheckCidr(route, "destinationCidrBlock", kAnyV4);
  CheckCidr(route, "destinationIpv6CidrBlock", kAnyV6);
  CheckId(route, "destinationPrefixListId", kPrefixList);
}

// The property that takes ids of the same kind as `text`; empty when there is none.
std::string_view PropertyFor(std::string_view text) {
  if (CheckArnText(text, kCoreNetwork).ok()) return "coreNetworkArn";
  const IdKind* kind = KindOf(text);
  if (kind == nullptr) return "";
  if (kind->prefix == kVpnGateway.prefix) return "gatewayId";
  for (const Target& target : kTargets) {
    if (target.kind != nullptr && target.kind->prefix == kind->prefix) return target.name;
  }
  return "";
}

// "eu-west-1a:vpce-..." is how Firewall.endpointIds lists endpoints.
bool HasZone(const Place& route, const Target& target, const std::string& text) {
  const std::size_t colon = text.find(":vpce-");
  if (target.name != "vpcEndpointId" || colon == text.npos || text.starts_with("arn:"))
    return false;
  route.Fail(target.name, "aws.ec2.endpoint-zone",
             Quoted(text) +
                 " still carries its zone, as the entries of a firewall's endpointIds do; write "
                 "only " +
                 Quoted(text.substr(colon + 1)) +
                 ", or use the firewall's endpointIdsByZone with " + "the key " +
                 Quoted(text.substr(0, colon)));
  return true;
}

void CheckTargetId(const Place& route, const Target& target) {
  const auto text = View(route.bag).String(target.name);
  if (!text || target.kind == nullptr) return;
  const bool gateway = target.name == "gatewayId";
  if (gateway && *text == "local") return;
  const IdKind& kind =
      gateway && text->starts_with(kVpnGateway.prefix) ? kVpnGateway : *target.kind;
  const absl::Status status = CheckIdText(*text, kind);
  if (status.ok() || HasZone(route, target, *text)) return;
  const std::string_view right = PropertyFor(*text);
  if (!right.empty() && right != target.name) {
    route.Fail(
        target.name, "aws.ec2.id",
        Quoted(*text) + " is the id of another kind of target; write it as " + std::string(right));
  } else {
    route.Fail(target.name, "aws.ec2.id", base::Message(status));
  }
}

void CheckTargets(const Place& route) {
  std::vector<std::string_view> names;
  for (const Target& target : kTargets) names.push_back(target.name);
  const auto present = Present(route, names);
  if (present.empty()) {
    route.Fail("gatewayId", "aws.ec2.target", "is missing; a route has one of " + Listed(names));
  } else if (present.size() > 1) {
    route.Fail(present[1], "aws.ec2.target",
               "a route has one target, but " + Listed(present, "and") + " are set; keep one");
  }
  for (const Target& target : kTargets) CheckTargetId(route, target);
  CheckArn(route, "coreNetworkArn", kCoreNetwork);
}

// "[IPv6 traffic only]" and "[IPv4 traffic only]", says the service's model.
void CheckFamily(const Place& route) {
  const View view(route.bag);
  if (view.Has("egressOnlyInternetGatewayId") && view.Has("destinationCidrBlock")) {
    route.Fail("egressOnlyInternetGatewayId", "aws.ec2.family",
               "carries IPv6 only, but the destination is an IPv4 range; use a natGatewayId");
  }
  const auto v6 = view.String("destinationIpv6CidrBlock");
  if (!v6 || !view.Has("natGatewayId")) return;
  // The prefix by which a NAT gateway lets IPv6 hosts reach IPv4.
  const auto nat64 = ParseCidr("64:ff9b::/96"), cidr = ParseCidr(*v6);
  if (!cidr.ok() || !nat64.ok() || nat64->Contains(*cidr)) return;
  route.Warn("natGatewayId", "aws.ec2.family",
             "carries IPv4, and of IPv6 only 64:ff9b::/96; use an egressOnlyInternetGatewayId");
}

}  // namespace

void CheckRoute(const PropertyMap& inputs, Findings& findings) {
  const Place route{inputs, PropertyPath(), findings};
  CheckId(route, "routeTableId", kRouteTable);
  CheckDestination(route);
  CheckTargets(route);
  CheckFamily(route);
}

}  // namespace palisade::aws::rules

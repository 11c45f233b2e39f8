#include "provider/clouds/aws/resources/ec2/route_target.h"

#include <array>

#include "provider/clouds/aws/core/xml.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"

namespace palisade::aws::ec2 {
namespace {

constexpr std::array kKinds = {
    TargetKind{names::kGatewayId, "GatewayId", "gateway"},
    TargetKind{names::kNatGatewayId, "NatGatewayId", "NAT gateway"},
    TargetKind{names::kVpcEndpointId, "VpcEndpointId", "VPC endpoint"},
    TargetKind{names::kTransitGatewayId, "TransitGatewayId", "transit gateway"},
    TargetKind{names::kVpcPeeringConnectionId, "VpcPeeringConnectionId", "peering connection"},
    TargetKind{names::kNetworkInterfaceId, "NetworkInterfaceId", "network interface"},
    TargetKind{names::kInstanceId, "InstanceId", "instance"},
    TargetKind{names::kEgressOnlyInternetGatewayId, "EgressOnlyInternetGatewayId",
               "egress-only internet gateway"},
    TargetKind{names::kCarrierGatewayId, "CarrierGatewayId", "carrier gateway"},
    TargetKind{names::kLocalGatewayId, "LocalGatewayId", "local gateway"},
    TargetKind{names::kCoreNetworkArn, "CoreNetworkArn", "core network"},
};

constexpr const TargetKind& kEndpoint = kKinds[2];
static_assert(kEndpoint.noun == "VPC endpoint");

}  // namespace

std::span<const TargetKind> TargetKinds() { return kKinds; }

RouteTarget TargetOf(const PropertyMap& inputs) {
  for (const TargetKind& kind : kKinds) {
    std::string text = TextOf(inputs, kind.input);
    if (!text.empty()) return {&kind, std::move(text)};
  }
  return {};
}

RouteTarget TargetSeen(pugi::xml_node route, const PropertyMap* prior) {
  const RouteTarget before = prior == nullptr ? RouteTarget{} : TargetOf(*prior);
  if (before.kind != nullptr && Text(route, before.kind->input) == before.text) return before;
  RouteTarget first;
  for (const TargetKind& kind : kKinds) {
    std::string text = Text(route, kind.input);
    if (text.empty()) continue;
    // Endpoints are told as gateways.
    const TargetKind* told = text.starts_with("vpce-") ? &kEndpoint : &kind;
    if (told == before.kind) return {told, std::move(text)};
    if (first.kind == nullptr) first = {told, std::move(text)};
  }
  return first;
}

std::string Described(const RouteTarget& target) {
  if (target.kind == nullptr) return "no target";
  return "the " + std::string(target.kind->noun) + " " + target.text;
}

}  // namespace palisade::aws::ec2

#include "provider/clouds/aws/resources/ec2/route_target.h"

#include <array>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/xml.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/value/view.h"

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

struct IdInput {
  const char* input;
  const rules::IdKind* kind;
};
constexpr IdInput kIdInputs[] = {
    {names::kNatGatewayId, &rules::kNatGateway},
    {names::kVpcEndpointId, &rules::kVpcEndpoint},
    {names::kTransitGatewayId, &rules::kTransitGateway},
    {names::kVpcPeeringConnectionId, &rules::kPeering},
    {names::kNetworkInterfaceId, &rules::kNetworkInterface},
    {names::kInstanceId, &rules::kInstance},
    {names::kEgressOnlyInternetGatewayId, &rules::kEgressOnlyGateway},
    {names::kCarrierGatewayId, &rules::kCarrierGateway},
    {names::kLocalGatewayId, &rules::kLocalGateway},
};

constexpr std::string_view kCoreNetworkResource[] = {"core-network/"};
constexpr rules::ArnKind kCoreNetwork{"networkmanager", kCoreNetworkResource, "core network",
                                      "its ARN"};

// The input for ids that begin like `text`; null when there is none.
const char* InputFor(std::string_view text) {
  if (text.starts_with("igw-") || text.starts_with("vgw-")) return names::kGatewayId;
  for (const IdInput& each : kIdInputs) {
    if (text.starts_with(each.kind->prefix)) return each.input;
  }
  return text.starts_with("arn:") ? names::kCoreNetworkArn : nullptr;
}

// Whether the id belongs into another input; says so then.
bool IsMisplaced(const rules::Place& place, const char* input, const std::string& text) {
  const char* right = InputFor(text);
  if (right == nullptr || std::string_view(right) == input) return false;
  place.Fail(input, "aws.ec2.id",
             "\"" + text + "\" belongs into another property; set " + right + " instead");
  return true;
}

// "eu-west-1a:vpce-..." is how Firewall.endpointIds lists endpoints.
bool HasZone(const rules::Place& place, const std::string& text) {
  const std::size_t at = text.find(":vpce-");
  if (at == std::string::npos || text.starts_with("arn:")) return false;
  place.Fail(names::kVpcEndpointId, "aws.ec2.endpoint-zone",
             "\"" + text +
                 "\" still carries its zone, as the entries of a firewall's endpointIds do; use "
                 "endpointIdsByZone of the firewall with the key \"" +
                 text.substr(0, at) + "\"");
  return true;
}

void CheckGateway(const rules::Place& place, const std::string& text) {
  if (text == "local" || IsMisplaced(place, names::kGatewayId, text)) return;
  rules::CheckId(place, names::kGatewayId,
                 text.starts_with("vgw-") ? rules::kVpnGateway : rules::kInternetGateway);
}

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

void CheckTarget(const rules::Place& place) {
  const value::View view(place.bag);
  std::vector<std::string> present;
  for (const TargetKind& kind : kKinds) {
    if (view.Has(kind.input)) present.emplace_back(kind.input);
  }
  if (present.empty()) {
    place.Fail(names::kGatewayId, "exclusive",
               "a route needs a target; set gatewayId, natGatewayId, vpcEndpointId or another one");
  } else if (present.size() > 1) {
    place.Fail(present[1], "exclusive",
               "a route has one target, but " + present[0] + " is set as well; remove one");
  }
  if (const auto gateway = view.String(names::kGatewayId)) CheckGateway(place, *gateway);
  for (const IdInput& each : kIdInputs) {
    const auto text = view.String(each.input);
    if (!text) continue;
    if (each.input == std::string_view(names::kVpcEndpointId) && HasZone(place, *text)) continue;
    if (!IsMisplaced(place, each.input, *text)) rules::CheckId(place, each.input, *each.kind);
  }
  rules::CheckArn(place, names::kCoreNetworkArn, kCoreNetwork);
}

}  // namespace palisade::aws::ec2

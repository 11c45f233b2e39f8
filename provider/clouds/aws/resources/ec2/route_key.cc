#include "provider/clouds/aws/resources/ec2/route_key.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {
namespace {

constexpr const char* kDestinations[] = {names::kDestinationCidrBlock,
                                         names::kDestinationIpv6CidrBlock,
                                         names::kDestinationPrefixListId};

bool IsDestination(const std::string& text) {
  return rules::IsCidr(text) || rules::CheckIdText(text, rules::kPrefixList).ok();
}

}  // namespace

const char* RouteKey::Input() const {
  if (destination.starts_with("pl-")) return names::kDestinationPrefixListId;
  return destination.find(':') == std::string::npos ? names::kDestinationCidrBlock
                                                    : names::kDestinationIpv6CidrBlock;
}

Params RouteKey::ToParams() const {
  std::string name = Input();
  name[0] = 'D';
  return Params().Add("RouteTableId", table).Add(std::move(name), destination);
}

RouteKey RouteKeyOf(const PropertyMap& inputs) {
  RouteKey key{TextOf(inputs, names::kRouteTableId), ""};
  for (const char* name : kDestinations) {
    const std::string text = TextOf(inputs, name);
    if (!text.empty()) key.destination = CanonicalCidr(text);
  }
  return key;
}

absl::StatusOr<RouteKey> ParseRouteId(const std::string& id, const PropertyMap* inputs) {
  const std::size_t at = id.find_first_of("|_");
  if (at != std::string::npos) {
    const RouteKey key{id.substr(0, at), CanonicalCidr(id.substr(at + 1))};
    if (rules::CheckIdText(key.table, rules::kRouteTable).ok() && IsDestination(key.destination)) {
      return key;
    }
  }
  if (inputs != nullptr) {
    const RouteKey key = RouteKeyOf(*inputs);
    if (!key.table.empty() && !key.destination.empty()) return key;
  }
  return base::InvalidArgument(
      "\"" + id +
      "\" is no id of a route; expected the id of its table, a bar and its destination: "
      "rtb-0123456789abcdef0|0.0.0.0/0");
}

bool IsStatic(pugi::xml_node route) {
  const std::string origin = Text(route, "origin");
  return origin != "EnableVgwRoutePropagation" && origin != "Advertisement";
}

std::string DestinationOf(pugi::xml_node route) {
  for (const char* name : kDestinations) {
    std::string text = Text(route, name);
    if (!text.empty()) return CanonicalCidr(text);
  }
  return "";
}

absl::StatusOr<Seen> FindRoute(Session& session, const RouteKey& key) {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen, DescribeFirst(session, "DescribeRouteTables",
                               Params().AddList("RouteTableId", {key.table}), "routeTableSet"));
  const pugi::xml_node table = seen.node;
  seen.node = {};
  for (const pugi::xml_node route : Items(table, "routeSet")) {
    if (IsStatic(route) && DestinationOf(route) == key.destination) seen.node = route;
  }
  return seen;
}

}  // namespace palisade::aws::ec2

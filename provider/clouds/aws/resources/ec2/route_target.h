#pragma once

#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// An input that says where a route sends its traffic.
struct TargetKind {
  const char* input;      ///< "natGatewayId", also in DescribeRouteTables
  std::string_view wire;  ///< in CreateRoute and ReplaceRoute
  std::string_view noun;
};
std::span<const TargetKind> TargetKinds();

struct RouteTarget {
  const TargetKind* kind = nullptr;
  std::string text;
  friend bool operator==(const RouteTarget&, const RouteTarget&) = default;
};

/// What the inputs say; no kind when they say none.
RouteTarget TargetOf(const value::PropertyMap& inputs);

/// What a route of DescribeRouteTables says. Several inputs can mean one target (an instance and
/// its network interface, an endpoint and a gateway's id): the one among `prior` (null on import)
/// wins.
RouteTarget TargetSeen(pugi::xml_node route, const value::PropertyMap* prior);

/// "the NAT gateway nat-1"
std::string Described(const RouteTarget& target);

}  // namespace palisade::aws::ec2

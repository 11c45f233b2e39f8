#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// Which route is meant: a table and a destination.
struct RouteKey {
  std::string table;
  /// A range in its canonical form, or the id of a prefix list.
  std::string destination;

  std::string Id() const { return table + "|" + destination; }
  /// The input that holds such a destination; the same name, with a capital, is the parameter's.
  const char* Input() const;
  /// RouteTableId and the destination.
  Params ToParams() const;
};

/// What the inputs say; the destination is empty when they say none.
RouteKey RouteKeyOf(const value::PropertyMap& inputs);

/// From an id ("rtb-1|10.0.0.0/8", or "rtb-1_10.0.0.0/8" as aws imports them); where it is a hash,
/// from the inputs (null on import). INVALID_ARGUMENT says the form that is expected.
absl::StatusOr<RouteKey> ParseRouteId(const std::string& id, const value::PropertyMap* inputs);

/// The route; the node is empty when the table has none, but for those that gateways propagate.
absl::StatusOr<Seen> FindRoute(Session& session, const RouteKey& key);

/// Whether somebody made the route, or it is the VPC's own (not propagated by a gateway).
bool IsStatic(pugi::xml_node route);

/// The destination of a route of DescribeRouteTables.
std::string DestinationOf(pugi::xml_node route);

}  // namespace palisade::aws::ec2

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"

namespace palisade::aws::ec2 {

// What the associations of route tables with subnets and those with gateways have in common. EC2
// shows them as part of their tables, and each subnet or gateway has at most one.

/// What a route table is associated with.
struct AssociationEnd {
  std::string_view noun;       ///< "subnet"
  std::string_view type;       ///< the resource type: "SubnetRouteTableAssociation"
  std::string parameter;       ///< of AssociateRouteTable: "SubnetId"
  const char* member;          ///< of an association in a reply: "subnetId"
  const char* filter;          ///< of DescribeRouteTables: "association.subnet-id"
  std::string_view id_prefix;  ///< "subnet-"; empty where there are several
  /// The codes that say that table or end are not known (yet).
  std::vector<std::string_view> unseen;
};
extern const AssociationEnd kSubnetEnd, kGatewayEnd;

/// The code that says that an association is gone; replaced ones are.
inline constexpr std::string_view kNoAssociation = "InvalidAssociationID.NotFound";

std::string AssociationIdOf(pugi::xml_node association);
std::string AssociationStateOf(pugi::xml_node association);
std::string TableOf(pugi::xml_node association);

/// The association of this id. One that is going is none.
absl::StatusOr<Seen> FindAssociation(Session& session, const std::string& id);
/// The association of the subnet or gateway `target`. One that is going is none.
absl::StatusOr<Seen> FindAssociationOf(Session& session, const AssociationEnd& end,
                                       const std::string& target);
/// By what an import may name besides the id of the target: the id of the association, or
/// "target/table".
absl::StatusOr<Seen> FindAssociationNamed(Session& session, const AssociationEnd& end,
                                          const std::string& name);

/// FAILED_PRECONDITION that names the association that has the only place.
absl::Status PlaceIsTaken(const AssociationEnd& end, const std::string& target,
                          const std::string& table, pugi::xml_node other);

struct Associated {
  std::string id;
  /// It was there already and equals what was asked for; the user was warned.
  bool found = false;
};
/// Associates, or takes up an equal association. Another table in its place is an error.
absl::StatusOr<Associated> Associate(Session& session, const AssociationEnd& end,
                                     const std::string& target, const std::string& table);

/// Done once it is no longer being made; FAILED_PRECONDITION when it failed.
absl::StatusOr<resource::Sight> JudgeAssociation(pugi::xml_node association);

/// Takes the association away and waits until it is gone.
absl::Status Disassociate(Session& session, const std::string& id);

/// One page of the associations with such ends; `name` answers the id to list.
absl::StatusOr<ListedPage> ListAssociations(Session& session, const AssociationEnd& end,
                                            std::string (*name)(pugi::xml_node),
                                            const std::string& continuation, std::size_t page_size);

}  // namespace palisade::aws::ec2

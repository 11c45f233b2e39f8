#include "provider/clouds/aws/resources/ec2/subnet_route_table_association.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/route_table_association.h"
#include "provider/clouds/aws/rules/ec2.h"

namespace palisade::aws::ec2 {
namespace {

const std::vector<std::string_view> kNotFound = {kNoAssociation, "InvalidRouteTableID.NotFound",
                                                 "InvalidSubnetID.NotFound",
                                                 "InvalidSubnetId.NotFound"};

}  // namespace

const AwsTraits& SubnetRouteTableAssociation::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = std::chrono::minutes(5),
                                .delete_before_replace = true};
  return traits;
}

std::optional<std::string> SubnetRouteTableAssociation::ExplainUnknown(
    std::string_view name) const {
  if (name == "gatewayId") {
    return "is no input here: for a gateway make a GatewayRouteTableAssociation";
  }
  return std::nullopt;
}

void SubnetRouteTableAssociation::CheckInputs(const resource::CheckRequest& request,
                                              resource::Findings& findings) const {
  rules::CheckSubnetRouteTableAssociation(request.inputs, findings);
}

absl::StatusOr<std::string> SubnetRouteTableAssociation::Make(Session& session,
                                                              const PropertyMap& inputs,
                                                              const Tags&) const {
  PALISADE_ASSIGN_OR_RETURN(const Associated associated,
                            Associate(session, kSubnetEnd, TextOf(inputs, names::kSubnetId),
                                      TextOf(inputs, names::kRouteTableId)));
  if (associated.found) TookOver(session, associated.id);
  return associated.id;
}

absl::Status SubnetRouteTableAssociation::Settle(Session& session, const std::string& id,
                                                 const PropertyMap&, bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen, WatchUntil(session, {.what = "waiting for the association " + id,
                                      .not_found = kNotFound,
                                      .fresh = fresh,
                                      .describe = [&] { return FindAssociation(session, id); },
                                      .judge = JudgeAssociation}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> SubnetRouteTableAssociation::Look(Session& session,
                                                                       const std::string& id,
                                                                       const PropertyMap*) const {
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, FindAssociationNamed(session, kSubnetEnd, id));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.id = AssociationIdOf(seen.node);
  PutText(found.inputs, names::kSubnetId, Text(seen.node, kSubnetEnd.member));
  PutText(found.inputs, names::kRouteTableId, TableOf(seen.node));
  found.state = AssociationStateOf(seen.node);
  ShowInputs(found);
  return found;
}

absl::Status SubnetRouteTableAssociation::Remove(Session& session,
                                                 const resource::DeleteRequest& request) const {
  return Disassociate(session, request.id);
}

absl::StatusOr<ListedPage> SubnetRouteTableAssociation::Enumerate(Session& session,
                                                                  const std::string& continuation,
                                                                  std::size_t page_size) const {
  return ListAssociations(session, kSubnetEnd, AssociationIdOf, continuation, page_size);
}

void SubnetRouteTableAssociation::MigrateState(int, PropertyMap& inputs,
                                               PropertyMap& outputs) const {
  MoveBags({.renamed = {}, .inputs = {names::kSubnetId, names::kRouteTableId}}, inputs, outputs);
  outputs.erase("awsId");  // the id once more
}

}  // namespace palisade::aws::ec2

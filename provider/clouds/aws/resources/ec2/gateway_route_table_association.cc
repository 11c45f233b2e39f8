#include "provider/clouds/aws/resources/ec2/gateway_route_table_association.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/route_table_association.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

const std::vector<std::string_view> kNotFound = {
    kNoAssociation, "InvalidRouteTableID.NotFound", "InvalidGatewayID.NotFound",
    "InvalidInternetGatewayID.NotFound", "InvalidVpnGatewayID.NotFound"};

const rules::IdKind& KindOfGateway(const std::string& id) {
  return id.starts_with(rules::kVpnGateway.prefix) ? rules::kVpnGateway : rules::kInternetGateway;
}

// State of the bridged package has the association's id as its own.
std::string GatewayOf(const std::string& id, const PropertyMap& inputs) {
  const std::string gateway = TextOf(inputs, names::kGatewayId);
  return gateway.empty() ? id : gateway;
}

absl::StatusOr<std::string> Replace(Session& session, const std::string& association,
                                    const std::string& table) {
  Params params;
  params.Add("AssociationId", association).Add("RouteTableId", table);
  std::string id;
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      {"InvalidRouteTableID.NotFound"}, kParentLimit, "the route table " + table + " to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(const Xml reply, session.Ec2("ReplaceRouteTableAssociation",
                                                               params, Idempotency::kIdempotent));
        id = Text(reply.root, "newAssociationId");
        return absl::OkStatus();
      }));
  return id;
}

}  // namespace

const AwsTraits& GatewayRouteTableAssociation::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = std::chrono::minutes(5),
                                .changing_outputs = {names::kAssociationId},
                                .delete_before_replace = true};
  return traits;
}

std::optional<std::string> GatewayRouteTableAssociation::ExplainUnknown(
    std::string_view name) const {
  if (name == "subnetId") {
    return "is no input here: for a subnet make a SubnetRouteTableAssociation";
  }
  return std::nullopt;
}

void GatewayRouteTableAssociation::CheckInputs(const resource::CheckRequest& request,
                                               resource::Findings& findings) const {
  const rules::Place place{request.inputs, {}, findings};
  rules::CheckId(place, names::kGatewayId,
                 KindOfGateway(TextOf(request.inputs, names::kGatewayId)));
  rules::CheckId(place, names::kRouteTableId, rules::kRouteTable);
}

absl::StatusOr<std::string> GatewayRouteTableAssociation::Make(Session& session,
                                                               const PropertyMap& inputs,
                                                               const Tags&) const {
  std::string gateway = TextOf(inputs, names::kGatewayId);
  PALISADE_ASSIGN_OR_RETURN(
      const Associated associated,
      Associate(session, kGatewayEnd, gateway, TextOf(inputs, names::kRouteTableId)));
  if (associated.found) TookOver(session, gateway);
  return gateway;
}

absl::Status GatewayRouteTableAssociation::Settle(Session& session, const std::string& id,
                                                  const PropertyMap& inputs, bool) const {
  const std::string gateway = GatewayOf(id, inputs), table = TextOf(inputs, names::kRouteTableId);
  const base::SteadyTime start = session.call().clock().Steady();
  const auto judge = [&](pugi::xml_node node) -> absl::StatusOr<Sight> {
    if (TableOf(node) == table) return JudgeAssociation(node);
    // The one that was replaced may show for a while.
    if (session.call().clock().Steady() - start >= kUnseenLimit) {
      return PlaceIsTaken(kGatewayEnd, gateway, table, node);
    }
    return Sight{.done = false, .state = "still with " + TableOf(node)};
  };
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen,
      WatchUntil(session,
                 {.what = "waiting for the gateway " + gateway + " to use the route table " + table,
                  .not_found = kNotFound,
                  .fresh = true,  // a replacing one is as new as a first one
                  .describe = [&] { return FindAssociationOf(session, kGatewayEnd, gateway); },
                  .judge = judge}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> GatewayRouteTableAssociation::Look(
    Session& session, const std::string& id, const PropertyMap* inputs) const {
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    const std::string gateway = inputs == nullptr ? id : GatewayOf(id, *inputs);
    const bool other_name = gateway.starts_with("rtbassoc-") || gateway.find('/') != gateway.npos;
    if (!other_name) PALISADE_RETURN_IF_ERROR(rules::CheckIdText(gateway, KindOfGateway(gateway)));
    PALISADE_ASSIGN_OR_RETURN(seen, other_name ? FindAssociationNamed(session, kGatewayEnd, gateway)
                                               : FindAssociationOf(session, kGatewayEnd, gateway));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.id = Text(seen.node, kGatewayEnd.member);
  PutText(found.inputs, names::kGatewayId, found.id);
  PutText(found.inputs, names::kRouteTableId, TableOf(seen.node));
  PutText(found.outputs, names::kAssociationId, AssociationIdOf(seen.node));
  found.state = AssociationStateOf(seen.node);
  ShowInputs(found);
  return found;
}

absl::Status GatewayRouteTableAssociation::Change(Session& session,
                                                  const resource::UpdateRequest& request) const {
  const std::string table = TextOf(request.new_inputs, names::kRouteTableId);
  if (TextOf(request.old_inputs, names::kRouteTableId) == table) return absl::OkStatus();
  const std::string known = TextOf(request.old_outputs, names::kAssociationId);
  absl::StatusOr<std::string> replaced = absl::NotFoundError("");
  if (!known.empty()) {
    replaced = Replace(session, known, table);
    if (!replaced.ok() && !HasCode(replaced.status(), {kNoAssociation})) return replaced.status();
  }
  if (!replaced.ok()) {
    // An earlier attempt of ours was carried out, or somebody else has replaced it.
    const std::string gateway = GatewayOf(request.id, request.new_inputs);
    PALISADE_ASSIGN_OR_RETURN(const Seen now, FindAssociationOf(session, kGatewayEnd, gateway));
    if (!now.node) {
      return base::NotFound("the gateway " + gateway +
                            " has no association with a route table any more; run `pulumi "
                            "refresh`, after which `pulumi up` makes it");
    }
    if (TableOf(now.node) == table) return absl::OkStatus();
    replaced = Replace(session, AssociationIdOf(now.node), table);
    PALISADE_RETURN_IF_ERROR(replaced.status());
  }
  PropertyMap outputs = request.old_outputs;
  outputs[names::kAssociationId] = *std::move(replaced);
  session.call().RecordId(request.id, std::move(outputs));
  return absl::OkStatus();
}

absl::Status GatewayRouteTableAssociation::Remove(Session& session,
                                                  const resource::DeleteRequest& request) const {
  const std::string known = TextOf(request.outputs, names::kAssociationId);
  if (!known.empty()) {
    const absl::Status status = Disassociate(session, known);
    if (!HasCode(status, {kNoAssociation})) return status;
  }
  // It is gone; what has its place is this object only with the same table.
  const std::string gateway = GatewayOf(request.id, request.inputs);
  PALISADE_ASSIGN_OR_RETURN(const Seen now, FindAssociationOf(session, kGatewayEnd, gateway));
  if (!now.node) return absl::OkStatus();
  if (TableOf(now.node) == TextOf(request.inputs, names::kRouteTableId)) {
    return Disassociate(session, AssociationIdOf(now.node));
  }
  session.call().Warn("the gateway " + gateway + " uses the route table " + TableOf(now.node) +
                      " by now; its association " + AssociationIdOf(now.node) +
                      " is not the one of this resource and stays");
  return absl::OkStatus();
}

absl::StatusOr<ListedPage> GatewayRouteTableAssociation::Enumerate(Session& session,
                                                                   const std::string& continuation,
                                                                   std::size_t page_size) const {
  const auto gateway = [](pugi::xml_node each) { return Text(each, kGatewayEnd.member); };
  return ListAssociations(session, kGatewayEnd, gateway, continuation, page_size);
}

void GatewayRouteTableAssociation::MigrateState(int, PropertyMap& inputs,
                                                PropertyMap& outputs) const {
  std::string id = MoveBags({.renamed = {}, .inputs = {names::kGatewayId, names::kRouteTableId}},
                            inputs, outputs);
  if (id.starts_with("rtbassoc-")) PutText(outputs, names::kAssociationId, std::move(id));
}

}  // namespace palisade::aws::ec2

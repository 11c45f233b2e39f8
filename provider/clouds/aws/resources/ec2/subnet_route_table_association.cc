#include "provider/clouds/aws/resources/ec2/subnet_route_table_association.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

const std::vector<std::string_view> kNotFound = {
    "InvalidAssociationID.NotFound", "InvalidRouteTableID.NotFound", "InvalidSubnetID.NotFound",
    "InvalidSubnetId.NotFound"};

constexpr rules::IdKind kAssociation{"rtbassoc-", "association with a route table",
                                     "the id of a SubnetRouteTableAssociation"};

std::string IdOf(pugi::xml_node association) {
  return Text(association, "routeTableAssociationId");
}

std::string StateOf(pugi::xml_node association) {
  return Text(association.child("associationState"), "state");
}

bool IsThere(pugi::xml_node association) {
  const std::string state = StateOf(association);
  return state != "disassociating" && state != "disassociated";
}

// An association whose member `member` is `text`; tables tell theirs.
absl::StatusOr<Seen> Find(Session& session, const char* filter, const char* member,
                          const std::string& text) {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen, DescribeFirst(session, "DescribeRouteTables", Params().AddFilter(filter, {text}),
                               "routeTableSet"));
  seen.node = {};
  for (const pugi::xml_node table : Items(seen.reply.root, "routeTableSet")) {
    for (const pugi::xml_node each : Items(table, "associationSet")) {
      if (Text(each, member) == text && IsThere(each)) seen.node = each;
    }
  }
  return seen;
}

absl::StatusOr<Seen> FindById(Session& session, const std::string& id) {
  return Find(session, "association.route-table-association-id", "routeTableAssociationId", id);
}

absl::StatusOr<Seen> FindBySubnet(Session& session, const std::string& subnet) {
  return Find(session, "association.subnet-id", "subnetId", subnet);
}

absl::Status Taken(const std::string& subnet, const std::string& table, pugi::xml_node other) {
  return base::FailedPrecondition(
      "the subnet " + subnet + " uses the route table " + Text(other, "routeTableId") +
      " by the association " + IdOf(other) + ", not " + table +
      ", and has room for one; remove that association, or take it over with `pulumi import "
      "palisade:aws/ec2:SubnetRouteTableAssociation NAME " +
      IdOf(other) + "`");
}

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
  if (name == "gatewayId") return "is no input here: this type associates subnets only";
  return std::nullopt;
}

void SubnetRouteTableAssociation::CheckInputs(const resource::CheckRequest& request,
                                              resource::Findings& findings) const {
  const rules::Place place{request.inputs, {}, findings};
  rules::CheckId(place, names::kSubnetId, rules::kSubnet);
  rules::CheckId(place, names::kRouteTableId, rules::kRouteTable);
}

absl::StatusOr<std::string> SubnetRouteTableAssociation::Make(Session& session,
                                                              const PropertyMap& inputs,
                                                              const Tags&) const {
  const std::string subnet = TextOf(inputs, names::kSubnetId);
  const std::string table = TextOf(inputs, names::kRouteTableId);
  // EC2 may answer an equal association as if it had just made it. Asking first tells an old one
  // from a new one, which Remove has to know.
  PALISADE_ASSIGN_OR_RETURN(const Seen old, FindBySubnet(session, subnet));
  if (old.node) {
    if (Text(old.node, "routeTableId") != table) return Taken(subnet, table, old.node);
    const std::string id = IdOf(old.node);
    TookOver(session, id);
    session.call().Warn("the subnet " + subnet + " used the route table " + table +
                        " already; this resource takes the association " + id + " over");
    return id;
  }
  Params params;
  params.Add("RouteTableId", table).Add("SubnetId", subnet);
  std::string id;
  const absl::Status status = session.RetryWhile(
      {"InvalidRouteTableID.NotFound", "InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"},
      kParentLimit, "the subnet " + subnet + " and the route table to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(
            const Xml reply, session.Ec2("AssociateRouteTable", params, Idempotency::kIdempotent));
        id = Text(reply.root, "associationId");
        return absl::OkStatus();
      });
  if (HasCode(status, {"Resource.AlreadyAssociated"})) {
    // An attempt of ours whose reply was lost, or somebody else was faster.
    PALISADE_ASSIGN_OR_RETURN(const Seen now, FindBySubnet(session, subnet));
    if (!now.node) return status;
    if (Text(now.node, "routeTableId") != table) return Taken(subnet, table, now.node);
    return IdOf(now.node);
  }
  PALISADE_RETURN_IF_ERROR(status);
  return id;
}

absl::Status SubnetRouteTableAssociation::Settle(Session& session, const std::string& id,
                                                 const PropertyMap&, bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen,
      WatchUntil(session, {.what = "waiting for the association " + id,
                           .not_found = kNotFound,
                           .fresh = fresh,
                           .describe = [&] { return FindById(session, id); },
                           .judge = [&](pugi::xml_node node) -> absl::StatusOr<Sight> {
                             const std::string state = StateOf(node);
                             if (state == "failed") {
                               return base::FailedPrecondition(
                                   "the association " + id + " failed: " +
                                   Text(node.child("associationState"), "statusMessage"));
                             }
                             return Sight{.done = state != "associating", .state = state};
                           }}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> SubnetRouteTableAssociation::Look(Session& session,
                                                                       const std::string& id,
                                                                       const PropertyMap*) const {
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    const std::size_t slash = id.find('/');
    const bool pair = id.starts_with("subnet-") && slash != std::string::npos;
    if (!pair) PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, kAssociation));
    PALISADE_ASSIGN_OR_RETURN(
        seen, pair ? FindBySubnet(session, id.substr(0, slash)) : FindById(session, id));
    if (pair && Text(seen.node, "routeTableId") != id.substr(slash + 1)) return std::nullopt;
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.id = IdOf(seen.node);
  PutText(found.inputs, names::kSubnetId, Text(seen.node, "subnetId"));
  PutText(found.inputs, names::kRouteTableId, Text(seen.node, "routeTableId"));
  found.state = StateOf(seen.node);
  ShowInputs(found);
  return found;
}

absl::Status SubnetRouteTableAssociation::Remove(Session& session,
                                                 const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  PALISADE_RETURN_IF_ERROR(session
                               .Ec2("DisassociateRouteTable", Params().Add("AssociationId", id),
                                    Idempotency::kIdempotent)
                               .status());
  return WaitUntilGone(session, "waiting for the association " + id + " to be gone", kNotFound,
                       [&] { return FindById(session, id); });
}

absl::StatusOr<ListedPage> SubnetRouteTableAssociation::Enumerate(Session& session,
                                                                  const std::string& continuation,
                                                                  std::size_t page_size) const {
  const auto ids = [](pugi::xml_node table) {
    std::vector<std::string> texts;
    for (const pugi::xml_node each : Items(table, "associationSet")) {
      if (!Text(each, "subnetId").empty() && IsThere(each)) texts.push_back(IdOf(each));
    }
    return texts;
  };
  return ListOnePage(session, {"DescribeRouteTables", "routeTableSet", 100, ids}, continuation,
                     page_size);
}

void SubnetRouteTableAssociation::MigrateState(int, PropertyMap& inputs,
                                               PropertyMap& outputs) const {
  MoveBags({.renamed = {}, .inputs = {names::kSubnetId, names::kRouteTableId}}, inputs, outputs);
  outputs.erase("awsId");  // the id once more
}

}  // namespace palisade::aws::ec2

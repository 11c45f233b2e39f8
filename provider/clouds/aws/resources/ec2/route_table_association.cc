#include "provider/clouds/aws/resources/ec2/route_table_association.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {

const AssociationEnd kSubnetEnd{.noun = "subnet",
                                .type = "SubnetRouteTableAssociation",
                                .parameter = "SubnetId",
                                .member = "subnetId",
                                .filter = "association.subnet-id",
                                .id_prefix = "subnet-",
                                .unseen = {"InvalidRouteTableID.NotFound",
                                           "InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"}};

const AssociationEnd kGatewayEnd{
    .noun = "gateway",
    .type = "GatewayRouteTableAssociation",
    .parameter = "GatewayId",
    .member = "gatewayId",
    .filter = "association.gateway-id",
    .id_prefix = "",
    .unseen = {"InvalidRouteTableID.NotFound", "InvalidGatewayID.NotFound",
               "InvalidInternetGatewayID.NotFound", "InvalidVpnGatewayID.NotFound"}};

namespace {

using http::Idempotency;
using resource::Sight;

constexpr rules::IdKind kAssociation{"rtbassoc-", "association with a route table",
                                     "the id that EC2 gave it"};
constexpr const char* kIdFilter = "association.route-table-association-id";
constexpr const char* kIdMember = "routeTableAssociationId";

bool IsGone(pugi::xml_node association) {
  return AssociationStateOf(association) == "disassociated";
}

bool IsGoing(pugi::xml_node association) {
  return AssociationStateOf(association) == "disassociating";
}

// The association whose member `member` is `text`; tables tell theirs.
absl::StatusOr<Seen> Find(Session& session, const char* filter, const char* member,
                          const std::string& text, bool also_going = false) {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen, DescribeFirst(session, "DescribeRouteTables", Params().AddFilter(filter, {text}),
                               "routeTableSet"));
  seen.node = {};
  for (const pugi::xml_node table : Items(seen.reply.root, "routeTableSet")) {
    for (const pugi::xml_node each : Items(table, "associationSet")) {
      if (Text(each, member) != text || IsGone(each) || (IsGoing(each) && !also_going)) continue;
      seen.node = each;
    }
  }
  return seen;
}

}  // namespace

std::string AssociationIdOf(pugi::xml_node association) { return Text(association, kIdMember); }

std::string AssociationStateOf(pugi::xml_node association) {
  return Text(association.child("associationState"), "state");
}

std::string TableOf(pugi::xml_node association) { return Text(association, "routeTableId"); }

absl::StatusOr<Seen> FindAssociation(Session& session, const std::string& id) {
  return Find(session, kIdFilter, kIdMember, id);
}

absl::StatusOr<Seen> FindAssociationOf(Session& session, const AssociationEnd& end,
                                       const std::string& target) {
  return Find(session, end.filter, end.member, target);
}

absl::StatusOr<Seen> FindAssociationNamed(Session& session, const AssociationEnd& end,
                                          const std::string& name) {
  const std::size_t slash = name.find('/');
  if (slash != std::string::npos && name.starts_with(end.id_prefix)) {
    PALISADE_ASSIGN_OR_RETURN(Seen seen, FindAssociationOf(session, end, name.substr(0, slash)));
    if (TableOf(seen.node) != name.substr(slash + 1)) seen.node = {};
    return seen;
  }
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(name, kAssociation));
  PALISADE_ASSIGN_OR_RETURN(Seen seen, FindAssociation(session, name));
  if (seen.node && Text(seen.node, end.member).empty()) {
    return base::FailedPrecondition("the association " + name + " of the route table " +
                                    TableOf(seen.node) + " is with no " + std::string(end.noun) +
                                    ", so it is no " + std::string(end.type));
  }
  return seen;
}

absl::Status PlaceIsTaken(const AssociationEnd& end, const std::string& target,
                          const std::string& table, pugi::xml_node other) {
  const std::string id = AssociationIdOf(other);
  return base::FailedPrecondition(
      "the " + std::string(end.noun) + " " + target + " uses the route table " + TableOf(other) +
      " by the association " + id + ", not " + table +
      ", and has room for one; remove that association, or take it over with `pulumi import "
      "palisade:aws/ec2:" +
      std::string(end.type) + " NAME " + id + "`");
}

absl::StatusOr<Associated> Associate(Session& session, const AssociationEnd& end,
                                     const std::string& target, const std::string& table) {
  const std::string ends = "the " + std::string(end.noun) + " " + target;
  // EC2 may answer an equal association as if it had just made it. Asking first tells an old one
  // from a new one, which a delete has to know.
  PALISADE_ASSIGN_OR_RETURN(const Seen old, FindAssociationOf(session, end, target));
  if (old.node) {
    if (TableOf(old.node) != table) return PlaceIsTaken(end, target, table, old.node);
    Associated associated{AssociationIdOf(old.node), true};
    session.call().Warn(ends + " used the route table " + table +
                        " already; this resource takes the association " + associated.id + " over");
    return associated;
  }
  Params params;
  params.Add("RouteTableId", table).Add(end.parameter, target);
  Associated associated;
  const absl::Status status = session.RetryWhile(
      end.unseen, kParentLimit, ends + " and the route table to be visible", [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(
            const Xml reply, session.Ec2("AssociateRouteTable", params, Idempotency::kIdempotent));
        associated.id = Text(reply.root, "associationId");
        return absl::OkStatus();
      });
  if (HasCode(status, {"Resource.AlreadyAssociated"})) {
    // An attempt of ours whose reply was lost, or somebody else was faster.
    PALISADE_ASSIGN_OR_RETURN(const Seen now, FindAssociationOf(session, end, target));
    if (!now.node) return status;
    if (TableOf(now.node) != table) return PlaceIsTaken(end, target, table, now.node);
    return Associated{AssociationIdOf(now.node), false};
  }
  PALISADE_RETURN_IF_ERROR(status);
  return associated;
}

absl::StatusOr<Sight> JudgeAssociation(pugi::xml_node association) {
  const std::string state = AssociationStateOf(association);
  if (state == "failed") {
    return base::FailedPrecondition(
        "the association " + AssociationIdOf(association) +
        " failed: " + Text(association.child("associationState"), "statusMessage"));
  }
  return Sight{.done = state != "associating", .state = state};
}

absl::Status Disassociate(Session& session, const std::string& id) {
  PALISADE_RETURN_IF_ERROR(session
                               .Ec2("DisassociateRouteTable", Params().Add("AssociationId", id),
                                    Idempotency::kIdempotent)
                               .status());
  return WaitUntilGone(session, "waiting for the association " + id + " to be gone",
                       {kNoAssociation, "InvalidRouteTableID.NotFound"},
                       [&] { return Find(session, kIdFilter, kIdMember, id, true); });
}

absl::StatusOr<ListedPage> ListAssociations(Session& session, const AssociationEnd& end,
                                            std::string (*name)(pugi::xml_node),
                                            const std::string& continuation,
                                            std::size_t page_size) {
  const auto ids = [&](pugi::xml_node table) {
    std::vector<std::string> texts;
    for (const pugi::xml_node each : Items(table, "associationSet")) {
      const bool there = !IsGone(each) && !IsGoing(each);
      if (there && !Text(each, end.member).empty()) texts.push_back(name(each));
    }
    return texts;
  };
  return ListOnePage(session, {"DescribeRouteTables", "routeTableSet", 100, ids}, continuation,
                     page_size);
}

}  // namespace palisade::aws::ec2

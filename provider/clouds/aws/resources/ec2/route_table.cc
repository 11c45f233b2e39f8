#include "provider/clouds/aws/resources/ec2/route_table.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr std::chrono::minutes kPatience{5};

const std::vector<std::string_view> kNotFound = {"InvalidRouteTableID.NotFound"};

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeRouteTables", Params().AddList("RouteTableId", {id}),
                       "routeTableSet");
}

}  // namespace

const AwsTraits& RouteTable::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "route-table",
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = kPatience + kAfterWait};
  return traits;
}

std::optional<std::string> RouteTable::ExplainUnknown(std::string_view name) const {
  if (name == "routes") return "are resources of their own: make each a Route of this table";
  if (name == "propagatingVgws") {
    return "is no input of this type, which has CloudFormation's; remove it";
  }
  return std::nullopt;
}

void RouteTable::CheckInputs(const resource::CheckRequest& request,
                             resource::Findings& findings) const {
  rules::CheckRouteTable(request.inputs, findings);
}

absl::StatusOr<std::string> RouteTable::Make(Session& session, const PropertyMap& inputs,
                                             const Tags& tags) const {
  const std::string vpc = TextOf(inputs, names::kVpcId);
  Params params;
  params.Add("VpcId", vpc).Add("ClientToken", session.client_token());
  params.AddTagSpecification("route-table", tags);
  std::string id;
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      {"InvalidVpcID.NotFound"}, kParentLimit, "the VPC " + vpc + " to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(
            const Xml reply, session.Ec2("CreateRouteTable", params, Idempotency::kIdempotent));
        id = Text(reply.root.child("routeTable"), "routeTableId");
        return absl::OkStatus();
      }));
  return id;
}

absl::Status RouteTable::Settle(Session& session, const std::string& id, const PropertyMap&,
                                bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen,
      WatchUntil(session, {.what = "waiting for the route table " + id + " to be visible",
                           .not_found = kNotFound,
                           .fresh = fresh,
                           .describe = [&] { return Describe(session, id); },
                           .judge = [](pugi::xml_node) -> absl::StatusOr<Sight> {
                             return Sight{.done = true, .state = ""};
                           }}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> RouteTable::Look(Session& session, const std::string& id,
                                                      const PropertyMap*) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kRouteTable));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  PutText(found.inputs, names::kVpcId, Text(seen.node, "vpcId"));
  found.outputs[names::kRouteTableId] = id;
  PutText(found.outputs, names::kArn,
          ArnOf(session, Text(seen.node, "ownerId"), "route-table/" + id));
  found.tags = TagSet(seen.node);
  ShowInputs(found);
  return found;
}

absl::Status RouteTable::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  PALISADE_RETURN_IF_ERROR(DeletePatiently(
      session,
      {.operation = "DeleteRouteTable",
       .params = Params().Add("RouteTableId", id),
       .patience = kPatience,
       .waiting_for = "the associations of the route table " + id + " to be gone",
       .advice = "the route table " + id +
                 " is used by a subnet or gateway, by something that is not part of this program, "
                 "or it is the VPC's main one"}));
  return WaitUntilGone(session, "waiting for the route table " + id + " to be gone", kNotFound,
                       [&] { return Describe(session, id); });
}

absl::StatusOr<ListedPage> RouteTable::Enumerate(Session& session, const std::string& continuation,
                                                 std::size_t page_size) const {
  const auto ids = [](pugi::xml_node table) -> std::vector<std::string> {
    return {Text(table, "routeTableId")};
  };
  return ListOnePage(session, {"DescribeRouteTables", "routeTableSet", 100, ids}, continuation,
                     page_size);
}

void RouteTable::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  const std::string id = MoveBags({.renamed = {}, .inputs = {names::kVpcId}}, inputs, outputs);
  if (!outputs.contains(names::kRouteTableId)) PutText(outputs, names::kRouteTableId, id);
}

}  // namespace palisade::aws::ec2

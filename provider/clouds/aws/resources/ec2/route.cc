#include "provider/clouds/aws/resources/ec2/route.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/route_key.h"
#include "provider/clouds/aws/resources/ec2/route_target.h"
#include "provider/clouds/aws/rules/ec2.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

const std::vector<std::string_view> kNotFound = {"InvalidRoute.NotFound",
                                                 "InvalidRouteTableID.NotFound"};

// A table or target that this run has just made may not be known yet.
const std::vector<std::string_view> kUnseen = {"InvalidRouteTableID.NotFound",
                                               "InvalidVpcEndpointId.NotFound",
                                               "InvalidGatewayID.NotFound",
                                               "InvalidInternetGatewayID.NotFound",
                                               "InvalidVpnGatewayID.NotFound",
                                               "InvalidNatGatewayID.NotFound",
                                               "NatGatewayNotFound",
                                               "InvalidTransitGatewayID.NotFound",
                                               "InvalidNetworkInterfaceID.NotFound",
                                               "InvalidInstanceID.NotFound",
                                               "InvalidVpcPeeringConnectionID.NotFound"};

constexpr char kLocal[] = "local";

// Endpoints of a firewall take longer to be known than other targets.
std::chrono::seconds UnseenLimit(const RouteTarget& target) {
  return std::string_view(target.kind->input) == names::kVpcEndpointId ? kUnseenLimit
                                                                       : kParentLimit;
}

absl::StatusOr<RouteTarget> NeededTarget(const PropertyMap& inputs) {
  RouteTarget target = TargetOf(inputs);
  if (target.kind == nullptr) return base::InvalidArgument("the route has no target; set one");
  return target;
}

// Creating and replacing a route twice does no more than once: the second create is refused.
absl::Status Send(Session& session, const std::string& operation, const RouteKey& key,
                  const RouteTarget& target) {
  Params params = key.ToParams();
  if (target.text == kLocal) {
    params.Add("LocalTarget", true);
  } else {
    params.Add(std::string(target.kind->wire), target.text);
  }
  return session.RetryWhile(kUnseen, UnseenLimit(target), Described(target) + " to be known", [&] {
    return session.Ec2(operation, params, Idempotency::kIdempotent).status();
  });
}

// The table has a route for the destination. Ours, if it is what the inputs ask for.
absl::Status TakeOver(Session& session, const RouteKey& key, const RouteTarget& target,
                      const PropertyMap& inputs, const absl::Status& refused) {
  PALISADE_ASSIGN_OR_RETURN(const Seen seen, FindRoute(session, key));
  const RouteTarget now = TargetSeen(seen.node, &inputs);
  if (seen.node && now == target) {
    session.call().Warn("the route table " + key.table + " sent " + key.destination + " to " +
                        Described(target) + " already; this resource takes the route over");
    return absl::OkStatus();
  }
  return base::Annotate(refused, "the route table " + key.table + " sends " + key.destination +
                                     " to " + Described(now) + ", not to " + Described(target) +
                                     "; remove that route, or take it over with `pulumi import "
                                     "palisade:aws/ec2:Route NAME '" +
                                     key.Id() + "'`");
}

// A range inside the VPC keeps its route for ever; it only goes back to its own target.
absl::StatusOr<bool> RestoreLocal(Session& session, const RouteKey& key) {
  PALISADE_ASSIGN_OR_RETURN(const Seen seen, FindRoute(session, key));
  if (!seen.node || Text(seen.node, "origin") != "CreateRouteTable") return false;
  if (Text(seen.node, "gatewayId") == kLocal) return true;
  PALISADE_RETURN_IF_ERROR(
      session.Ec2("ReplaceRoute", key.ToParams().Add("LocalTarget", true), Idempotency::kIdempotent)
          .status());
  return true;
}

}  // namespace

const AwsTraits& Route::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = std::chrono::minutes(5)};
  return traits;
}

std::optional<std::string> Route::ExplainUnknown(std::string_view name) const {
  if (name == "egressOnlyGatewayId") return "is called egressOnlyInternetGatewayId here";
  return std::nullopt;
}

void Route::CheckInputs(const resource::CheckRequest& request, resource::Findings& findings) const {
  rules::CheckRoute(request.inputs, findings);
}

void Route::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                       resource::Findings&) const {
  ForgetEqualCidr(request, names::kDestinationCidrBlock, changes);
  ForgetEqualCidr(request, names::kDestinationIpv6CidrBlock, changes);
}

PropertyMap Route::PreviewOutputs(const resource::PreviewRequest& request) const {
  PropertyMap outputs;
  PutText(outputs, names::kCidrBlock, RouteKeyOf(request.inputs).destination);
  return outputs;
}

absl::StatusOr<std::string> Route::Make(Session& session, const PropertyMap& inputs,
                                        const Tags&) const {
  const RouteKey key = RouteKeyOf(inputs);
  PALISADE_ASSIGN_OR_RETURN(const RouteTarget target, NeededTarget(inputs));
  if (target.text == kLocal) {
    return base::FailedPrecondition(
        "a route inside the VPC cannot be made: every table has it from the start; take it over "
        "with `pulumi import palisade:aws/ec2:Route NAME '" +
        key.Id() + "'`");
  }
  const absl::Status status = Send(session, "CreateRoute", key, target);
  if (HasCode(status, {"RouteAlreadyExists"})) {
    PALISADE_RETURN_IF_ERROR(TakeOver(session, key, target, inputs, status));
    TookOver(session, key.Id());
  } else if (!status.ok()) {
    return status;
  }
  return key.Id();
}

absl::Status Route::Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                           bool /*fresh*/) const {
  const RouteKey key = RouteKeyOf(inputs);
  PALISADE_ASSIGN_OR_RETURN(const RouteTarget target, NeededTarget(inputs));
  const base::SteadyTime start = session.call().clock().Steady();
  const std::string what = "waiting for the route " + key.Id() + " to show";
  Seen seen;
  PALISADE_RETURN_IF_ERROR(
      resource::WaitUntil(session.call(), {.what = what}, [&]() -> absl::StatusOr<Sight> {
        absl::StatusOr<Seen> now = FindRoute(session, key);
        const bool unseen = HasCode(now.status(), kNotFound);
        if (!now.ok() && !unseen) return now.status();
        if (now.ok()) seen = *std::move(now);
        const RouteTarget shown = TargetSeen(seen.node, &inputs);
        if (shown == target) return Sight{.done = true, .state = ""};
        if (session.call().clock().Steady() - start >= kUnseenLimit) {
          return base::FailedPrecondition(what + ": the table sends " + key.destination + " to " +
                                          Described(shown) + ", not to " + Described(target) +
                                          "; something else changes it");
        }
        return Sight{.done = false, .state = "not visible yet"};
      }));
  if (Text(seen.node, "state") == "blackhole") {
    session.call().Warn("the route " + key.Id() + " is a black hole: " + Described(target) +
                        " does not exist or is not ready, so its traffic is dropped");
  }
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> Route::Look(Session& session, const std::string& id,
                                                 const PropertyMap* inputs) const {
  PALISADE_ASSIGN_OR_RETURN(const RouteKey key, ParseRouteId(id, inputs));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, FindRoute(session, key));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.id = key.Id();
  found.inputs[names::kRouteTableId] = key.table;
  found.inputs[key.Input()] = SpelledAsBefore(inputs, key.Input(), key.destination);
  const RouteTarget target = TargetSeen(seen.node, inputs);
  if (target.kind != nullptr) found.inputs[target.kind->input] = target.text;
  found.outputs[names::kCidrBlock] = key.destination;
  found.state = Text(seen.node, "state");
  ShowInputs(found);
  return found;
}

absl::Status Route::Change(Session& session, const resource::UpdateRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const RouteTarget target, NeededTarget(request.new_inputs));
  if (target == TargetOf(request.old_inputs)) return absl::OkStatus();
  return Send(session, "ReplaceRoute", RouteKeyOf(request.new_inputs), target);
}

absl::Status Route::Remove(Session& session, const resource::DeleteRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const RouteKey key, ParseRouteId(request.id, &request.inputs));
  const absl::Status status =
      session.Ec2("DeleteRoute", key.ToParams(), Idempotency::kIdempotent).status();
  if (HasCode(status, {"InvalidParameterValue"})) {
    PALISADE_ASSIGN_OR_RETURN(const bool restored, RestoreLocal(session, key));
    return restored ? absl::OkStatus() : status;
  }
  PALISADE_RETURN_IF_ERROR(status);
  return WaitUntilGone(session, "waiting for the route " + key.Id() + " to be gone", kNotFound,
                       [&] { return FindRoute(session, key); });
}

absl::StatusOr<ListedPage> Route::Enumerate(Session& session, const std::string& continuation,
                                            std::size_t page_size) const {
  const auto ids = [](pugi::xml_node table) {
    std::vector<std::string> texts;
    for (const pugi::xml_node route : Items(table, "routeSet")) {
      if (Text(route, "origin") != "CreateRoute") continue;
      texts.push_back(RouteKey{Text(table, "routeTableId"), DestinationOf(route)}.Id());
    }
    return texts;
  };
  return ListOnePage(session, {"DescribeRouteTables", "routeTableSet", 100, ids}, continuation,
                     page_size);
}

void Route::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  Moved moved{.renamed = {{"egressOnlyGatewayId", names::kEgressOnlyInternetGatewayId}},
              .inputs = {names::kRouteTableId, names::kDestinationCidrBlock,
                         names::kDestinationIpv6CidrBlock, names::kDestinationPrefixListId}};
  for (const TargetKind& kind : TargetKinds()) moved.inputs.emplace_back(kind.input);
  MoveBags(moved, inputs, outputs);
  const RouteKey key = RouteKeyOf(outputs);
  if (!outputs.contains(names::kCidrBlock)) {
    PutText(outputs, names::kCidrBlock, key.destination);
  }
}

}  // namespace palisade::aws::ec2

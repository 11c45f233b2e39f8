#include "provider/clouds/aws/resources/ec2/internet_gateway.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/rules/ids.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr std::chrono::minutes kPatience{5};

const std::vector<std::string_view> kNotFound = {"InvalidInternetGatewayID.NotFound"};

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeInternetGateways",
                       Params().AddList("InternetGatewayId", {id}), "internetGatewaySet");
}

}  // namespace

const AwsTraits& InternetGateway::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "internet-gateway",
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(5),
                                .update_timeout = std::chrono::minutes(5),
                                .delete_timeout = kPatience + kAfterWait};
  return traits;
}

std::optional<std::string> InternetGateway::ExplainUnknown(std::string_view name) const {
  if (name == names::kVpcId) {
    return "belongs to VpcGatewayAttachment: add one with this vpcId and the internetGatewayId of "
           "this gateway";
  }
  return std::nullopt;
}

absl::StatusOr<std::string> InternetGateway::Make(Session& session, const PropertyMap&,
                                                  const Tags& tags) const {
  Params params;
  params.AddTagSpecification("internet-gateway", tags);
  PALISADE_ASSIGN_OR_RETURN(
      const Xml reply, session.Ec2("CreateInternetGateway", params, Idempotency::kNonIdempotent));
  return Text(reply.root.child("internetGateway"), "internetGatewayId");
}

absl::Status InternetGateway::Settle(Session& session, const std::string& id, const PropertyMap&,
                                     bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen, WatchUntil(session, {.what = "waiting for the gateway " + id + " to be visible",
                                      .not_found = kNotFound,
                                      .fresh = fresh,
                                      .describe = [&] { return Describe(session, id); },
                                      .judge = [](pugi::xml_node) -> absl::StatusOr<Sight> {
                                        return Sight{.done = true, .state = ""};
                                      }}));
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> InternetGateway::Look(Session& session, const std::string& id,
                                                           const PropertyMap*) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kInternetGateway));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.outputs[names::kInternetGatewayId] = id;
  PutText(found.outputs, names::kArn,
          ArnOf(session, Text(seen.node, "ownerId"), "internet-gateway/" + id));
  found.tags = TagSet(seen.node);
  return found;
}

absl::Status InternetGateway::Remove(Session& session,
                                     const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  PALISADE_RETURN_IF_ERROR(DeletePatiently(
      session, {.operation = "DeleteInternetGateway",
                .params = Params().Add("InternetGatewayId", id),
                .patience = kPatience,
                .waiting_for = "the gateway " + id + " to be detached",
                .advice = "the gateway " + id +
                          " is attached to a VPC by something that is not part of this program"}));
  return WaitUntilGone(session, "waiting for the gateway " + id + " to be gone", kNotFound,
                       [&] { return Describe(session, id); });
}

absl::StatusOr<ListedPage> InternetGateway::Enumerate(Session& session,
                                                      const std::string& continuation,
                                                      std::size_t page_size) const {
  const auto ids = [](pugi::xml_node gateway) -> std::vector<std::string> {
    return {Text(gateway, "internetGatewayId")};
  };
  return ListOnePage(session, {"DescribeInternetGateways", "internetGatewaySet", 1000, ids},
                     continuation, page_size);
}

void InternetGateway::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  const std::string id = MoveBags({.renamed = {}, .inputs = {}}, inputs, outputs);
  outputs.erase(names::kVpcId);
  if (!outputs.contains(names::kInternetGatewayId)) {
    PutText(outputs, names::kInternetGatewayId, id);
  }
}

}  // namespace palisade::aws::ec2

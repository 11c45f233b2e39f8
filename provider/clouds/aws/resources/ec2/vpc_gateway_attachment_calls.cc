#include "provider/clouds/aws/resources/ec2/vpc_gateway_attachment_calls.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {

using http::Idempotency;
using resource::Sight;

const GatewayKind kInternetKind{.id = "IGW",
                                .input = names::kInternetGatewayId,
                                .wire = "InternetGatewayId",
                                .attach = "AttachInternetGateway",
                                .detach = "DetachInternetGateway",
                                .describe = "DescribeInternetGateways",
                                .list = "internetGatewaySet",
                                .attachments = "attachmentSet",
                                .noun = "internet gateway"};
const GatewayKind kVpnKind{.id = "VGW",
                           .input = names::kVpnGatewayId,
                           .wire = "VpnGatewayId",
                           .attach = "AttachVpnGateway",
                           .detach = "DetachVpnGateway",
                           .describe = "DescribeVpnGateways",
                           .list = "vpnGatewaySet",
                           .attachments = "attachments",
                           .noun = "virtual private gateway"};

namespace {

constexpr std::chrono::minutes kPatience{20};

Params ParamsOf(const AttachmentKey& key) {
  return Params().Add(std::string(key.kind->wire), key.gateway).Add("VpcId", key.vpc);
}

// EC2 refuses because something is attached: the gateway elsewhere, or another one here.
absl::Status Explain(const absl::Status& status, const AttachmentKey& key,
                     const std::optional<Attachment>& other) {
  if (!other) return status;
  return base::Annotate(status,
                        "the VPC " + key.vpc + " has the " + std::string(key.kind->noun) + " " +
                            other->gateway +
                            " attached, and there is room for one; detach it, or take it over with "
                            "`pulumi import palisade:aws/ec2:VpcGatewayAttachment NAME '" +
                            key.Id() + "'`");
}

}  // namespace

const GatewayKind* GatewayKindOf(const PropertyMap& inputs) {
  for (const GatewayKind* kind : {&kInternetKind, &kVpnKind}) {
    if (value::View(inputs).Has(kind->input)) return kind;
  }
  return nullptr;
}

absl::StatusOr<AttachmentKey> ParseAttachmentId(const std::string& id, const PropertyMap* inputs) {
  AttachmentKey key;
  for (const GatewayKind* kind : {&kInternetKind, &kVpnKind}) {
    if (id.starts_with(std::string(kind->id) + "|vpc-")) {
      key.kind = kind;
      key.vpc = id.substr(kind->id.size() + 1);
    }
  }
  const std::size_t colon = id.find(":vpc-");
  if (key.kind == nullptr && id.starts_with("igw-") && colon != std::string::npos) {
    key = {&kInternetKind, id.substr(colon + 1), id.substr(0, colon)};
  }
  if (inputs != nullptr) {
    if (key.kind == nullptr) key = {GatewayKindOf(*inputs), TextOf(*inputs, names::kVpcId), ""};
    if (key.kind != nullptr) key.gateway = TextOf(*inputs, key.kind->input);
  }
  if (key.kind != nullptr && !key.vpc.empty()) return key;
  return base::InvalidArgument("\"" + id +
                               "\" is no id of an attachment; expected IGW|vpc-... for an internet "
                               "gateway or VGW|vpc-... for a virtual private gateway");
}

absl::StatusOr<std::optional<Attachment>> FindAttachment(Session& session,
                                                         const AttachmentKey& key) {
  PALISADE_ASSIGN_OR_RETURN(
      const Xml reply,
      session.Ec2(key.kind->describe, Params().AddFilter("attachment.vpc-id", {key.vpc}),
                  Idempotency::kIdempotent));
  // A virtual private gateway keeps its attachments of old, as detached ones.
  std::optional<Attachment> found;
  for (const pugi::xml_node gateway : Items(reply.root, key.kind->list)) {
    for (const pugi::xml_node each : Items(gateway, key.kind->attachments)) {
      Attachment attachment{Text(gateway, key.kind->input), Text(each, "state")};
      if (Text(each, "vpcId") != key.vpc || attachment.state == "detached") continue;
      if (!found || attachment.gateway == key.gateway) found = std::move(attachment);
    }
  }
  return found;
}

absl::Status Attach(Session& session, const AttachmentKey& key, bool& found) {
  static const std::vector<std::string_view> kUnseen = {
      "InvalidInternetGatewayID.NotFound", "InvalidVpnGatewayID.NotFound", "InvalidVpcID.NotFound"};
  // Attaching twice does no more than attaching once: the second time is refused.
  const absl::Status status = session.RetryWhile(
      kUnseen, kParentLimit, "the gateway " + key.gateway + " and the VPC to be visible", [&] {
        return session.Ec2(key.kind->attach, ParamsOf(key), Idempotency::kIdempotent).status();
      });
  if (!HasCode(status, {"Resource.AlreadyAssociated", "VpnGatewayAttachmentLimitExceeded",
                        "IncorrectState"})) {
    return status;
  }
  PALISADE_ASSIGN_OR_RETURN(const auto attached, FindAttachment(session, key));
  found = attached && attached->gateway == key.gateway;
  return found ? absl::OkStatus() : Explain(status, key, attached);
}

absl::Status Detach(Session& session, const AttachmentKey& key) {
  const std::string what = std::string(key.kind->noun) + " " + key.gateway;
  PALISADE_RETURN_IF_ERROR(DeletePatiently(
      session, {.operation = key.kind->detach,
                .params = ParamsOf(key),
                .patience = kPatience,
                .waiting_for = "public addresses in the VPC " + key.vpc + " to be released",
                .advice = "the " + what + " cannot leave the VPC " + key.vpc +
                          " while public addresses in it are in use: look for elastic addresses, "
                          "NAT gateways, load balancers and instances"}));
  return resource::WaitUntil(
      session.call(), {.what = "waiting for the " + what + " to be detached"},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(const auto left, FindAttachment(session, key));
        const bool gone = !left || left->gateway != key.gateway;
        return Sight{.done = gone, .state = gone ? "" : left->state};
      });
}

}  // namespace palisade::aws::ec2

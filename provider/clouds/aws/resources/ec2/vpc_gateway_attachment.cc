#include "provider/clouds/aws/resources/ec2/vpc_gateway_attachment.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/vpc_gateway_attachment_calls.h"
#include "provider/clouds/aws/rules/ec2.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

const std::vector<std::string_view> kNotFound = {
    "Gateway.NotAttached", "InvalidInternetGatewayID.NotFound", "InvalidVpnGatewayID.NotFound",
    "InvalidVpnGatewayAttachment.NotFound", "InvalidVpcID.NotFound"};

absl::StatusOr<AttachmentKey> KeyOf(const PropertyMap& inputs) {
  const GatewayKind* kind = GatewayKindOf(inputs);
  if (kind == nullptr) {
    return base::InvalidArgument("neither internetGatewayId nor vpnGatewayId is set; set one");
  }
  return AttachmentKey{kind, TextOf(inputs, names::kVpcId), TextOf(inputs, kind->input)};
}

}  // namespace

const AwsTraits& VpcGatewayAttachment::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(15),
                                .update_timeout = std::chrono::minutes(30),
                                .delete_timeout = std::chrono::minutes(20) + kAfterWait,
                                .delete_before_replace = true};
  return traits;
}

void VpcGatewayAttachment::CheckInputs(const resource::CheckRequest& request,
                                       resource::Findings& findings) const {
  rules::CheckVpcGatewayAttachment(request.inputs, findings);
}

void VpcGatewayAttachment::DiffInputs(const resource::DiffRequest& request,
                                      resource::Changes& changes, resource::Findings&) const {
  if (GatewayKindOf(request.old_inputs) == GatewayKindOf(request.new_inputs)) return;
  // The kind is part of the id.
  for (auto& [path, change] : changes) {
    if (path.top() == names::kInternetGatewayId || path.top() == names::kVpnGatewayId) {
      change.replace = true;
    }
  }
}

PropertyMap VpcGatewayAttachment::PreviewOutputs(const resource::PreviewRequest& request) const {
  PropertyMap outputs;
  if (const GatewayKind* kind = GatewayKindOf(request.inputs)) {
    outputs[names::kAttachmentType] = kind->id;
  }
  return outputs;
}

absl::StatusOr<std::string> VpcGatewayAttachment::Make(Session& session, const PropertyMap& inputs,
                                                       const Tags&) const {
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey key, KeyOf(inputs));
  bool found = false;
  PALISADE_RETURN_IF_ERROR(Attach(session, key, found));
  if (found) {
    TookOver(session, key.Id());
    session.call().Warn("the " + std::string(key.kind->noun) + " " + key.gateway +
                        " was attached to the VPC " + key.vpc +
                        " already; this resource takes the attachment over");
  }
  return key.Id();
}

absl::Status VpcGatewayAttachment::Settle(Session& session, const std::string& id,
                                          const PropertyMap& inputs, bool fresh) const {
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey key, KeyOf(inputs));
  PALISADE_ASSIGN_OR_RETURN(auto attached, FindAttachment(session, key));
  if (!fresh && (!attached || attached->gateway != key.gateway)) {
    // An update that ended between detaching the old one and attaching the new one.
    bool found = false;
    PALISADE_RETURN_IF_ERROR(Attach(session, key, found));
    PALISADE_ASSIGN_OR_RETURN(attached, FindAttachment(session, key));
  }
  const base::SteadyTime start = session.call().clock().Steady();
  const std::string what = "waiting for " + key.gateway + " to be attached to " + key.vpc;
  const auto ours = [&] { return attached && attached->gateway == key.gateway; };
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      session.call(), {.what = what}, [&, first = true]() mutable -> absl::StatusOr<Sight> {
        if (!std::exchange(first, false)) {
          PALISADE_ASSIGN_OR_RETURN(attached, FindAttachment(session, key));
        }
        if (ours()) return Sight{.done = attached->ready(), .state = attached->state};
        if (session.call().clock().Steady() - start >= kUnseenLimit) {
          return base::NotFound(what + ": it does not show in the VPC");
        }
        return Sight{.done = false, .state = "not visible yet"};
      }));
  session.left_over = std::pair(id, *std::move(attached));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> VpcGatewayAttachment::Look(Session& session,
                                                                const std::string& id,
                                                                const PropertyMap* inputs) const {
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey key, ParseAttachmentId(id, inputs));
  std::optional<Attachment> attached;
  if (auto* left = std::any_cast<std::pair<std::string, Attachment>>(&session.left_over);
      left != nullptr && left->first == id) {
    attached = std::move(left->second);
    session.left_over.reset();
  } else {
    PALISADE_ASSIGN_OR_RETURN(attached, FindAttachment(session, key));
  }
  if (!attached || attached->state == "detaching") return std::nullopt;
  Found found;
  found.id = key.Id();
  found.inputs[names::kVpcId] = key.vpc;
  found.inputs[key.kind->input] = attached->gateway;
  found.outputs[names::kAttachmentType] = key.kind->id;
  found.state = attached->state;
  ShowInputs(found);
  return found;
}

absl::Status VpcGatewayAttachment::Change(Session& session,
                                          const resource::UpdateRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey before, KeyOf(request.old_inputs));
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey after, KeyOf(request.new_inputs));
  if (before.gateway == after.gateway) return absl::OkStatus();
  if (const absl::Status status = Detach(session, before);
      !status.ok() && !HasCode(status, kNotFound)) {
    return status;
  }
  session.call().RecordId(request.id, request.old_outputs);
  bool found = false;
  return Attach(session, after, found);
}

absl::Status VpcGatewayAttachment::Remove(Session& session,
                                          const resource::DeleteRequest& request) const {
  PALISADE_ASSIGN_OR_RETURN(const AttachmentKey key,
                            ParseAttachmentId(request.id, &request.inputs));
  return Detach(session, key);
}

absl::StatusOr<ListedPage> VpcGatewayAttachment::Enumerate(Session& session,
                                                           const std::string& continuation,
                                                           std::size_t page_size) const {
  const auto ids = [](const GatewayKind& kind, pugi::xml_node gateway) {
    std::vector<std::string> texts;
    for (const pugi::xml_node each : Items(gateway, kind.attachments)) {
      if (Text(each, "state") == "detached") continue;
      texts.push_back(std::string(kind.id) + "|" + Text(each, "vpcId"));
    }
    return texts;
  };
  PALISADE_ASSIGN_OR_RETURN(ListedPage page,
                            ListOnePage(session,
                                        {kInternetKind.describe, kInternetKind.list, 1000,
                                         [&](auto node) { return ids(kInternetKind, node); }},
                                        continuation, page_size));
  if (!page.continuation.empty()) return page;
  // The other kind has no pages; it comes with the last one.
  PALISADE_ASSIGN_OR_RETURN(const Xml reply,
                            session.Ec2(kVpnKind.describe, Params(), Idempotency::kIdempotent));
  for (const pugi::xml_node gateway : Items(reply.root, kVpnKind.list)) {
    for (std::string& id : ids(kVpnKind, gateway)) page.items.push_back({std::move(id), ""});
  }
  return page;
}

void VpcGatewayAttachment::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MoveBags(
      {.renamed = {}, .inputs = {names::kVpcId, names::kInternetGatewayId, names::kVpnGatewayId}},
      inputs, outputs);
  if (const GatewayKind* kind = GatewayKindOf(outputs)) {
    outputs.emplace(names::kAttachmentType, kind->id);
  }
}

}  // namespace palisade::aws::ec2

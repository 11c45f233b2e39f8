#include "provider/clouds/aws/resources/networkfirewall/firewall.h"

#include <algorithm>
#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/networkfirewall/classic.h"
#include "provider/clouds/aws/resources/networkfirewall/content.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_edit.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_places.h"
#include "provider/clouds/aws/resources/networkfirewall/firewall_status.h"
#include "provider/clouds/aws/rules/firewall.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;
using value::PropertyPath;
using value::View;

json IdentityOf(const PropertyMap& inputs) { return Body(inputs, {names::kFirewallName}); }

// The API's text says that the service turns protections on by itself, other programs rely on the
// contrary: each is always said. A firewall in a VPC has three.
void SayProtections(const PropertyMap& inputs, json& request) {
  const View view(inputs);
  for (const char* name : {names::kDeleteProtection, names::kSubnetChangeProtection,
                           names::kFirewallPolicyChangeProtection}) {
    request[WireName(name)] = view.Bool(name).value_or(false);
  }
  if (view.Has(names::kTransitGatewayId)) {
    request[WireName(names::kAvailabilityZoneChangeProtection)] =
        view.Bool(names::kAvailabilityZoneChangeProtection).value_or(false);
  }
}

// The service fills in an address type that the user left to it. Any but the usual one is somebody
// else's doing, or was the program's until it left it out.
void KeepTypesUnsaid(const PropertyMap& prior, PropertyMap& found) {
  const Places said = PlacesOf(prior, kSubnetList);
  const auto listed = found.find(names::kSubnetMappings);
  auto* mappings = listed == found.end() ? nullptr : listed->second.If<PropertyArray>();
  if (mappings == nullptr) return;
  for (PropertyValue& item : *mappings) {
    auto* mapping = item.If<PropertyMap>();
    if (mapping == nullptr) continue;
    const View view(*mapping);
    const auto it = said.find(view.String(names::kSubnetId).value_or(""));
    const bool unsaid = it != said.end() && it->second.empty();
    if (unsaid && view.String(names::kIpAddressType) == kUsualType) {
      mapping->erase(names::kIpAddressType);
    }
  }
}

PropertyMap OutputsOf(const json& firewall, const FirewallStatus& status) {
  PropertyMap outputs = Properties(firewall, {names::kFirewallArn, names::kFirewallId});
  PropertyArray ids;
  PropertyMap by_zone;
  for (const Endpoint& endpoint : status.endpoints) {
    if (endpoint.id.empty()) continue;
    ids.emplace_back(endpoint.zone + ":" + endpoint.id);
    by_zone[endpoint.zone] = endpoint.id;
  }
  outputs[names::kEndpointIds] = std::move(ids);
  outputs[names::kEndpointIdsByZone] = std::move(by_zone);
  if (!status.attachment_id.empty()) {
    outputs[names::kTransitGatewayAttachmentId] = status.attachment_id;
  }
  return outputs;
}

bool SameEndpoints(const PropertyMap& olds, const PropertyMap& news) {
  for (const PlaceList& list : {kSubnetList, kZoneList}) {
    if (View(olds).IsUnknown(list.property) || View(news).IsUnknown(list.property)) return false;
    const Places before = MeantPlaces(olds, list), after = MeantPlaces(news, list);
    if (!Without(before, after).empty() || !Without(after, before).empty()) return false;
  }
  return true;
}

absl::Status Protected(const std::string& arn) {
  return base::FailedPrecondition(
      "cannot delete the firewall " + NameOf(arn) +
      ": its deleteProtection is on; set deleteProtection to false, run `pulumi up`, and then "
      "delete it");
}

}  // namespace

const AwsTraits& Firewall::aws() const {
  static const AwsTraits traits{
      .service = kNetworkFirewall,
      .tagging = Tagging::kArn,
      .not_found = {kNotFound},
      .create_timeout = std::chrono::minutes(30),
      .update_timeout = std::chrono::minutes(30),
      .delete_timeout = std::chrono::minutes(30),
      .changing_outputs = {names::kEndpointIds, names::kEndpointIdsByZone},
  };
  return traits;
}

std::optional<std::string> Firewall::ExplainUnknown(std::string_view name) const {
  if (name == "firewallStatuses") {
    return "is no property of this type; the endpoints are the outputs endpointIds and "
           "endpointIdsByZone";
  }
  return ExplainForeignName(name, names::kFirewallArn, names::kFirewallName);
}

void Firewall::CheckInputs(const resource::CheckRequest& request,
                           resource::Findings& findings) const {
  rules::CheckFirewall(request.inputs, findings);
  const View view(request.inputs);
  // Off is what it is anyway.
  if (view.Bool(names::kAvailabilityZoneChangeProtection) == true && view.Has(names::kVpcId)) {
    findings.Fail(PropertyPath(names::kAvailabilityZoneChangeProtection), "aws.nf.attachment",
                  "belongs to a firewall with a transitGatewayId; one in a VPC has "
                  "subnetChangeProtection");
  }
}

void Firewall::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                          resource::Findings& findings) const {
  const bool replaces =
      std::ranges::any_of(changes, [](const auto& entry) { return entry.second.replace; });
  if (replaces) {
    if (View(request.old_inputs).Bool(names::kDeleteProtection).value_or(false)) {
      findings.Warn(PropertyPath(names::kDeleteProtection), "aws.nf.protected",
                    "is on, so that the firewall that is to be replaced cannot be deleted; set it "
                    "to false and run `pulumi up` before you make this change");
    }
    return;
  }
  for (const Guard& guard : Guards()) {
    if (!IsBlocked(guard, request.old_inputs, request.new_inputs)) continue;
    findings.Warn(
        PropertyPath(guard.guarded), "aws.nf.protected",
        "cannot be changed while " + std::string(guard.protection) + " is on; " + LiftFirst(guard));
  }
}

PropertyMap Firewall::PreviewOutputs(const resource::PreviewRequest& request) const {
  PropertyMap certain;
  if (request.old_inputs == nullptr || request.old_outputs == nullptr) return certain;
  if (!SameEndpoints(*request.old_inputs, request.inputs)) return certain;
  for (const char* name : {names::kEndpointIds, names::kEndpointIdsByZone}) {
    const auto it = request.old_outputs->find(name);
    if (it != request.old_outputs->end()) certain.insert(*it);
  }
  return certain;
}

absl::StatusOr<std::string> Firewall::Make(Session& session, const PropertyMap& inputs,
                                           const Tags& tags) const {
  json request = Body(inputs, {names::kFirewallPolicyArn, names::kVpcId, names::kSubnetMappings,
                               names::kTransitGatewayId, names::kAvailabilityZoneMappings,
                               names::kDescription, names::kEnabledAnalysisTypes});
  // An empty list says that the firewall is of the other kind; the service wants it left out.
  for (const char* list : {names::kSubnetMappings, names::kAvailabilityZoneMappings}) {
    const std::string member = WireName(list);
    if (Member(request, member).empty()) request.erase(member);
  }
  SayProtections(inputs, request);
  return CreateNamed(session, kFirewall, IdentityOf(inputs), std::move(request), tags);
}

absl::Status Firewall::Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                              bool fresh) const {
  if (fresh) return WaitReady(session, id, WantedOf(inputs), kTypicalProvisioning, kUnseen);
  // What Change did it has waited for itself; where it has not been in this call, an earlier run
  // broke off and its state says already what was never done.
  if (!session.call().recorded()) PALISADE_RETURN_IF_ERROR(FinishFirewall(session, id, inputs));
  return WaitReady(session, id, {}, std::chrono::seconds(0));
}

absl::StatusOr<std::optional<Found>> Firewall::Look(Session& session, const std::string& id,
                                                    const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(CheckId(session, kFirewall, {"firewall/"}, id));
  PALISADE_ASSIGN_OR_RETURN(const json described, TakeDescription(session, kFirewall, id));
  const json& firewall = Member(described, kFirewall.info);
  const FirewallStatus status = StatusOf(described);
  Found found;
  found.state = status.status;
  found.failures = FailuresOf(status);
  if (status.status == "DELETING") found.failures.push_back("it is being deleted");
  found.inputs = Properties(
      firewall, {names::kFirewallName, names::kFirewallPolicyArn, names::kVpcId,
                 names::kSubnetMappings, names::kTransitGatewayId, names::kAvailabilityZoneMappings,
                 names::kDeleteProtection, names::kSubnetChangeProtection,
                 names::kFirewallPolicyChangeProtection, names::kAvailabilityZoneChangeProtection,
                 names::kDescription, names::kEnabledAnalysisTypes});
  if (found.inputs.contains(names::kTransitGatewayId)) {
    // The model requires both members of every firewall, so one without them has them empty.
    found.inputs.erase(names::kVpcId);
    found.inputs.erase(names::kSubnetMappings);
  } else {
    found.inputs.erase(names::kAvailabilityZoneMappings);
    found.inputs.erase(names::kAvailabilityZoneChangeProtection);
  }
  if (inputs != nullptr) KeepTypesUnsaid(*inputs, found.inputs);
  found.outputs = OutputsOf(firewall, status);
  found.tags = TagsFrom(Member(firewall, "Tags"));
  return found;
}

absl::Status Firewall::Change(Session& session, const resource::UpdateRequest& request) const {
  bool begun = false;
  const absl::Status edited = EditFirewall(session, request, begun);
  // Also after an error: a protection that was lifted would stay so, were the state to say that
  // nothing has changed. Settle looks at it, too.
  if (edited.ok() || begun) session.call().RecordId(request.id, request.old_outputs);
  return edited;
}

absl::Status Firewall::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& arn = request.id;
  // Routes and logging that went just before are still seen for a while.
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      {kInvalidOperation}, std::chrono::minutes(10),
      "the routes and the logging of the firewall " + NameOf(arn) + " to be gone",
      [&]() -> absl::Status {
        const absl::Status deleted =
            Ask(session, kFirewall.Operation("Delete"), {{kFirewall.ArnMember(), arn}}).status();
        if (!HasCode(deleted, {kInvalidOperation})) return deleted;
        // The same code stands for a protection, which no waiting lifts, and perhaps for a firewall
        // that an earlier run has begun to delete.
        const absl::StatusOr<json> described = Describe(session, kFirewall, arn);
        if (!described.ok()) return deleted;
        if (StatusOf(*described).status == "DELETING") return absl::OkStatus();
        const bool is_protected =
            IsTrue(Member(*described, kFirewall.info), WireName(names::kDeleteProtection));
        return is_protected ? Protected(arn) : deleted;
      }));
  return WaitGone(session, kFirewall, arn, kTypicalProvisioning);
}

absl::StatusOr<ListedPage> Firewall::Enumerate(Session& session, const std::string& continuation,
                                               std::size_t page_size) const {
  return EnumerateNamed(session, kFirewall, json::object(), continuation, page_size);
}

absl::StatusOr<std::optional<std::string>> Firewall::FindMarked(Session& session,
                                                                const std::string& marker,
                                                                const PropertyMap& inputs) const {
  return FindMarkedNamed(session, kFirewall, IdentityOf(inputs), marker);
}

void Firewall::MigrateState(int version, PropertyMap& inputs, PropertyMap& outputs) const {
  if (version > 0) return;
  MigrateFirewall(inputs, outputs);
  DropForeignInputs(kFirewall, inputs);
}

}  // namespace palisade::aws::networkfirewall

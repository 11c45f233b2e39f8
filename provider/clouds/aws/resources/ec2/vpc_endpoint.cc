#include "provider/clouds/aws/resources/ec2/vpc_endpoint.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/vpc_endpoint_parts.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/http/exchange.h"
#include "provider/value/json.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::ChangeKind;
using resource::Sight;

constexpr std::chrono::minutes kTimeout{60};

const std::vector<std::string_view> kNotFound = {"InvalidVpcEndpointId.NotFound",
                                                 "InvalidVpcEndpoint.NotFound"};
// Both spellings of "Id" occur.
const std::vector<std::string_view> kParentsUnseen = {"InvalidVpcId.NotFound",
                                                      "InvalidVpcID.NotFound",
                                                      "InvalidSubnetId.NotFound",
                                                      "InvalidSubnetID.NotFound",
                                                      "InvalidRouteTableId.NotFound",
                                                      "InvalidRouteTableID.NotFound",
                                                      "InvalidSecurityGroupId.NotFound",
                                                      "InvalidSecurityGroupID.NotFound",
                                                      "InvalidGroup.NotFound"};

// A new subnet is in the zone of one that the endpoint has.
constexpr std::string_view kSameZone = "DuplicateSubnetsInSameZone";

// What is EC2's to decide when a program leaves it out, and then stays as it was.
constexpr const char* kLeftAlone[] = {names::kSecurityGroupIds, names::kIpAddressType,
                                      names::kDnsOptions};

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeVpcEndpoints", Params().AddList("VpcEndpointId", {id}),
                       "vpcEndpointSet");
}

// Documented with a capital letter, answered without.
std::string StateOf(pugi::xml_node endpoint) { return rules::Lower(Text(endpoint, "state")); }

bool IsGone(pugi::xml_node endpoint) {
  const std::string state = StateOf(endpoint);
  return state == "deleted" || state == "deleting";
}

// Why it will not become available; empty when it may.
std::string FailureOf(pugi::xml_node endpoint) {
  const std::string state = StateOf(endpoint);
  if (state != "failed" && state != "rejected" && state != "expired") return "";
  std::string text = "the VPC endpoint " + Text(endpoint, "vpcEndpointId") + " is " + state;
  const pugi::xml_node error = endpoint.child("lastError");
  for (const std::string& reason :
       {Text(endpoint, "failureReason"), Text(error, "code"), Text(error, "message")}) {
    if (!reason.empty()) text += ": " + reason;
  }
  if (state == "rejected") text += "; ask the owner of its service to accept it";
  if (state == "expired") text += "; delete it and make it anew";
  return text;
}

absl::StatusOr<Sight> Judge(pugi::xml_node endpoint) {
  const std::string failure = FailureOf(endpoint);
  if (!failure.empty()) return base::FailedPrecondition(failure);
  if (IsGone(endpoint)) {
    return base::FailedPrecondition("the VPC endpoint " + Text(endpoint, "vpcEndpointId") +
                                    " is being deleted by someone else");
  }
  const std::string state = StateOf(endpoint);
  const bool made = state == "available" || state == "pendingacceptance" || state == "partial";
  return Sight{.done = made, .state = Text(endpoint, "state")};
}

absl::Status Modify(Session& session, const std::string& id, const Params& changes) {
  Params params;
  params.Add("VpcEndpointId", id);
  for (const auto& [name, text] : changes.items()) params.Add(name, text);
  std::vector<std::string_view> codes = kParentsUnseen;
  codes.emplace_back("IncorrectState");
  return session.RetryWhile(
      codes, kUnseenLimit, "the VPC endpoint " + id + " to take a change", [&] {
        return session.Ec2("ModifyVpcEndpoint", params, Idempotency::kNonIdempotent).status();
      });
}

// What the new inputs ask for and the endpoint does not have.
absl::Status BringChanges(Session& session, const resource::UpdateRequest& request) {
  // A second time only when a reply was lost: then the endpoint itself tells what is left to do.
  for (bool again : {false, true}) {
    PALISADE_ASSIGN_OR_RETURN(const Seen seen, Describe(session, request.id));
    const Params changes = EndpointChanges(request.old_inputs, request.new_inputs, seen.node);
    if (changes.items().empty()) return absl::OkStatus();
    const absl::Status status = Modify(session, request.id, changes);
    if (status.ok() || again || !http::MayHaveHappened(status)) return status;
  }
  return absl::OkStatus();
}

// Until the endpoint does not show them any more, or that takes too long: EC2 then says what it
// thinks of the change.
absl::Status WaitWithout(Session& session, const resource::UpdateRequest& request) {
  const base::SteadyTime start = session.call().clock().Steady();
  return resource::WaitUntil(
      session.call(),
      {.what = "waiting for the VPC endpoint " + request.id + " to leave its old subnets"},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(const Seen seen, Describe(session, request.id));
        const bool late = session.call().clock().Steady() - start >= kUnseenLimit;
        return Sight{.done = late || OtherSubnets(seen.node, request.new_inputs).empty(),
                     .state = "leaving subnets"};
      });
}

void CheckPolicy(const rules::Place& place) {
  const auto it = place.bag.find(names::kPolicyDocument);
  if (it == place.bag.end() || it->second.IsUnknown() || it->second.IsNull()) return;
  const auto* text = it->second.If<std::string>();
  const auto parsed =
      text == nullptr ? it->second : value::ParseJson(*text).value_or(PropertyValue());
  if (!parsed.Is<PropertyMap>()) {
    place.Fail(names::kPolicyDocument, "aws.ec2.policy",
               text == nullptr
                   ? "is neither an object nor text; expected a policy"
                   : "is no JSON object; expected a policy, as an object or as its text");
  }
}

// Whether the program leaves to EC2 from now on what it asked for before.
bool IsLeft(const PropertyMap& news, const value::PropertyPath& path,
            const resource::Change& change) {
  const bool member = std::holds_alternative<std::string>(path.steps().back());
  if (!member || std::ranges::find(kLeftAlone, path.top()) == std::end(kLeftAlone)) return false;
  const PropertyValue* now = value::Find(news, path);
  const auto* word = now == nullptr ? nullptr : now->If<std::string>();
  return change.kind == ChangeKind::kDelete || (word != nullptr && IsUndecided(*word));
}

void WarnOfLeft(const std::set<std::string>& left, const resource::Changes& changes,
                resource::Findings& findings) {
  const bool anew =
      std::ranges::any_of(changes, [](const auto& entry) { return entry.second.replace; });
  if (anew) return;
  for (const std::string& name : left) {
    findings.Warn(value::PropertyPath(name), "aws.ec2.setting-left",
                  "is not in the program (any more), or not all of it; EC2 has no default to go "
                  "back to, so what was set stays as it is; write the value that you want");
  }
}

// The inputs on which the endpoint's names and interfaces depend.
constexpr const char* kShapeInputs[] = {names::kSubnetIds, names::kPrivateDnsEnabled,
                                        names::kIpAddressType, names::kDnsOptions};

bool SameShape(const PropertyMap& olds, const PropertyMap& news) {
  return std::ranges::all_of(kShapeInputs, [&](const char* name) {
    const auto before = olds.find(name), now = news.find(name);
    const bool had = before != olds.end(), has = now != news.end();
    return had && has ? before->second == now->second : had == has;
  });
}

}  // namespace

const AwsTraits& VpcEndpoint::aws() const {
  static const AwsTraits traits{
      .service = kEc2,
      .tagging = Tagging::kEc2Id,
      .resource_type = "vpc-endpoint",
      .not_found = kNotFound,
      .create_timeout = kTimeout,
      .update_timeout = kTimeout,
      .delete_timeout = kTimeout,
      .changing_outputs = {names::kState, names::kDnsEntries, names::kNetworkInterfaceIds}};
  return traits;
}

std::optional<std::string> VpcEndpoint::ExplainUnknown(std::string_view name) const {
  if (name == "policy") return "became policyDocument";
  if (name == "autoAccept" || name == "subnetConfigurations") {
    return "is no input of this type, which has CloudFormation's; remove it";
  }
  return std::nullopt;
}

void VpcEndpoint::CheckInputs(const resource::CheckRequest& request,
                              resource::Findings& findings) const {
  rules::CheckVpcEndpoint(request.inputs, findings);
  const rules::Place place{request.inputs, {}, findings};
  CheckPolicy(place);
  const auto type = value::View(request.inputs).String(names::kVpcEndpointType);
  for (const auto& [kind, name] : {std::pair("Resource", names::kResourceConfigurationArn),
                                   {"ServiceNetwork", names::kServiceNetworkArn}}) {
    const bool given = value::View(request.inputs).Has(name);
    if (type == kind && !given) {
      place.Fail(name, "dependent",
                 std::string("is missing; an endpoint of type ") + kind + " is for one");
    }
  }
}

void VpcEndpoint::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                             resource::Findings& findings) const {
  const value::View olds(request.old_inputs), news(request.new_inputs);
  const auto drop = [&](std::string_view name) {
    return std::erase_if(changes, [&](const auto& entry) { return entry.first.top() == name; });
  };
  std::set<std::string> left;
  std::erase_if(changes, [&](const auto& entry) {
    const bool is_left = IsLeft(request.new_inputs, entry.first, entry.second);
    if (is_left) left.insert(entry.first.top());
    return is_left;
  });
  for (const IdList& list : IdLists()) {
    const auto empty = [&](const value::View& bag) {
      const PropertyArray* ids = bag.Array(list.input);
      return ids != nullptr ? ids->empty() : !bag.Has(list.input);
    };
    if (!empty(news) || (!empty(olds) && list.none_by_default)) continue;
    if (drop(list.input) > 0 && !empty(olds)) left.insert(list.input);
  }
  const auto open = [](const PropertyMap& bag) {
    const auto policy = bag.find(names::kPolicyDocument);
    return policy == bag.end() || policy->second.IsNull() || IsFullAccess(policy->second);
  };
  if (open(request.old_inputs) && open(request.new_inputs)) drop(names::kPolicyDocument);
  WarnOfLeft(left, changes, findings);
}

PropertyMap VpcEndpoint::PreviewOutputs(const resource::PreviewRequest& request) const {
  PropertyMap known;
  if (request.old_outputs == nullptr || request.old_inputs == nullptr ||
      !SameShape(*request.old_inputs, request.inputs)) {
    return known;
  }
  for (const char* name : {names::kState, names::kDnsEntries, names::kNetworkInterfaceIds}) {
    const auto it = request.old_outputs->find(name);
    if (it != request.old_outputs->end()) known.insert(*it);
  }
  return known;
}

absl::StatusOr<std::string> VpcEndpoint::Make(Session& session, const PropertyMap& inputs,
                                              const Tags& tags) const {
  const value::View view(inputs);
  Params params;
  // Said also where it is the default: not every stand-in of EC2 knows that.
  params.Add("VpcEndpointType", view.String(names::kVpcEndpointType).value_or("Gateway"));
  for (const auto& [name, wire] : {std::pair(names::kVpcId, "VpcId"),
                                   {names::kServiceName, "ServiceName"},
                                   {names::kServiceRegion, "ServiceRegion"},
                                   {names::kResourceConfigurationArn, "ResourceConfigurationArn"},
                                   {names::kServiceNetworkArn, "ServiceNetworkArn"}}) {
    if (const auto text = view.String(name)) params.Add(wire, *text);
  }
  for (const IdList& list : IdLists()) {
    params.AddList(std::string(list.create), WantedIds(inputs, list));
  }
  AddSettings(params, {}, inputs);
  params.Add("ClientToken", session.client_token()).AddTagSpecification("vpc-endpoint", tags);
  std::string id;
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      kParentsUnseen, kParentLimit, "the VPC and what the endpoint is for to be visible",
      [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(
            const Xml reply, session.Ec2("CreateVpcEndpoint", params, Idempotency::kIdempotent));
        id = Text(reply.root.child("vpcEndpoint"), "vpcEndpointId");
        return absl::OkStatus();
      }));
  return id;
}

absl::Status VpcEndpoint::Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                                 bool fresh) const {
  const base::SteadyTime start = session.call().clock().Steady();
  // What the user leaves to others may never show as the inputs have it.
  PropertyMap awaited = inputs;
  for (const IdList& list : IdLists()) {
    if (session.call().Ignores(value::PropertyPath(list.input))) awaited.erase(list.input);
  }
  PALISADE_ASSIGN_OR_RETURN(
      Seen seen,
      WatchUntil(session, {.what = "waiting for the VPC endpoint " + id + " to be available",
                           .not_found = kNotFound,
                           .fresh = fresh,
                           .describe = [&] { return Describe(session, id); },
                           .judge = [&](pugi::xml_node endpoint) -> absl::StatusOr<Sight> {
                             PALISADE_ASSIGN_OR_RETURN(Sight sight, Judge(endpoint));
                             const bool late =
                                 session.call().clock().Steady() - start >= kParentLimit;
                             if (sight.done && !late && !ShowsIds(endpoint, awaited)) {
                               return Sight{.done = false, .state = "changes not visible yet"};
                             }
                             return sight;
                           }}));
  const std::string state = StateOf(seen.node);
  if (state == "pendingacceptance") {
    session.call().Warn("the VPC endpoint " + id +
                        " is made, but the owner of its service has not accepted it yet; no "
                        "traffic passes before that");
  } else if (state == "partial") {
    session.call().Warn("the VPC endpoint " + id + " is made, but EC2 calls its state partial");
  }
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> VpcEndpoint::Look(Session& session, const std::string& id,
                                                       const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kVpcEndpoint));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node || IsGone(seen.node)) return std::nullopt;
  Found found;
  found.inputs = EndpointInputs(seen.node, inputs, session.region());
  found.outputs[names::kVpcEndpointId] = id;
  PutText(found.outputs, names::kArn,
          ArnOf(session, Text(seen.node, "ownerId"), "vpc-endpoint/" + id));
  PutText(found.outputs, names::kState, Text(seen.node, "state"));
  PutText(found.outputs, names::kCreationTimestamp, Text(seen.node, "creationTimestamp"));
  PropertyArray entries;
  for (const pugi::xml_node entry : Items(seen.node, "dnsEntrySet")) {
    entries.emplace_back(Text(entry, "hostedZoneId") + ":" + Text(entry, "dnsName"));
  }
  found.outputs[names::kDnsEntries] = std::move(entries);
  auto interfaces = TextItems(seen.node, "networkInterfaceIdSet");
  std::ranges::sort(interfaces);
  found.outputs[names::kNetworkInterfaceIds] = ListOf(interfaces);
  found.tags = TagSet(seen.node);
  found.state = Text(seen.node, "state");
  if (std::string failure = FailureOf(seen.node); !failure.empty()) {
    found.failures.push_back(std::move(failure));
  }
  return found;
}

absl::Status VpcEndpoint::Change(Session& session, const resource::UpdateRequest& request) const {
  const std::string& id = request.id;
  absl::Status status = BringChanges(session, request);
  if (!HasCode(status, {kSameZone})) return status;
  // The other one goes in the same call, but EC2 counts it: so it goes first.
  PALISADE_ASSIGN_OR_RETURN(const Seen seen, Describe(session, id));
  const std::vector<std::string> going = OtherSubnets(seen.node, request.new_inputs);
  if (going.empty()) return status;
  const absl::Status removed = Modify(session, id, Params().AddList("RemoveSubnetId", going));
  if (!removed.ok()) {
    return base::Annotate(removed, "a subnet of the same zone has to leave the VPC endpoint " + id +
                                       " before the new one comes");
  }
  status = WaitWithout(session, request);
  if (status.ok()) {
    status = session.RetryWhile({kSameZone}, kParentLimit,
                                "the VPC endpoint " + id + " to leave its old subnets",
                                [&] { return BringChanges(session, request); });
  }
  if (status.ok()) return status;
  return AfterUndo(session, id, status, names::kSubnetIds, [&](Session& with) {
    return Modify(with, id, Params().AddList("AddSubnetId", going));
  });
}

absl::Status VpcEndpoint::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  static const std::vector<std::string_view> kInUse = {"DependencyViolation", "IncorrectState"};
  std::chrono::seconds limit = kTimeout;
  if (const auto left = session.call().Left()) {
    limit = std::max(std::chrono::floor<std::chrono::seconds>(*left) - kAfterWait,
                     std::chrono::seconds(0));
  }
  // The operation answers 200 also where it deleted nothing.
  const auto remove = [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(
        const Xml reply, session.Ec2("DeleteVpcEndpoints", Params().AddList("VpcEndpointId", {id}),
                                     Idempotency::kIdempotent));
    for (const pugi::xml_node item : Items(reply.root, "unsuccessful")) {
      const pugi::xml_node error = item.child("error");
      return base::CloudStatus(absl::StatusCode::kFailedPrecondition,
                               {.service = "ec2",
                                .operation = "DeleteVpcEndpoints",
                                .http_status = 200,
                                .code = Text(error, "code"),
                                .message = Text(error, "message"),
                                .request_id = Text(reply.root, "requestId")},
                               id);
    }
    return absl::OkStatus();
  };
  const absl::Status status = session.RetryWhile(
      kInUse, limit, "routes through the VPC endpoint " + id + " to be gone", remove);
  if (HasCode(status, {"DependencyViolation"})) {
    return base::Annotate(
        status, "the VPC endpoint " + id + " is still used: look for routes that lead to it");
  }
  const auto describe = [&]() -> absl::StatusOr<Seen> {
    PALISADE_ASSIGN_OR_RETURN(Seen seen, Describe(session, id));
    // It stays listed for a while.
    if (StateOf(seen.node) == "deleted") seen.node = {};
    return seen;
  };
  if (base::CloudErrorOf(status) && !HasCode(status, kNotFound)) {
    // What is deleted already may be refused for another reason: its routes are not there.
    const absl::StatusOr<Seen> seen = describe();
    const bool gone = seen.ok() ? !seen->node : HasCode(seen.status(), kNotFound);
    return gone ? absl::OkStatus() : status;
  }
  PALISADE_RETURN_IF_ERROR(status);
  return WaitUntilGone(session, "waiting for the VPC endpoint " + id + " to be gone", kNotFound,
                       describe);
}

absl::StatusOr<ListedPage> VpcEndpoint::Enumerate(Session& session, const std::string& continuation,
                                                  std::size_t page_size) const {
  const auto ids = [](pugi::xml_node endpoint) -> std::vector<std::string> {
    if (IsGone(endpoint)) return {};
    return {Text(endpoint, "vpcEndpointId")};
  };
  return ListOnePage(session, {"DescribeVpcEndpoints", "vpcEndpointSet", 1000, ids}, continuation,
                     page_size);
}

void VpcEndpoint::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  MoveEndpoint(inputs, outputs);
}

}  // namespace palisade::aws::ec2

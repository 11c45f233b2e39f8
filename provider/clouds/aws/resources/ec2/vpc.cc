#include "provider/clouds/aws/resources/ec2/vpc.h"

#include <any>
#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/sightings.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/vpc_dns.h"
#include "provider/clouds/aws/resources/ec2/vpc_encryption.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr std::chrono::minutes kPatience{5};

const std::vector<std::string_view> kNotFound = {"InvalidVpcID.NotFound"};

// What one step saw of the VPC, for the next.
struct Known {
  std::string id;
  Seen seen;
  VpcDns dns;
};

Known TakeKnown(Session& session, const std::string& id) {
  auto* known = std::any_cast<Known>(&session.left_over);
  if (known == nullptr || known->id != id) return {id, {}, {}};
  Known taken = std::move(*known);
  session.left_over.reset();
  return taken;
}

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeVpcs", Params().AddList("VpcId", {id}), "vpcSet");
}

// "associating" while one of the ranges is on its way; "" when all are there.
absl::StatusOr<std::string> RangesState(pugi::xml_node vpc) {
  constexpr std::pair<const char*, const char*> kLists[] = {
      {"cidrBlockAssociationSet", "cidrBlockState"},
      {"ipv6CidrBlockAssociationSet", "ipv6CidrBlockState"}};
  for (const auto& [list, member] : kLists) {
    for (const pugi::xml_node association : Items(vpc, list)) {
      const pugi::xml_node node = association.child(member);
      const std::string state = Text(node, "state");
      if (state == "failed" || state == "failing") {
        return base::FailedPrecondition("EC2 could not give the VPC its range: " + state + ", " +
                                        Text(node, "statusMessage"));
      }
      if (state == "associating") return state;
    }
  }
  return std::string();
}

absl::StatusOr<Sight> Judge(pugi::xml_node vpc, bool encrypted) {
  const std::string state = Text(vpc, "state");
  if (state != "available") return Sight{.done = false, .state = state};
  PALISADE_ASSIGN_OR_RETURN(const std::string ranges, RangesState(vpc));
  if (!ranges.empty()) return Sight{.done = false, .state = ranges};
  if (encrypted) {
    const pugi::xml_node control = vpc.child("encryptionControl");
    PALISADE_ASSIGN_OR_RETURN(const bool ready, EncryptionControlReady(control));
    if (!ready) {
      return Sight{.done = false, .state = "encryption control " + Text(control, "state")};
    }
  }
  return Sight{.done = true, .state = state};
}

// The default ACL and security group exist as long as their VPC, but a new one may not show yet.
absl::StatusOr<std::string> DefaultId(Session& session, const std::string& operation,
                                      const Params& params, const char* list, const char* id) {
  constexpr std::chrono::seconds kLimit{30};
  std::string found;
  const base::SteadyTime start = session.call().clock().Steady();
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      session.call(), {.what = "waiting for the VPC's defaults to show"},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(const Seen seen, DescribeFirst(session, operation, params, list));
        found = Text(seen.node, id);
        const bool late = session.call().clock().Steady() - start >= kLimit;
        return Sight{.done = !found.empty() || late, .state = "defaults not visible yet"};
      }));
  return found;
}

// The IPv4 ranges that it has or is getting.
std::vector<std::string> RangesOf(pugi::xml_node vpc) {
  std::vector<std::string> ranges;
  for (const pugi::xml_node each : Items(vpc, "cidrBlockAssociationSet")) {
    const std::string state = Text(each.child("cidrBlockState"), "state");
    if (state == "associated" || state == "associating") {
      ranges.push_back(Text(each, "cidrBlock"));
    }
  }
  return ranges;
}

PropertyMap InputsOf(pugi::xml_node vpc, const VpcDns& dns, const PropertyMap* prior) {
  PropertyMap inputs;
  PutText(inputs, names::kCidrBlock,
          SpelledAsBefore(prior, names::kCidrBlock, Text(vpc, "cidrBlock")));
  PutText(inputs, names::kInstanceTenancy, Text(vpc, "instanceTenancy"));
  inputs[names::kEnableDnsSupport] = dns.support.value_or(true);
  inputs[names::kEnableDnsHostnames] = dns.hostnames.value_or(false);
  PropertyMap control = EncryptionControlInput(vpc.child("encryptionControl"));
  if (!control.empty()) inputs[names::kVpcEncryptionControl] = std::move(control);
  return inputs;
}

PropertyMap OutputsOf(const Session& session, const std::string& id, pugi::xml_node vpc) {
  PropertyMap outputs;
  outputs[names::kVpcId] = id;
  PutText(outputs, names::kArn, ArnOf(session, Text(vpc, "ownerId"), "vpc/" + id));
  PutText(outputs, names::kCidrBlock, Text(vpc, "cidrBlock"));
  PropertyArray associations, ranges;
  for (const pugi::xml_node each : Items(vpc, "cidrBlockAssociationSet")) {
    const std::string state = Text(each.child("cidrBlockState"), "state");
    if (state != "disassociated") associations.emplace_back(Text(each, "associationId"));
  }
  for (const pugi::xml_node each : Items(vpc, "ipv6CidrBlockAssociationSet")) {
    const std::string state = Text(each.child("ipv6CidrBlockState"), "state");
    if (state == "associated") ranges.emplace_back(Text(each, "ipv6CidrBlock"));
  }
  outputs[names::kCidrBlockAssociations] = std::move(associations);
  outputs[names::kIpv6CidrBlocks] = std::move(ranges);
  PropertyMap control = EncryptionControlOutput(vpc.child("encryptionControl"));
  if (!control.empty()) outputs[names::kVpcEncryptionControl] = std::move(control);
  return outputs;
}

std::string TenancyOf(const PropertyMap& inputs) {
  const std::string tenancy = TextOf(inputs, names::kInstanceTenancy);
  return tenancy.empty() ? "default" : tenancy;
}

}  // namespace

const AwsTraits& Vpc::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "vpc",
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(10),
                                .update_timeout = std::chrono::minutes(10),
                                .delete_timeout = kPatience + kAfterWait};
  return traits;
}

std::optional<std::string> Vpc::ExplainUnknown(std::string_view name) const {
  for (const std::string_view other :
       {"assignGeneratedIpv6CidrBlock", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup",
        "ipv6IpamPoolId", "ipv6NetmaskLength", "enableNetworkAddressUsageMetrics"}) {
    if (name == other) return "is no input of this type, which has CloudFormation's; remove it";
  }
  return std::nullopt;
}

void Vpc::CheckInputs(const resource::CheckRequest& request, resource::Findings& findings) const {
  rules::CheckVpc(request.inputs, findings);
}

void Vpc::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                     resource::Findings&) const {
  // Only where it is the one range: state does not name others.
  const PropertyArray* associations =
      value::View(request.old_outputs).Array(names::kCidrBlockAssociations);
  const std::string range = TextOf(request.old_outputs, names::kCidrBlock);
  if (associations != nullptr && associations->size() == 1 && !range.empty()) {
    cloud().sightings().Heard(PlacementOfState(&request.old_inputs, &request.old_outputs),
                              request.id, {range});
  }
  ForgetEqualCidr(request, names::kCidrBlock, changes);
  const auto tenancy = changes.find(value::PropertyPath(names::kInstanceTenancy));
  if (tenancy == changes.end()) return;
  const bool known = !value::View(request.new_inputs).IsUnknown(names::kInstanceTenancy);
  if (known && TenancyOf(request.old_inputs) == "dedicated" &&
      TenancyOf(request.new_inputs) == "default") {
    tenancy->second.replace = false;
  }
}

absl::StatusOr<std::string> Vpc::Make(Session& session, const PropertyMap& inputs,
                                      const Tags& tags) const {
  const value::View view(inputs);
  Params params;
  for (const auto& [name, wire] :
       {std::pair(names::kCidrBlock, "CidrBlock"), {names::kIpv4IpamPoolId, "Ipv4IpamPoolId"}}) {
    if (const auto text = view.String(name)) params.Add(wire, *text);
  }
  if (const auto length = view.Integer(names::kIpv4NetmaskLength)) {
    params.Add("Ipv4NetmaskLength", *length);
  }
  if (const auto tenancy = view.String(names::kInstanceTenancy)) {
    params.Add("InstanceTenancy", *tenancy);
  }
  if (const auto* control = view.Object(names::kVpcEncryptionControl)) {
    AddEncryptionControl(*control, params);
  }
  params.AddTagSpecification("vpc", tags);
  PALISADE_ASSIGN_OR_RETURN(const Xml reply,
                            session.Ec2("CreateVpc", params, Idempotency::kNonIdempotent));
  return Text(reply.root.child("vpc"), "vpcId");
}

absl::Status Vpc::Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                         bool fresh) const {
  Known known{id, {}, fresh ? kNewVpcDns : VpcDns{}};
  const bool encrypted = value::View(inputs).Has(names::kVpcEncryptionControl);
  PALISADE_ASSIGN_OR_RETURN(
      known.seen,
      WatchUntil(session, {.what = "waiting for the VPC " + id + " to be available",
                           .not_found = kNotFound,
                           .fresh = fresh,
                           .describe = [&] { return Describe(session, id); },
                           .judge = [&](auto node) { return Judge(node, encrypted); }}));
  VpcDns wanted = WantedDns(inputs);
  const resource::Call& call = session.call();
  if (call.Ignores(value::PropertyPath(names::kEnableDnsSupport))) wanted.support.reset();
  if (call.Ignores(value::PropertyPath(names::kEnableDnsHostnames))) wanted.hostnames.reset();
  PALISADE_RETURN_IF_ERROR(ReadDns(session, id, &wanted, known.dns));
  PALISADE_RETURN_IF_ERROR(BringDns(session, id, wanted, fresh, known.dns));
  session.left_over = std::move(known);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> Vpc::Look(Session& session, const std::string& id,
                                               const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kVpc));
  Known known = TakeKnown(session, id);
  if (!known.seen.node) {
    PALISADE_ASSIGN_OR_RETURN(known.seen, Describe(session, id));
  }
  const pugi::xml_node vpc = known.seen.node;
  if (!vpc) return std::nullopt;
  PALISADE_RETURN_IF_ERROR(ReadDns(session, id, nullptr, known.dns));

  Found found;
  found.inputs = InputsOf(vpc, known.dns, inputs);
  found.outputs = OutputsOf(session, id, vpc);
  PALISADE_ASSIGN_OR_RETURN(
      std::string acl, DefaultId(session, "DescribeNetworkAcls",
                                 Params().AddFilter("vpc-id", {id}).AddFilter("default", {"true"}),
                                 "networkAclSet", "networkAclId"));
  PutText(found.outputs, names::kDefaultNetworkAcl, std::move(acl));
  PALISADE_ASSIGN_OR_RETURN(
      std::string group,
      DefaultId(session, "DescribeSecurityGroups",
                Params().AddFilter("vpc-id", {id}).AddFilter("group-name", {"default"}),
                "securityGroupInfo", "groupId"));
  PutText(found.outputs, names::kDefaultSecurityGroup, std::move(group));
  found.tags = TagSet(vpc);
  found.unreadable = {names::kIpv4IpamPoolId, names::kIpv4NetmaskLength};
  cloud().sightings().Saw(session.placement(), id, RangesOf(vpc));
  found.state = Text(vpc, "state");
  ShowInputs(found);
  return found;
}

// Only what Settle cannot tell from the new inputs: DNS attributes that they do not speak of any
// more, and the tenancy, which comes last because there is no way back. Until then state stays the
// old one, and an error puts back what was changed.
absl::Status Vpc::Change(Session& session, const resource::UpdateRequest& request) const {
  const VpcDns before = EffectiveDns(request.old_inputs);
  const VpcDns said = WantedDns(request.new_inputs);
  VpcDns reset, now = before;
  if (!said.support) reset.support = kNewVpcDns.support;
  if (!said.hostnames) reset.hostnames = kNewVpcDns.hostnames;
  absl::Status status = BringDns(session, request.id, reset, /*fresh=*/false, now);
  const std::string tenancy = TenancyOf(request.new_inputs);
  if (status.ok() && tenancy != TenancyOf(request.old_inputs)) {
    Params params;
    params.Add("VpcId", request.id).Add("InstanceTenancy", tenancy);
    status = session.Ec2("ModifyVpcTenancy", params, Idempotency::kIdempotent).status();
  }
  if (status.ok() || now == before) return status;
  const char* changed =
      now.hostnames == before.hostnames ? names::kEnableDnsSupport : names::kEnableDnsHostnames;
  return AfterUndo(session, request.id, status, changed, [&](Session& with) {
    return BringDns(with, request.id, before, /*fresh=*/false, now);
  });
}

absl::Status Vpc::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  PALISADE_RETURN_IF_ERROR(DeletePatiently(
      session,
      {.operation = "DeleteVpc",
       .params = Params().Add("VpcId", id),
       .patience = kPatience,
       .waiting_for = "what is left in the VPC " + id + " (interfaces, endpoints) to be gone",
       .advice = "something in the VPC " + id +
                 " was not made by this program or is not deleted yet: look for subnets, "
                 "gateways, endpoints, security groups and network interfaces in it"}));
  return WaitUntilGone(session, "waiting for the VPC " + id + " to be gone", kNotFound,
                       [&] { return Describe(session, id); });
}

absl::StatusOr<ListedPage> Vpc::Enumerate(Session& session, const std::string& continuation,
                                          std::size_t page_size) const {
  const auto ids = [](pugi::xml_node vpc) -> std::vector<std::string> {
    return {Text(vpc, "vpcId")};
  };
  return ListOnePage(session, {"DescribeVpcs", "vpcSet", 1000, ids}, continuation, page_size);
}

void Vpc::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  const Moved moved{.renamed = {{"defaultNetworkAclId", names::kDefaultNetworkAcl},
                                {"defaultSecurityGroupId", names::kDefaultSecurityGroup}},
                    .inputs = {names::kCidrBlock, names::kIpv4IpamPoolId, names::kIpv4NetmaskLength,
                               names::kInstanceTenancy, names::kEnableDnsSupport,
                               names::kEnableDnsHostnames, names::kVpcEncryptionControl}};
  const std::string id = MoveBags(moved, inputs, outputs);
  if (!outputs.contains(names::kVpcId)) PutText(outputs, names::kVpcId, id);
}

}  // namespace palisade::aws::ec2

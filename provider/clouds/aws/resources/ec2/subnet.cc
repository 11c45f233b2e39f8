#include "provider/clouds/aws/resources/ec2/subnet.h"

#include <algorithm>
#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/sightings.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/subnet_ipv6.h"
#include "provider/clouds/aws/resources/ec2/subnet_settings.h"
#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr std::chrono::minutes kPatience{20};

// The second spelling has been seen, too.
const std::vector<std::string_view> kNotFound = {"InvalidSubnetID.NotFound",
                                                 "InvalidSubnetId.NotFound"};

constexpr const char* kPoolInputs[] = {names::kIpv4IpamPoolId, names::kIpv4NetmaskLength,
                                       names::kIpv6IpamPoolId, names::kIpv6NetmaskLength};

absl::StatusOr<Seen> Describe(Session& session, const std::string& id) {
  return DescribeFirst(session, "DescribeSubnets", Params().AddList("SubnetId", {id}), "subnetSet");
}

absl::StatusOr<Sight> JudgeAvailable(pugi::xml_node subnet) {
  const std::string state = Text(subnet, "state");
  if (state == "failed" || state == "failed-insufficient-capacity") {
    return base::FailedPrecondition("the subnet " + Text(subnet, "subnetId") + " is " + state +
                                    "; delete it and make it anew, or in another zone");
  }
  if (state != "available") return Sight{.done = false, .state = state};
  PALISADE_ASSIGN_OR_RETURN(const std::string ranges, SubnetRangesState(subnet));
  if (!ranges.empty()) return Sight{.done = false, .state = "IPv6 range " + ranges};
  return Sight{.done = true, .state = state};
}

// EC2 tells the association of every subnet with an ACL in the ACL only.
absl::StatusOr<std::string> AclAssociation(Session& session, const std::string& id) {
  PALISADE_ASSIGN_OR_RETURN(
      const Seen acl,
      DescribeFirst(session, "DescribeNetworkAcls",
                    Params().AddFilter("association.subnet-id", {id}), "networkAclSet"));
  for (const pugi::xml_node each : Items(acl.node, "associationSet")) {
    if (Text(each, "subnetId") == id) return Text(each, "networkAclAssociationId");
  }
  return std::string();
}

PropertyMap InputsOf(pugi::xml_node subnet, const PropertyMap* prior) {
  PropertyMap inputs = SettingInputs(subnet);
  PutText(inputs, names::kVpcId, Text(subnet, "vpcId"));
  PutText(inputs, names::kCidrBlock,
          SpelledAsBefore(prior, names::kCidrBlock, Text(subnet, "cidrBlock")));
  PutText(inputs, names::kAvailabilityZone, Text(subnet, "availabilityZone"));
  // A program gives one of the two, so an import gives one.
  if (prior != nullptr) {
    PutText(inputs, names::kAvailabilityZoneId, Text(subnet, "availabilityZoneId"));
  }
  PutText(inputs, names::kOutpostArn, Text(subnet, "outpostArn"));
  inputs[names::kIpv6Native] = Flag(subnet, "ipv6Native");
  const PropertyArray ranges = SubnetRanges(subnet);
  if (!ranges.empty()) {
    PutText(inputs, names::kIpv6CidrBlock,
            SpelledAsBefore(prior, names::kIpv6CidrBlock, *ranges.front().If<std::string>()));
  }
  return inputs;
}

PropertyMap OutputsOf(const std::string& id, pugi::xml_node subnet) {
  PropertyMap outputs;
  outputs[names::kSubnetId] = id;
  PutText(outputs, names::kArn, Text(subnet, "subnetArn"));
  for (const char* name :
       {names::kCidrBlock, names::kAvailabilityZone, names::kAvailabilityZoneId}) {
    PutText(outputs, name, Text(subnet, name));
  }
  PropertyArray ranges = SubnetRanges(subnet);
  if (!ranges.empty()) outputs[names::kIpv6CidrBlock] = ranges.front();
  outputs[names::kIpv6CidrBlocks] = std::move(ranges);
  PropertyMap states;
  PutText(states, names::kInternetGatewayBlockMode,
          Text(subnet.child("blockPublicAccessStates"), "internetGatewayBlockMode"));
  if (!states.empty()) outputs[names::kBlockPublicAccessStates] = std::move(states);
  return outputs;
}

}  // namespace

const AwsTraits& Subnet::aws() const {
  static const AwsTraits traits{.service = kEc2,
                                .tagging = Tagging::kEc2Id,
                                .resource_type = "subnet",
                                .not_found = kNotFound,
                                .create_timeout = std::chrono::minutes(10),
                                .update_timeout = std::chrono::minutes(10),
                                .delete_timeout = kPatience + kAfterWait,
                                .changing_outputs = {names::kIpv6CidrBlocks}};
  return traits;
}

std::optional<std::string> Subnet::ExplainUnknown(std::string_view name) const {
  if (name == "privateDnsHostnameTypeOnLaunch") {
    return "became privateDnsNameOptionsOnLaunch.hostnameType";
  }
  if (name == "enableResourceNameDnsARecordOnLaunch") {
    return "became privateDnsNameOptionsOnLaunch.enableResourceNameDnsARecord";
  }
  if (name == "enableResourceNameDnsAaaaRecordOnLaunch") {
    return "became privateDnsNameOptionsOnLaunch.enableResourceNameDnsAaaaRecord";
  }
  if (name == "mapCustomerOwnedIpOnLaunch" || name == "customerOwnedIpv4Pool") {
    return "is no input of this type, which has CloudFormation's; remove it";
  }
  return std::nullopt;
}

void Subnet::CheckInputs(const resource::CheckRequest& request,
                         resource::Findings& findings) const {
  rules::CheckSubnet(request.inputs, findings);
  // One that is there has shown that it fits.
  const PropertyMap* olds = request.old_inputs;
  const std::string vpc = TextOf(request.inputs, names::kVpcId);
  const bool is_there =
      olds != nullptr && TextOf(*olds, names::kVpcId) == vpc &&
      TextOf(*olds, names::kCidrBlock) == TextOf(request.inputs, names::kCidrBlock);
  if (vpc.empty() || is_there) return;
  rules::CheckSubnetRange(request.inputs, cloud().sightings().Of(PlacementOf(request.inputs), vpc),
                          findings);
}

void Subnet::DiffInputs(const resource::DiffRequest& request, resource::Changes& changes,
                        resource::Findings&) const {
  ForgetEqualCidr(request, names::kCidrBlock, changes);
  ForgetEqualCidr(request, names::kIpv6CidrBlock, changes);
  const auto range = changes.find(value::PropertyPath(names::kIpv6CidrBlock));
  if (range == changes.end()) return;
  // It is the only range of such a subnet.
  if (value::View(request.old_inputs).Bool(names::kIpv6Native) == true) {
    range->second.replace = true;
  }
}

absl::StatusOr<std::string> Subnet::Make(Session& session, const PropertyMap& inputs,
                                         const Tags& tags) const {
  const value::View view(inputs);
  Params params;
  for (const auto& [name, wire] : {std::pair(names::kVpcId, "VpcId"),
                                   {names::kCidrBlock, "CidrBlock"},
                                   {names::kIpv6CidrBlock, "Ipv6CidrBlock"},
                                   {names::kAvailabilityZone, "AvailabilityZone"},
                                   {names::kAvailabilityZoneId, "AvailabilityZoneId"},
                                   {names::kOutpostArn, "OutpostArn"},
                                   {names::kIpv4IpamPoolId, "Ipv4IpamPoolId"},
                                   {names::kIpv6IpamPoolId, "Ipv6IpamPoolId"}}) {
    if (const auto text = view.String(name)) params.Add(wire, *text);
  }
  for (const auto& [name, wire] : {std::pair(names::kIpv4NetmaskLength, "Ipv4NetmaskLength"),
                                   {names::kIpv6NetmaskLength, "Ipv6NetmaskLength"}}) {
    if (const auto length = view.Integer(name)) params.Add(wire, *length);
  }
  if (view.Bool(names::kIpv6Native) == true) params.Add("Ipv6Native", true);
  params.AddTagSpecification("subnet", tags);
  std::string id;
  PALISADE_RETURN_IF_ERROR(session.RetryWhile(
      {"InvalidVpcID.NotFound"}, kParentLimit,
      "the VPC " + TextOf(inputs, names::kVpcId) + " to be visible", [&]() -> absl::Status {
        PALISADE_ASSIGN_OR_RETURN(const Xml reply,
                                  session.Ec2("CreateSubnet", params, Idempotency::kNonIdempotent));
        id = Text(reply.root.child("subnet"), "subnetId");
        return absl::OkStatus();
      }));
  return id;
}

absl::Status Subnet::Settle(Session& session, const std::string& id, const PropertyMap& inputs,
                            bool fresh) const {
  const resource::Call& call = session.call();
  const auto describe = [&] { return Describe(session, id); };
  // The judge is told for how long it has watched.
  const auto watch = [&](const std::string& what, auto judge) {
    const base::SteadyTime start = call.clock().Steady();
    return WatchUntil(session, {.what = what,
                                .not_found = kNotFound,
                                .fresh = fresh,
                                .describe = describe,
                                .judge = [&call, start, judge](pugi::xml_node node) {
                                  return judge(node, call.clock().Steady() - start);
                                }});
  };
  const bool left_alone = call.Ignores(value::PropertyPath(names::kIpv6CidrBlock));
  const std::string range = left_alone ? "" : TextOf(inputs, names::kIpv6CidrBlock);
  const auto until_available = [&](bool asked) {
    return watch("waiting for the subnet " + id + " to be available",
                 [&range, asked](pugi::xml_node node, auto waited) -> absl::StatusOr<Sight> {
                   PALISADE_ASSIGN_OR_RETURN(Sight sight, JudgeAvailable(node));
                   if (!sight.done || range.empty()) return sight;
                   return JudgeRange({range, asked, waited}, node);
                 });
  };
  PALISADE_ASSIGN_OR_RETURN(Seen seen, until_available(/*asked=*/fresh));
  const bool lacks_range = !range.empty() && !ShowsRange(seen.node, range);
  if (lacks_range && !SubnetRanges(seen.node).empty()) {
    call.Warn("the subnet " + id + " has another IPv6 range than " + range +
              "; pulumi refresh takes note of that");
  } else if (lacks_range) {
    PALISADE_RETURN_IF_ERROR(AssociateRange(session, id, range, describe));
    PALISADE_ASSIGN_OR_RETURN(seen, until_available(/*asked=*/true));
  }
  SubnetSettings wanted = WantedSettings(inputs);
  // A range that comes anew brings back what was turned off for it.
  std::erase_if(wanted, [&](const SubnetSetting& each) {
    return call.Ignores(InputOf(each)) && !(lacks_range && NeedsRange(each));
  });
  const SubnetSettings missing = MissingSettings(wanted, seen.node);
  if (!missing.empty()) {
    PALISADE_RETURN_IF_ERROR(ApplySettings(session, id, missing, fresh));
    PALISADE_ASSIGN_OR_RETURN(
        seen, watch("waiting for the attributes of the subnet " + id + " to show",
                    [&wanted](pugi::xml_node node, auto waited) {
                      return JudgeSettings(wanted, node, /*late=*/waited >= kUnseenLimit);
                    }));
  }
  Leave(session, id, std::move(seen));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<Found>> Subnet::Look(Session& session, const std::string& id,
                                                  const PropertyMap* inputs) const {
  PALISADE_RETURN_IF_ERROR(rules::CheckIdText(id, rules::kSubnet));
  Seen seen = TakeLeft(session, id);
  if (!seen.node) {
    PALISADE_ASSIGN_OR_RETURN(seen, Describe(session, id));
  }
  if (!seen.node) return std::nullopt;
  Found found;
  found.inputs = InputsOf(seen.node, inputs);
  found.outputs = OutputsOf(id, seen.node);
  PALISADE_ASSIGN_OR_RETURN(std::string association, AclAssociation(session, id));
  PutText(found.outputs, names::kNetworkAclAssociationId, std::move(association));
  found.tags = TagSet(seen.node);
  found.unreadable.assign(std::begin(kPoolInputs), std::end(kPoolInputs));
  found.state = Text(seen.node, "state");
  ShowInputs(found);
  return found;
}

// Only what Settle cannot tell from the new inputs: what they do not ask for any more. Until it is
// done state stays the old one, and an error puts back what was changed; what Settle does is done
// anew by the next update, whatever that one says.
absl::Status Subnet::Change(Session& session, const resource::UpdateRequest& request) const {
  const std::string& id = request.id;
  const auto describe = [&] { return Describe(session, id); };
  const std::string before = TextOf(request.old_inputs, names::kIpv6CidrBlock);
  const std::string after = TextOf(request.new_inputs, names::kIpv6CidrBlock);
  const bool loses_range = !before.empty() && CanonicalCidr(before) != CanonicalCidr(after);
  // What needs a range is off while there is none; Settle turns it on again when the new one is
  // there.
  const SubnetSettings off = loses_range ? RangeSettingsOff(request.old_inputs) : SubnetSettings();
  SubnetSettings first = ResetSettings(request.old_inputs, request.new_inputs);
  for (const SubnetSetting& each : off) {
    if (std::ranges::find(first, each) == first.end()) first.push_back(each);
  }
  SubnetSettings done;
  absl::Status status;
  for (const SubnetSetting& each : first) {
    status = ApplySettings(session, id, {each}, /*fresh=*/false);
    if (!status.ok()) break;
    done.push_back(each);
  }
  if (status.ok() && loses_range) status = DisassociateRange(session, id, {before, off}, describe);
  if (!status.ok()) {
    if (done.empty()) return status;
    const SubnetSettings again = AskedFor(request.old_inputs, done);
    return AfterUndo(session, id, status, InputOf(done.front()).Text(), [&](Session& with) {
      return ApplySettings(with, id, again, /*fresh=*/false);
    });
  }
  if (!loses_range) return absl::OkStatus();
  // From here on there is no way back, and Settle brings all that the new inputs say.
  PropertyMap outputs = request.old_outputs;
  outputs.erase(names::kIpv6CidrBlock);
  outputs[names::kIpv6CidrBlocks] = PropertyArray();
  session.call().RecordId(id, std::move(outputs));
  return WaitUntilRangeLeft(session, id, before, describe);
}

absl::Status Subnet::Remove(Session& session, const resource::DeleteRequest& request) const {
  const std::string& id = request.id;
  PALISADE_RETURN_IF_ERROR(DeletePatiently(
      session, {.operation = "DeleteSubnet",
                .params = Params().Add("SubnetId", id),
                .patience = kPatience,
                .waiting_for = "network interfaces in the subnet " + id + " to be gone",
                .advice = "something in the subnet " + id +
                          " was not made by this program or is not deleted yet: look for the "
                          "network interfaces in it and what they belong to"}));
  return WaitUntilGone(session, "waiting for the subnet " + id + " to be gone", kNotFound,
                       [&] { return Describe(session, id); });
}

absl::StatusOr<ListedPage> Subnet::Enumerate(Session& session, const std::string& continuation,
                                             std::size_t page_size) const {
  const auto ids = [](pugi::xml_node subnet) -> std::vector<std::string> {
    return {Text(subnet, "subnetId")};
  };
  return ListOnePage(session, {"DescribeSubnets", "subnetSet", 1000, ids}, continuation, page_size);
}

void Subnet::MigrateState(int, PropertyMap& inputs, PropertyMap& outputs) const {
  constexpr std::pair<const char*, const char*> kOptions[] = {
      {"privateDnsHostnameTypeOnLaunch", names::kHostnameType},
      {"enableResourceNameDnsARecordOnLaunch", names::kEnableResourceNameDnsARecord},
      {"enableResourceNameDnsAaaaRecordOnLaunch", names::kEnableResourceNameDnsAaaaRecord}};
  for (PropertyMap* bag : {&inputs, &outputs}) {
    PropertyMap options;
    for (const auto& [from, to] : kOptions) {
      auto node = bag->extract(from);
      if (!node.empty()) options[to] = std::move(node.mapped());
    }
    if (!options.empty()) {
      bag->emplace(names::kPrivateDnsNameOptionsOnLaunch, std::move(options));
    }
  }
  const Moved moved{
      .renamed = {},
      .inputs = {names::kVpcId, names::kCidrBlock, names::kAvailabilityZone,
                 names::kAvailabilityZoneId, names::kIpv6CidrBlock, names::kIpv6Native,
                 names::kIpv4IpamPoolId, names::kIpv4NetmaskLength, names::kIpv6IpamPoolId,
                 names::kIpv6NetmaskLength, names::kOutpostArn, names::kMapPublicIpOnLaunch,
                 names::kAssignIpv6AddressOnCreation, names::kEnableDns64,
                 names::kEnableLniAtDeviceIndex, names::kPrivateDnsNameOptionsOnLaunch}};
  const std::string id = MoveBags(moved, inputs, outputs);
  if (!outputs.contains(names::kSubnetId)) PutText(outputs, names::kSubnetId, id);
}

}  // namespace palisade::aws::ec2

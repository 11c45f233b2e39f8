#include "provider/clouds/aws/resources/ec2/subnet_ipv6.h"

#include "provider/base/cloud_error.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/http/exchange.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;
using resource::Sight;

constexpr char kSet[] = "ipv6CidrBlockAssociationSet";

std::string StateOf(pugi::xml_node association) {
  return Text(association.child("ipv6CidrBlockState"), "state");
}

// The association of this range that is there or on its way; empty when there is none.
pugi::xml_node AssociationOf(pugi::xml_node subnet, const std::string& range) {
  for (const pugi::xml_node each : Items(subnet, kSet)) {
    const std::string state = StateOf(each);
    if (state != "associated" && state != "associating" && state != "disassociating") continue;
    if (CanonicalCidr(Text(each, "ipv6CidrBlock")) == CanonicalCidr(range)) return each;
  }
  return {};
}

absl::Status Disassociate(Session& session, const std::string& id, const RangeChange& change,
                          const std::function<absl::StatusOr<Seen>()>& describe) {
  Seen seen;
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      session.call(), {.what = "waiting for the attributes of the subnet " + id + " to show"},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(seen, describe());
        return Sight{.done = MissingSettings(change.off, seen.node).empty(),
                     .state = "attributes being set"};
      }));
  const pugi::xml_node association = AssociationOf(seen.node, change.before);
  if (!association) return absl::OkStatus();
  if (StateOf(association) != "disassociating") {
    PALISADE_RETURN_IF_ERROR(
        session
            .Ec2("DisassociateSubnetCidrBlock",
                 Params().Add("AssociationId", Text(association, "associationId")),
                 Idempotency::kIdempotent)
            .status());
  }
  return resource::WaitUntil(
      session.call(), {.what = "waiting for " + change.before + " to leave the subnet " + id},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(const Seen now, describe());
        const pugi::xml_node left = AssociationOf(now.node, change.before);
        return Sight{.done = !left, .state = left ? StateOf(left) : ""};
      });
}

absl::Status Associate(Session& session, const std::string& id, const std::string& range,
                       const std::function<absl::StatusOr<Seen>()>& describe) {
  const absl::Status status =
      session
          .Ec2("AssociateSubnetCidrBlock", Params().Add("SubnetId", id).Add("Ipv6CidrBlock", range),
               Idempotency::kNonIdempotent)
          .status();
  // The reply was lost, or EC2 refused what an update that failed later has done already. No
  // document says by which code, so the subnet itself tells.
  if (status.ok() || !(http::MayHaveHappened(status) || base::CloudErrorOf(status))) return status;
  const absl::StatusOr<Seen> seen = describe();
  if (!seen.ok()) return status;
  const pugi::xml_node association = AssociationOf(seen->node, range);
  return association && StateOf(association) != "disassociating" ? absl::OkStatus() : status;
}

}  // namespace

absl::StatusOr<std::string> SubnetRangesState(pugi::xml_node subnet) {
  for (const pugi::xml_node each : Items(subnet, kSet)) {
    const std::string state = StateOf(each);
    if (state == "failed" || state == "failing") {
      return base::FailedPrecondition("EC2 could not give the subnet the range " +
                                      Text(each, "ipv6CidrBlock") + ": " + state + ", " +
                                      Text(each.child("ipv6CidrBlockState"), "statusMessage"));
    }
    if (state == "associating") return state;
  }
  return std::string();
}

value::PropertyArray SubnetRanges(pugi::xml_node subnet) {
  value::PropertyArray ranges;
  for (const pugi::xml_node each : Items(subnet, kSet)) {
    if (StateOf(each) == "associated") ranges.emplace_back(Text(each, "ipv6CidrBlock"));
  }
  return ranges;
}

absl::Status ChangeSubnetRange(Session& session, const std::string& id, const RangeChange& change,
                               const std::function<absl::StatusOr<Seen>()>& describe) {
  if (!change.before.empty()) {
    PALISADE_RETURN_IF_ERROR(Disassociate(session, id, change, describe));
  }
  return change.after.empty() ? absl::OkStatus() : Associate(session, id, change.after, describe);
}

}  // namespace palisade::aws::ec2

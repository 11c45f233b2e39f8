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

// Whether it is on its way out, or has failed to come. Some stand-ins of EC2 have words of their
// own for one that is there.
bool IsLost(const std::string& state) {
  return state == "disassociating" || state == "disassociated" || state == "failing" ||
         state == "failed";
}

bool Holds(const std::string& state) { return state != "associating" && !IsLost(state); }

// The association of this range that is there or on its way in or out; empty when there is none.
pugi::xml_node AssociationOf(pugi::xml_node subnet, const std::string& range) {
  for (const pugi::xml_node each : Items(subnet, kSet)) {
    const std::string state = StateOf(each);
    if (IsLost(state) && state != "disassociating") continue;
    if (CanonicalCidr(Text(each, "ipv6CidrBlock")) == CanonicalCidr(range)) return each;
  }
  return {};
}

bool IsLeaving(pugi::xml_node subnet) {
  for (const pugi::xml_node each : Items(subnet, kSet)) {
    if (StateOf(each) == "disassociating") return true;
  }
  return false;
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
    if (Holds(StateOf(each))) ranges.emplace_back(Text(each, "ipv6CidrBlock"));
  }
  return ranges;
}

bool ShowsRange(pugi::xml_node subnet, const std::string& range) {
  const pugi::xml_node association = AssociationOf(subnet, range);
  return association && !IsLost(StateOf(association));
}

absl::StatusOr<Sight> JudgeRange(const RangeWait& wait, pugi::xml_node subnet) {
  if (ShowsRange(subnet, wait.range)) return Sight{.done = true, .state = ""};
  if (IsLeaving(subnet)) return Sight{.done = false, .state = "IPv6 range disassociating"};
  if (!wait.asked) {
    // What an update has just taken away may be seen once more.
    const bool other = !SubnetRanges(subnet).empty();
    return Sight{.done = !other || wait.waited >= kParentLimit, .state = "IPv6 range leaving"};
  }
  if (wait.waited < kUnseenLimit) {
    return Sight{.done = false, .state = "IPv6 range not visible yet"};
  }
  return base::FailedPrecondition("the subnet " + Text(subnet, "subnetId") +
                                  " does not show its ipv6CidrBlock " + wait.range +
                                  ", although EC2 took it; run `pulumi up` again");
}

absl::Status AssociateRange(Session& session, const std::string& id, const std::string& range,
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
  return ShowsRange(seen->node, range) ? absl::OkStatus() : status;
}

absl::Status DisassociateRange(Session& session, const std::string& id, const RangeLoss& loss,
                               const std::function<absl::StatusOr<Seen>()>& describe) {
  Seen seen;
  const base::SteadyTime start = session.call().clock().Steady();
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      session.call(), {.what = "waiting for the attributes of the subnet " + id + " to show"},
      [&]() -> absl::StatusOr<Sight> {
        PALISADE_ASSIGN_OR_RETURN(seen, describe());
        const bool late = session.call().clock().Steady() - start >= kUnseenLimit;
        return JudgeSettings(loss.off, seen.node, late);
      }));
  const pugi::xml_node association = AssociationOf(seen.node, loss.range);
  if (!association || StateOf(association) == "disassociating") return absl::OkStatus();
  return session
      .Ec2("DisassociateSubnetCidrBlock",
           Params().Add("AssociationId", Text(association, "associationId")),
           Idempotency::kIdempotent)
      .status();
}

absl::Status WaitUntilRangeLeft(Session& session, const std::string& id, const std::string& range,
                                const std::function<absl::StatusOr<Seen>()>& describe) {
  return resource::WaitUntil(session.call(),
                             {.what = "waiting for " + range + " to leave the subnet " + id},
                             [&]() -> absl::StatusOr<Sight> {
                               PALISADE_ASSIGN_OR_RETURN(const Seen now, describe());
                               const pugi::xml_node left = AssociationOf(now.node, range);
                               return Sight{.done = !left, .state = left ? StateOf(left) : ""};
                             });
}

}  // namespace palisade::aws::ec2

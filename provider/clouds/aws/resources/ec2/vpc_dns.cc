#include "provider/clouds/aws/resources/ec2/vpc_dns.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

using http::Idempotency;

struct Attribute {
  const char* name;  ///< in inputs and in DescribeVpcAttribute
  const char* wire;  ///< in ModifyVpcAttribute
  std::optional<bool> VpcDns::* member;
};
constexpr Attribute kSupport{names::kEnableDnsSupport, "EnableDnsSupport.Value", &VpcDns::support};
constexpr Attribute kHostnames{names::kEnableDnsHostnames, "EnableDnsHostnames.Value",
                               &VpcDns::hostnames};

absl::StatusOr<bool> ReadOne(Session& session, const std::string& id, const Attribute& attribute) {
  Params params;
  params.Add("Attribute", attribute.name).Add("VpcId", id);
  PALISADE_ASSIGN_OR_RETURN(const Xml reply,
                            session.Ec2("DescribeVpcAttribute", params, Idempotency::kIdempotent));
  return Flag(reply.root.child(attribute.name), "value");
}

absl::Status SetOne(Session& session, const std::string& id, const Attribute& attribute, bool on,
                    bool fresh) {
  Params params;
  params.Add("VpcId", id).Add(attribute.wire, on);
  const auto modify = [&] {
    return session.Ec2("ModifyVpcAttribute", params, Idempotency::kIdempotent).status();
  };
  const std::string what = "the VPC " + id + " to be visible";
  return fresh ? session.RetryWhile({"InvalidVpcID.NotFound"}, kParentLimit, what, modify)
               : modify();
}

absl::Status WaitForOne(Session& session, const std::string& id, const Attribute& attribute,
                        bool on) {
  const std::string name = attribute.name;
  const base::SteadyTime start = session.call().clock().Steady();
  return resource::WaitUntil(
      session.call(), {.what = "waiting for " + name + " of the VPC " + id + " to show"},
      [&]() -> absl::StatusOr<resource::Sight> {
        PALISADE_ASSIGN_OR_RETURN(const bool now, ReadOne(session, id, attribute));
        const bool late = session.call().clock().Steady() - start >= kUnseenLimit;
        if (now == on || !late)
          return resource::Sight{.done = now == on, .state = name + " being set"};
        return base::FailedPrecondition("the VPC " + id + " does not show " + name +
                                        " as it was asked for (" + (on ? "true" : "false") +
                                        "), although EC2 took it; run `pulumi up` again");
      });
}

}  // namespace

VpcDns WantedDns(const value::PropertyMap& inputs) {
  const value::View view(inputs);
  return {view.Bool(names::kEnableDnsSupport), view.Bool(names::kEnableDnsHostnames)};
}

VpcDns EffectiveDns(const value::PropertyMap& inputs) {
  const VpcDns wanted = WantedDns(inputs);
  return {wanted.support.value_or(*kNewVpcDns.support),
          wanted.hostnames.value_or(*kNewVpcDns.hostnames)};
}

absl::Status ReadDns(Session& session, const std::string& id, const VpcDns* wanted, VpcDns& seen) {
  for (const Attribute& attribute : {kSupport, kHostnames}) {
    const bool asked = wanted == nullptr || (wanted->*attribute.member).has_value();
    if (!asked || seen.*attribute.member) continue;
    PALISADE_ASSIGN_OR_RETURN(seen.*attribute.member, ReadOne(session, id, attribute));
  }
  return absl::OkStatus();
}

absl::Status BringDns(Session& session, const std::string& id, const VpcDns& wanted, bool fresh,
                      VpcDns& seen) {
  struct Step {
    const Attribute& attribute;
    bool on;
  };
  for (const Step& step : {Step{kHostnames, false}, Step{kSupport, true}, Step{kSupport, false},
                           Step{kHostnames, true}}) {
    const auto member = step.attribute.member;
    if (wanted.*member != step.on || seen.*member == step.on) continue;
    PALISADE_RETURN_IF_ERROR(SetOne(session, id, step.attribute, step.on, fresh));
    (seen.*member).reset();
    PALISADE_RETURN_IF_ERROR(WaitForOne(session, id, step.attribute, step.on));
    seen.*member = step.on;
  }
  return absl::OkStatus();
}

}  // namespace palisade::aws::ec2

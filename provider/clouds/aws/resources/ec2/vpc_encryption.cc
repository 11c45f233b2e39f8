#include "provider/clouds/aws/resources/ec2/vpc_encryption.h"

#include <string>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/xml.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

struct Exclusion {
  const char* input;
  const char* wire;
  const char* reply;
};
constexpr Exclusion kExclusions[] = {
    {names::kInternetGatewayExclusion, "InternetGatewayExclusion", "internetGateway"},
    {names::kEgressOnlyInternetGatewayExclusion, "EgressOnlyInternetGatewayExclusion",
     "egressOnlyInternetGateway"},
    {names::kNatGatewayExclusion, "NatGatewayExclusion", "natGateway"},
    {names::kVirtualPrivateGatewayExclusion, "VirtualPrivateGatewayExclusion",
     "virtualPrivateGateway"},
    {names::kVpcPeeringExclusion, "VpcPeeringExclusion", "vpcPeering"},
    {names::kLambdaExclusion, "LambdaExclusion", "lambda"},
    {names::kVpcLatticeExclusion, "VpcLatticeExclusion", "vpcLattice"},
    {names::kElasticFileSystemExclusion, "ElasticFileSystemExclusion", "elasticFileSystem"},
    {names::kGlobalAcceleratorExclusion, "GlobalAcceleratorExclusion", "globalAccelerator"},
    {names::kApiGatewayV2Exclusion, "ApiGatewayV2Exclusion", "apiGatewayV2"},
};

bool IsThere(pugi::xml_node control) {
  const std::string state = Text(control, "state");
  return !state.empty() && state != "deleted" && state != "deleting";
}

}  // namespace

void AddEncryptionControl(const value::PropertyMap& control, Params& params) {
  const std::string prefix = "VpcEncryptionControl.";
  params.Add(prefix + "Mode", TextOf(control, names::kMode));
  for (const Exclusion& each : kExclusions) {
    const std::string text = TextOf(control, each.input);
    if (!text.empty()) params.Add(prefix + each.wire, text);
  }
}

value::PropertyMap EncryptionControlInput(pugi::xml_node control) {
  value::PropertyMap input;
  if (!IsThere(control)) return input;
  PutText(input, names::kMode, Text(control, "mode"));
  for (const Exclusion& each : kExclusions) {
    const std::string state = Text(control.child("resourceExclusions").child(each.reply), "state");
    if (state.empty()) continue;
    input[each.input] = state == "enabled" || state == "enabling" ? "enable" : "disable";
  }
  return input;
}

value::PropertyMap EncryptionControlOutput(pugi::xml_node control) {
  value::PropertyMap output;
  if (!IsThere(control)) return output;
  PutText(output, names::kVpcEncryptionControlId, Text(control, "vpcEncryptionControlId"));
  PutText(output, names::kMode, Text(control, "mode"));
  PutText(output, names::kState, Text(control, "state"));
  PutText(output, names::kStateMessage, Text(control, "stateMessage"));
  PropertyMap exclusions;
  for (const Exclusion& each : kExclusions) {
    const pugi::xml_node node = control.child("resourceExclusions").child(each.reply);
    if (!node) continue;
    PropertyMap exclusion;
    PutText(exclusion, names::kState, Text(node, "state"));
    PutText(exclusion, names::kStateMessage, Text(node, "stateMessage"));
    exclusions[each.reply] = std::move(exclusion);
  }
  if (!exclusions.empty()) output[names::kResourceExclusions] = std::move(exclusions);
  return output;
}

absl::StatusOr<bool> EncryptionControlReady(pugi::xml_node control) {
  const std::string state = Text(control, "state");
  if (state.ends_with("-failed")) {
    const std::string message = Text(control, "stateMessage");
    return base::FailedPrecondition("the VPC's encryption control is " + state +
                                    (message.empty() ? "" : ": " + message));
  }
  return state == "available";
}

}  // namespace palisade::aws::ec2

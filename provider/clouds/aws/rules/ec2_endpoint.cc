#include <string>

#include "provider/clouds/aws/rules/ec2.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kRule = "aws.ec2.endpoint-type";

bool HasAny(const Place& endpoint, std::string_view name) {
  const PropertyArray* items = View(endpoint.bag).Array(name);
  return items != nullptr ? !items->empty() : View(endpoint.bag).Has(name);
}

// `given`: the program says that the type is Gateway, which is also the default.
void CheckGateway(const Place& endpoint, bool given) {
  const std::string type =
      given ? "of type Gateway" : "of type Gateway, which vpcEndpointType is when it is left out,";
  const std::string fix = "; set vpcEndpointType to Interface, or remove it";
  for (const std::string_view name : {"subnetIds", "securityGroupIds"}) {
    if (!HasAny(endpoint, name)) continue;
    endpoint.Fail(name, kRule, "an endpoint " + type + " has no " + std::string(name) + fix);
  }
  if (View(endpoint.bag).Bool("privateDnsEnabled") == true) {
    endpoint.Fail("privateDnsEnabled", kRule, "an endpoint " + type + " has no private DNS" + fix);
  }
  const auto service = View(endpoint.bag).String("serviceName");
  if (!service || service->ends_with(".s3") || service->ends_with(".dynamodb") ||
      service->ends_with(".s3express")) {
    return;
  }
  endpoint.Warn("serviceName", kRule,
                Quoted(*service) +
                    " is not known to have endpoints of type Gateway, as S3 and "
                    "DynamoDB have; most services want vpcEndpointType Interface");
}

void CheckInterface(const Place& endpoint, const std::string& type) {
  if (HasAny(endpoint, "routeTableIds")) {
    endpoint.Fail("routeTableIds", kRule,
                  "an endpoint of type " + type +
                      " has no route tables; remove them, or set vpcEndpointType to Gateway");
  }
  if (type == "Interface") return;
  if (HasAny(endpoint, "securityGroupIds")) {
    endpoint.Fail("securityGroupIds", kRule,
                  "an endpoint of type " + type + " has no security groups; remove them");
  }
  const PropertyArray* subnets = View(endpoint.bag).Array("subnetIds");
  if (subnets != nullptr && subnets->size() > 1) {
    endpoint.Fail("subnetIds", kRule,
                  "an endpoint of type " + type + " has one subnet; make an endpoint of each");
  }
}

}  // namespace

void CheckVpcEndpoint(const PropertyMap& inputs, Findings& findings) {
  const Place endpoint{inputs, PropertyPath(), findings};
  const View view(inputs);
  CheckId(endpoint, "vpcId", kVpc);
  CheckIds(endpoint, "subnetIds", kSubnet);
  CheckIds(endpoint, "securityGroupIds", kSecurityGroup);
  CheckIds(endpoint, "routeTableIds", kRouteTable);
  const auto type = view.String("vpcEndpointType");
  const bool known = type || !view.Has("vpcEndpointType");
  if (!known) return;
  if (!type || *type == "Gateway") {
    CheckGateway(endpoint, type.has_value());
  } else if (*type == "Interface" || *type == "GatewayLoadBalancer") {
    CheckInterface(endpoint, *type);
  }
  const bool by_service =
      !type || *type == "Gateway" || *type == "Interface" || *type == "GatewayLoadBalancer";
  if (by_service && !view.Has("serviceName")) {
    endpoint.Fail("serviceName", kRule,
                  "is missing; set it to the service's name, such as "
                  "\"com.amazonaws.us-west-2.s3\"");
  }
}

}  // namespace palisade::aws::rules

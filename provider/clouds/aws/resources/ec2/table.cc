#include "provider/clouds/aws/resources/ec2/table.h"

#include <algorithm>
#include <array>

#include "provider/clouds/aws/resources/ec2/gateway_route_table_association.h"
#include "provider/clouds/aws/resources/ec2/internet_gateway.h"
#include "provider/clouds/aws/resources/ec2/route.h"
#include "provider/clouds/aws/resources/ec2/route_table.h"
#include "provider/clouds/aws/resources/ec2/security_group.h"
#include "provider/clouds/aws/resources/ec2/security_group_rule.h"
#include "provider/clouds/aws/resources/ec2/subnet.h"
#include "provider/clouds/aws/resources/ec2/subnet_route_table_association.h"
#include "provider/clouds/aws/resources/ec2/vpc.h"
#include "provider/clouds/aws/resources/ec2/vpc_endpoint.h"
#include "provider/clouds/aws/resources/ec2/vpc_gateway_attachment.h"

namespace palisade::aws {
namespace {

using namespace ec2;  // NOLINT: its types are all that this file is about

constexpr auto kResources = std::to_array<AwsResourceRow>({
    {"palisade:aws/ec2:GatewayRouteTableAssociation",
     MakeAwsResource<GatewayRouteTableAssociation>},
    {"palisade:aws/ec2:InternetGateway", MakeAwsResource<InternetGateway>},
    {"palisade:aws/ec2:Route", MakeAwsResource<Route>},
    {"palisade:aws/ec2:RouteTable", MakeAwsResource<RouteTable>},
    {"palisade:aws/ec2:SecurityGroup", MakeAwsResource<SecurityGroup>},
    {"palisade:aws/ec2:SecurityGroupEgress", MakeAwsResource<SecurityGroupEgress>},
    {"palisade:aws/ec2:SecurityGroupIngress", MakeAwsResource<SecurityGroupIngress>},
    {"palisade:aws/ec2:Subnet", MakeAwsResource<Subnet>},
    {"palisade:aws/ec2:SubnetRouteTableAssociation", MakeAwsResource<SubnetRouteTableAssociation>},
    {"palisade:aws/ec2:Vpc", MakeAwsResource<Vpc>},
    {"palisade:aws/ec2:VpcEndpoint", MakeAwsResource<VpcEndpoint>},
    {"palisade:aws/ec2:VpcGatewayAttachment", MakeAwsResource<VpcGatewayAttachment>},
});
static_assert(std::ranges::is_sorted(kResources, {}, &AwsResourceRow::token));

}  // namespace

std::span<const AwsResourceRow> Ec2Rows() { return kResources; }

}  // namespace palisade::aws

"""What the double needs of EC2, asked from moto: zones of subnets, endpoints, routes to them.

Endpoints are made in moto as endpoints of a Gateway Load Balancer, which is what route tables accept
as a target and what the real service makes."""

import dataclasses

from ..errors import AwsError


@dataclasses.dataclass
class Subnet:
    id: str
    vpc: str
    zone: str


class Network:
    def __init__(self, moto, timing):
        self._moto, self._timing = moto, timing
        self.reset()

    def reset(self):
        self._occupied = set()  # subnets with an endpoint
        self._lingering = {}  # subnet id -> deletes still to be refused

    def subnet(self, caller, subnet_id):
        """The subnet, or None."""
        try:
            tree = self._moto.ec2(caller, "DescribeSubnets", [("SubnetId.1", subnet_id)])
        except AwsError:
            return None
        item = tree.find(".//subnetSet/item")
        return Subnet(subnet_id, item.findtext("vpcId"), item.findtext("availabilityZone"))

    def add_endpoint(self, caller, firewall, attachment):
        """The id of a new endpoint."""
        if attachment.subnet is None:
            # Endpoints of a transit gateway's firewall lie in a VPC of the service.
            return f"vpce-{firewall.id.replace('-', '')[:16]}{attachment.zone[-1]}"
        tree = self._moto.ec2(caller, "CreateVpcEndpoint", [
            ("VpcId", firewall.vpc), ("VpcEndpointType", "GatewayLoadBalancer"),
            ("ServiceName", f"com.amazonaws.vpce.{caller.region}.vpce-svc-0123456789abcdef0"),
            ("SubnetId.1", attachment.subnet),
            ("TagSpecification.1.ResourceType", "vpc-endpoint"),
            ("TagSpecification.1.Tag.1.Key", "AWSNetworkFirewallManaged"),
            ("TagSpecification.1.Tag.1.Value", "true"),
            ("TagSpecification.1.Tag.2.Key", "Firewall"),
            ("TagSpecification.1.Tag.2.Value", firewall.arn)])
        self._occupied.add(attachment.subnet)
        return tree.findtext(".//vpcEndpointId")

    def remove_endpoint(self, caller, attachment):
        if attachment.subnet is None or attachment.endpoint is None:
            return
        self._moto.ec2(caller, "DeleteVpcEndpoints", [("VpcEndpointId.1", attachment.endpoint)])
        self._occupied.discard(attachment.subnet)
        self._lingering[attachment.subnet] = self._timing.linger_calls

    def routed(self, caller, endpoints):
        """Whether a route leads to one of these endpoints."""
        endpoints = {endpoint for endpoint in endpoints if endpoint}
        if not endpoints:
            return False
        tree = self._moto.ec2(caller, "DescribeRouteTables")
        return any(route.findtext("gatewayId") in endpoints
                   for route in tree.iterfind(".//routeSet/item"))

    def check_subnet_free(self, subnet_id):
        """Raises while an endpoint, or what is left of one, lies in the subnet."""
        if self._lingering.get(subnet_id, 0) > 0:
            self._lingering[subnet_id] -= 1
        elif subnet_id not in self._occupied:
            return
        raise AwsError("DependencyViolation",
                       f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")

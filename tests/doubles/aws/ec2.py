"""EC2 is moto's; here stands what moto gets wrong in a way that would hide a mistake of ours."""

import dataclasses
import threading
import urllib.parse

from .errors import AwsError

# Creates that a client token makes idempotent; moto reads it and makes a second object.
TOKENS = ("CreateRouteTable", "CreateVpcEndpoint")


class Ec2:
    """Takes a call before moto does."""

    def __init__(self, moto, network):
        self._moto, self._network = moto, network
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        self._answered = {}  # (account, region, operation, token) -> (parameters, reply)

    def call(self, operation, parameters, caller, request):
        """The result or the reply where it was carried out here; None leaves the call to moto. Raises
        AwsError."""
        if operation in TOKENS and parameters.get("ClientToken"):
            return self._once(operation, parameters, caller, request)
        if operation == "DeleteSubnet":
            # moto deletes a subnet whatever lies in it.
            self._network.check_subnet_free(parameters["SubnetId"])
        if operation == "DeleteVpc":
            self._check_vpc_free(parameters["VpcId"], caller)
        if operation == "AssociateRouteTable" and parameters.get("GatewayId"):
            self._check_gateway_free(parameters["GatewayId"], parameters["RouteTableId"], caller)
        if operation == "DescribeRouteTables":
            return self._describe_tables(request, caller)
        if operation == "ReplaceRoute" and not parameters.get("LocalTarget"):
            return self._replace_route(request, caller)
        return None

    def _once(self, operation, parameters, caller, request):
        key = (caller.account, caller.region, operation, parameters["ClientToken"])
        with self._lock:
            if key not in self._answered:
                reply = self._moto.forward(request, caller)
                if reply.status >= 300:
                    return reply
                self._answered[key] = (parameters, reply)
            before, reply = self._answered[key]
        if before != parameters:
            raise AwsError("IdempotentParameterMismatch",
                           "The client token was used before with other parameters.")
        return reply

    def _check_vpc_free(self, vpc, caller):
        """moto looks at subnets and route tables alone."""
        ask = self._moto.ec2
        of_vpc = [("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", vpc)]
        groups = ask(caller, "DescribeSecurityGroups", of_vpc).iterfind("securityGroupInfo/item")
        gateways = ask(caller, "DescribeInternetGateways").iterfind(
            "internetGatewaySet/item/attachmentSet/item")
        endpoints = ask(caller, "DescribeVpcEndpoints").iterfind("vpcEndpointSet/item")
        if (any(group.findtext("groupName") != "default" for group in groups)
                or any(gateway.findtext("vpcId") == vpc for gateway in gateways)
                or any(endpoint.findtext("vpcId") == vpc and endpoint.findtext("state") != "deleted"
                       for endpoint in endpoints)):
            raise AwsError("DependencyViolation",
                           f"The vpc '{vpc}' has dependencies and cannot be deleted.")

    def _check_gateway_free(self, gateway, table, caller):
        """moto asks neither whether there is such a gateway, nor whether it has a table already."""
        tables = self._moto.ec2(caller, "DescribeRouteTables").findall("routeTableSet/item")
        if any(end.text == gateway for each in tables
               for end in each.iterfind("associationSet/item/gatewayId")):
            raise AwsError("Resource.AlreadyAssociated",
                           f"the specified association for gateway {gateway} conflicts with an "
                           "existing association")
        attached = self._moto.ec2(caller, "DescribeInternetGateways",
                                  [("InternetGatewayId.1", gateway)]).iterfind(".//vpcId")
        vpcs = [each.findtext("vpcId") for each in tables if each.findtext("routeTableId") == table]
        if vpcs and vpcs != [vpc.text for vpc in attached]:
            raise AwsError("InvalidParameterValue", f"route table {table} and network gateway "
                           f"{gateway} belong to different networks")

    def _describe_tables(self, request, caller):
        """moto finds an association by a gateway, but only when the filter names a subnet."""
        body = request.body.replace(b"association.gateway-id", b"association.subnet-id")
        return self._moto.forward(dataclasses.replace(request, body=body), caller)

    def _replace_route(self, request, caller):
        """moto's ReplaceRoute neither knows endpoints as a new target nor forgets the old one: the
        route is taken away and made again."""
        form = [(name, value) for name, value in urllib.parse.parse_qsl(request.body.decode())
                if name not in {"Action", "Version"}]
        key = [(name, value) for name, value in form
               if name.startswith("Destination") or name == "RouteTableId"]
        try:
            self._moto.ec2(caller, "DeleteRoute", key)
        except AwsError as error:
            if error.code != "InvalidRoute.NotFound":
                raise
            raise AwsError("InvalidParameterValue", "There is no such route in the table.") from error
        self._moto.ec2(caller, "CreateRoute", form)
        return {}

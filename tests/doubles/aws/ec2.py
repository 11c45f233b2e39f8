"""EC2 is moto's; here stands what moto gets wrong in a way that would hide a mistake of ours."""

import urllib.parse


class Ec2:
    """Takes a call before moto does."""

    def __init__(self, moto, network):
        self._moto, self._network = moto, network

    def call(self, operation, parameters, caller, request):
        """The result where it was carried out here; None leaves the call to moto. Raises AwsError."""
        if operation == "DeleteSubnet":
            # moto deletes a subnet whatever lies in it.
            self._network.check_subnet_free(parameters["SubnetId"])
        if operation == "ReplaceRoute" and parameters.get("VpcEndpointId"):
            return self._replace_by_endpoint(parameters["VpcEndpointId"], request, caller)
        return None

    def _replace_by_endpoint(self, endpoint, request, caller):
        """moto's ReplaceRoute does not know endpoints: the route is taken away and made again."""
        form = urllib.parse.parse_qsl(request.body.decode())
        kept = [(name, value) for name, value in form
                if name.startswith("Destination") or name == "RouteTableId"]
        self._moto.ec2(caller, "DeleteRoute", kept)
        self._moto.ec2(caller, "CreateRoute", [*kept, ("VpcEndpointId", endpoint)])
        return {}

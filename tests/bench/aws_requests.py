"""Requests per verb of each AWS type, counted at the gateway.

Everything that is waited for is over at the first look, so a count holds no poll that only time
explains. What a process asks once is told apart: a create of another type comes first. So is taking
markers off, which one request may do for many objects, whenever the provider sees fit.
"""

import copy
import json
import sys

from pulumi.runtime.proto import provider_pb2

from aws_measured import EMPTY_HOME, Measured
from aws_minimum import LEAST
from doubles.aws.cloud import Cloud
from known import EC2, FIREWALL, Known


def described(news, known):
    return {"description": "changed"}


def other_gateway(news, known):
    return {"internetGatewayId": known.gateway()}


def other_table(news, known):
    return {"routeTableId": known.table(known.vpc_of_table[news["routeTableId"]])}


def other_target(news, known):
    """A firewall's endpoint in the same VPC as the route's table."""
    table = news["routeTableId"]
    vpc = known.vpc_of_table[table]
    firewall = known.made(FIREWALL + "Firewall", vpcId=vpc, firewallPolicyArn=known.policy(),
                          subnetMappings=[{"subnetId": known.subnet(vpc)}])
    return {"gatewayId": None,
            "vpcEndpointId": next(iter(firewall["endpointIdsByZone"].values()))}


def other_rules(news, known):
    return {"securityGroupIngress": [{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443,
                                      "cidrIp": "10.0.0.0/16"}]}


def other_logging(news, known):
    changed = copy.deepcopy(news["loggingConfiguration"])
    changed["logDestinationConfigs"][0]["logDestination"] = {"logGroup": "/perimeter/other"}
    return {"loggingConfiguration": changed}


# One property of each type that changes in place; a property of None is taken away.
CHANGES = {
    "Vpc": lambda news, known: {"enableDnsHostnames": True},
    "Subnet": lambda news, known: {"mapPublicIpOnLaunch": True},
    "VpcGatewayAttachment": other_gateway,
    "Route": other_target,
    "GatewayRouteTableAssociation": other_table,
    "SecurityGroup": other_rules,
    "SecurityGroupIngress": described,
    "SecurityGroupEgress": described,
    "VpcEndpoint": lambda news, known: {"routeTableIds": []},
    "RuleGroup": described,
    "FirewallPolicy": described,
    "Firewall": described,
    "LoggingConfiguration": other_logging,
}


class KnownTables(Known):
    """Also remembers whose VPC a route table is."""

    def __init__(self, plugin):
        super().__init__(plugin)
        self.vpc_of_table = {}

    def table(self, vpc):
        table = super().table(vpc)
        self.vpc_of_table[table] = vpc
        return table


MARKER = "palisade:creating"


def takes_marker_off(record):
    keys = [tag["Key"] for tag in record.params.get("Tags", [])] + record.params.get("TagKeys", [])
    return record.operation in ("DeleteTags", "UntagResource") and keys == [MARKER]


class Counter:
    def __init__(self, cloud):
        self.cloud = cloud

    def of(self, call):
        """(what `call` answers, the operations that it sent)."""
        before = len(self.cloud.records.all())
        answer = call()
        return answer, [record.operation for record in self.cloud.records.all()[before:]
                        if not takes_marker_off(record)]

    def markers(self):
        """How many objects had a marker taken off, and by how many requests."""
        found = [record for record in self.cloud.records.all() if takes_marker_off(record)]
        return {"requests": len(found),
                "objects": sum(len(record.params.get("Resources", [None])) for record in found)}


def types_of(plugin):
    """Token -> the names of its inputs, of every AWS type that the plugin has."""
    answer = plugin.stub.GetSchema(provider_pb2.GetSchemaRequest(), timeout=30)
    resources = json.loads(answer.schema)["resources"]
    return {token: set(spec.get("inputProperties", {})) for token, spec in resources.items()
            if token.startswith("palisade:aws/")}


def life(plugin, known, counter, token, properties):
    """Operations by verb, of one object from its create to its delete."""
    name = token.rsplit(":", 1)[1]
    news = known.of(token)[0]
    sent = {}
    inputs = plugin.checked(token, news)
    made, sent["create"] = counter.of(lambda: plugin.create(token, inputs))
    # As at the end of a run, so that it counts as finished.
    plugin.cancel()
    _, sent["read"] = counter.of(lambda: plugin.refresh(token, made))

    def update(verb, changes):
        nonlocal made, news
        news = {key: value for key, value in (news | changes).items() if value is not None}
        wanted = plugin.checked(token, news, olds=made.inputs)
        diff = plugin.diff(token, made.inputs, wanted, olds=made.outputs, id=made.id)
        if diff.replaces:
            sys.exit(f"bench: {token} replaces for {list(diff.replaces)}; choose another property")
        made, sent[verb] = counter.of(lambda: plugin.update(token, made, wanted))

    if "tags" in properties:
        update("tags", {"tags": {**news.get("tags", {}), "bench": "1"}})
    if name in CHANGES:
        update("change", CHANGES[name](news, known))
    _, sent["delete"] = counter.of(lambda: plugin.delete(token, made))
    return sent


def measure(binary):
    result = {"types": {}}
    with Cloud() as cloud:
        timing = cloud.firewall.timing
        timing.ready_describes = timing.sync_describes = 0
        timing.stale_describes = timing.delete_describes = 0
        # Of a firewall that says nothing: else delete protection has to be lifted first.
        timing.protections = False
        counter = Counter(cloud)
        with Measured(binary, env=EMPTY_HOME | cloud.environment()) as plugin:
            known = KnownTables(plugin)
            gateway = EC2 + "InternetGateway"
            inputs = plugin.checked(gateway, {})
            _, first = counter.of(lambda: plugin.create(gateway, inputs, name="first"))
            _, second = counter.of(lambda: plugin.create(gateway, inputs, name="second"))
            for operation in second:
                first.remove(operation)
            result["once_per_process"] = first
            for token, properties in types_of(plugin).items():
                sent = life(plugin, known, counter, token, properties)
                least = LEAST.get(token.rsplit(":", 1)[1])
                result["types"][token] = {
                    verb: {"requests": len(operations), "operations": operations,
                           "least": getattr(least, verb, None)}
                    for verb, operations in sent.items()} | {"why": getattr(least, "why", None)}
            result["markers"] = counter.markers()
        wrong = cloud.records.violations()
        if wrong:
            sys.exit("bench: the gateway refused requests:\n" + "\n".join(wrong))
    return result

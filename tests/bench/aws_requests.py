"""Requests per verb of each AWS type, counted at the gateway.

Everything that is waited for is over at the first look, so a count holds no poll that only time
explains. What a process asks once is told apart: a create of another type comes first.
"""

import copy
import sys

from aws_measured import EMPTY_HOME, Measured
from aws_minimum import LEAST
from doubles.aws.cloud import Cloud
from known import EC2, FIREWALL, Known

MODULES = {name: FIREWALL if name in ("RuleGroup", "FirewallPolicy", "Firewall",
                                      "LoggingConfiguration") else EC2 for name in LEAST}


def described(news, known):
    return {"description": "changed"}


def other_gateway(news, known):
    return {"internetGatewayId": known.gateway()}


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


class Counter:
    def __init__(self, cloud):
        self.cloud = cloud

    def of(self, call):
        """(what `call` answers, the operations that it sent)."""
        before = len(self.cloud.records.all())
        answer = call()
        return answer, self.cloud.records.operations()[before:]


def life(plugin, known, counter, name):
    """Operations by verb, of one object from its create to its delete."""
    token = MODULES[name] + name
    news = known.of(token)[0]
    sent = {}
    inputs = plugin.checked(token, news)
    made, sent["create"] = counter.of(lambda: plugin.create(token, inputs))
    _, sent["read"] = counter.of(lambda: plugin.refresh(token, made))

    def update(verb, changes):
        nonlocal made, news
        news = {key: value for key, value in (news | changes).items() if value is not None}
        wanted = plugin.checked(token, news, olds=made.inputs)
        diff = plugin.diff(token, made.inputs, wanted, olds=made.outputs, id=made.id)
        if diff.replaces:
            sys.exit(f"bench: {token} replaces for {list(diff.replaces)}; choose another property")
        made, sent[verb] = counter.of(lambda: plugin.update(token, made, wanted))

    if LEAST[name].tags is not None:
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
            for name in LEAST:
                sent = life(plugin, known, counter, name)
                result["types"][name] = {
                    verb: {"requests": len(operations), "operations": operations,
                           "least": getattr(LEAST[name], verb)}
                    for verb, operations in sent.items()} | {"why": LEAST[name].why}
        wrong = cloud.records.violations()
        if wrong:
            sys.exit("bench: the gateway refused requests:\n" + "\n".join(wrong))
    return result

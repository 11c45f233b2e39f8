"""A firewall of the established packages moves over: `up` says that nothing changes."""

import copy

import network_takeover_test as network
import pytest

from harness import resources_of
from inventory import inventory
from natural_keys_test import nothing_to_do
from network_takeover_test import OURS, foreign, moved, without
from programs import FIREWALL, PERIMETER, changed, resource, write

KINDS = ("RuleGroup", "FirewallPolicy", "Firewall", "LoggingConfiguration")
NATIVE = {kind: f"aws-native:networkfirewall:{kind}" for kind in KINDS}
CLASSIC = {kind: f"aws:networkfirewall/{kind[0].lower()}{kind[1:]}:{kind}" for kind in KINDS}
NAMES = {"RuleGroup": "ruleGroup", "FirewallPolicy": "firewallPolicy", "Firewall": "firewall"}

PROGRAM = {name: PERIMETER[name] for name in ("vpc", "subnet", "packets", "firewall", "logging")} | {
    "domains": changed(PERIMETER, "domains", ruleGroup={
        "ruleVariables": {"ipSets": {"HOME_NET": {"definition": ["10.0.0.0/16"]}},
                          "portSets": {"WEB": {"definition": ["443"]}}},
        "rulesSource": {"rulesString": 'pass tcp $HOME_NET any -> any $WEB (msg:"a"; sid:1;)'},
        "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"}})["domains"],
    "policy": resource(FIREWALL + "FirewallPolicy", firewallPolicy={
        "statelessDefaultActions": ["aws:forward_to_sfe"],
        "statelessFragmentDefaultActions": ["aws:drop"],
        "statefulEngineOptions": {"ruleOrder": "STRICT_ORDER"},
        "statefulDefaultActions": ["aws:drop_strict"],
        "policyVariables": {"ruleVariables": {"HOME_NET": {"definition": ["10.0.0.0/16"]}}},
        "statelessRuleGroupReferences": [{"resourceArn": "${packets.ruleGroupArn}", "priority": 1}],
        "statefulRuleGroupReferences": [{"resourceArn": "${domains.ruleGroupArn}", "priority": 1}]}),
}


def entries(sets, name):
    """Named sets as the aws package has them."""
    return [{"key": key, name: {"definitions": found["definition"]}} for key, found in sets.items()]


def classic_bag(kind, bag):
    bag = copy.deepcopy(without(bag, *OURS))
    for member, ours in (("name", NAMES.get(kind, "") + "Name"), ("arn", NAMES.get(kind, "") + "Arn")):
        if ours in bag and kind in NAMES:
            bag[member] = bag.pop(ours)
    if kind == "RuleGroup":
        variables = bag["ruleGroup"].get("ruleVariables", {})
        for sets, name in (("ipSets", "ipSet"), ("portSets", "portSet")):
            if sets in variables:
                variables[sets] = entries(variables[sets], name)
    if kind == "FirewallPolicy":
        variables = bag["firewallPolicy"]["policyVariables"]
        variables["ruleVariables"] = entries(variables["ruleVariables"], "ipSet")
    return bag


def classic(kind, found):
    if kind not in KINDS:
        return network.classic(kind, found)
    inputs = classic_bag(kind, found["inputs"]) | {"__defaults": []}
    outputs = classic_bag(kind, found["outputs"]) | {"id": found["id"]}
    if kind in NAMES:
        outputs |= {"updateToken": "11111111-2222-3333-4444-555555555555",
                    "encryptionConfiguration": {"keyId": "AWS_OWNED_KMS_KEY", "type": "AWS_OWNED_KMS_KEY"}}
    if kind == "Firewall":
        zones = outputs.pop("endpointIdsByZone")
        del outputs["endpointIds"], outputs["firewallId"]
        outputs["firewallStatuses"] = [{"syncStates": [
            {"availabilityZone": zone, "attachments": [{"endpointId": endpoint}]}
            for zone, endpoint in zones.items()]}]
    return inputs, outputs, found["id"]


PACKAGES = {"aws-native": (network.NATIVE | NATIVE, network.native),
            "aws": (network.CLASSIC | CLASSIC, classic)}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_nothing_changes(program, aws_cloud, monkeypatch, package):
    monkeypatch.setattr(network, "PACKAGES", PACKAGES)
    project = program(PROGRAM)
    project.up()
    before = {name: found["id"] for name, found in resources_of(project.export()).items()}
    project.import_state(foreign(project.export(), package))
    resources = PROGRAM
    if package == "aws":
        # Programs of that package name these by id or arn, which both are the id here.
        for output in ("ruleGroupArn", "firewallPolicyArn", "firewallArn"):
            resources = _by_id(resources, output)
    resources = moved(resources, package, PACKAGES[package][0])
    write(project, resources)
    preview = project.preview()
    assert preview.changed() == [], preview.output
    up = project.up()
    assert up.changed() == [], up.output
    nothing_to_do(project)
    assert {name: found["id"] for name, found in resources_of(project.export()).items()} == before
    write(project, changed(resources, "firewall", description="moved"))
    assert project.up().changed() == ["firewall"]
    project.destroy()
    assert inventory(aws_cloud) == {}


def _by_id(value, output):
    """The program with `${x.output}` as `${x.id}`."""
    if isinstance(value, dict):
        return {key: _by_id(item, output) for key, item in value.items()}
    if isinstance(value, list):
        return [_by_id(item, output) for item in value]
    return value.replace(f".{output}}}", ".id}") if isinstance(value, str) else value

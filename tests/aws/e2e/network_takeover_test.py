"""A network of the established packages moves over: `up` says that nothing changes."""

import copy
import json
import re

import pytest

from harness import resources_of
from inventory import inventory
from natural_keys_test import JOINED, OF_A_GATEWAY, nothing_to_do
from programs import changed, configure, write

NATIVE = {kind: f"aws-native:ec2:{kind}" for kind in (
    "Vpc", "Subnet", "InternetGateway", "VpcGatewayAttachment", "RouteTable", "Route",
    "SubnetRouteTableAssociation", "GatewayRouteTableAssociation")}
CLASSIC = {
    "Vpc": "aws:ec2/vpc:Vpc", "Subnet": "aws:ec2/subnet:Subnet",
    "InternetGateway": "aws:ec2/internetGateway:InternetGateway",
    "VpcGatewayAttachment": "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    "RouteTable": "aws:ec2/routeTable:RouteTable", "Route": "aws:ec2/route:Route",
    "SubnetRouteTableAssociation": "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "GatewayRouteTableAssociation": "aws:ec2/routeTableAssociation:RouteTableAssociation"}
PROGRAM = JOINED | OF_A_GATEWAY
# What only this provider writes into a state.
OURS = ("__v", "__defaults", "accountId", "tagsAll", "region", "arn")


def without(bag, *names):
    return {key: value for key, value in bag.items() if key not in names}


def native(kind, found):
    """Inputs, outputs and id as aws-native leaves them."""
    def bag(values):
        values = without(values, *OURS)
        if "tags" in values:
            values["tags"] = [{"key": key, "value": value} for key, value in values["tags"].items()]
        return values
    inputs = bag(found["inputs"])
    return inputs, bag(found["outputs"]) | {"__inputs": inputs}, found["id"]


UNSET = {
    "Vpc": {"ipv6CidrBlock": "", "ipv6AssociationId": "", "assignGeneratedIpv6CidrBlock": False,
            "mainRouteTableId": "rtb-0", "dhcpOptionsId": "dopt-1"},
    "Subnet": {"outpostArn": "", "customerOwnedIpv4Pool": "", "enableLniAtDeviceIndex": 0,
               "privateDnsHostnameTypeOnLaunch": "ip-name"},
    "Route": {"natGatewayId": "", "vpcEndpointId": "", "destinationPrefixListId": "",
              "origin": "CreateRoute", "state": "active"},
    "RouteTable": {"propagatingVgws": [], "routes": []},
    "SubnetRouteTableAssociation": {"gatewayId": ""},
    "GatewayRouteTableAssociation": {"subnetId": ""},
}
RENAMED = {"defaultNetworkAcl": "defaultNetworkAclId",
           "defaultSecurityGroup": "defaultSecurityGroupId"}


def classic(kind, found):
    """The same as the bridged aws package leaves them."""
    identity = found["id"]
    if kind == "Route":
        identity = "r-" + found["id"].split("|")[0] + "1080289494"
    if kind == "VpcGatewayAttachment":
        identity = ":".join((found["inputs"]["internetGatewayId"], found["inputs"]["vpcId"]))
    if kind == "GatewayRouteTableAssociation":
        identity = found["outputs"]["associationId"]
    inputs = without(found["inputs"], *OURS) | {"__defaults": []}
    if "tags" in inputs:
        inputs["tags"] = inputs["tags"] | {"__defaults": []}
    outputs = without(found["outputs"], "__v", "accountId", "region", "vpcId" if kind == "Vpc" else "",
                      "subnetId" if kind == "Subnet" else "", "attachmentType", "cidrBlockAssociations",
                      "associationId")
    outputs = {RENAMED.get(key, key): value for key, value in outputs.items()}
    outputs |= UNSET.get(kind, {}) | {"id": identity, "__meta": "{\"schema_version\":\"1\"}"}
    if kind not in ("Route", "VpcGatewayAttachment") and "Association" not in kind:
        outputs |= {"ownerId": found["outputs"]["accountId"]}
    return inputs, outputs, identity


PACKAGES = {"aws-native": (NATIVE, native), "aws": (CLASSIC, classic)}


def foreign(exported, package):
    """The stack's state with all resources as the package would have left them."""
    tokens, convert = PACKAGES[package]
    state = copy.deepcopy(exported)
    provider = None
    for entry in state["deployment"]["resources"]:
        kind = entry["type"].rpartition(":")[2]
        if entry["type"] == "pulumi:providers:palisade":
            old = entry["urn"]
            entry["type"] = f"pulumi:providers:{package}"
            entry["urn"] = old.replace("pulumi:providers:palisade", entry["type"])
            entry["inputs"], entry["outputs"] = {"version": "1.0.0"}, {"version": "1.0.0"}
            provider = f"{entry['urn']}::{entry['id']}"
        elif kind in tokens:
            entry["inputs"], entry["outputs"], entry["id"] = convert(kind, entry)
            entry["urn"] = entry["urn"].replace(entry["type"], tokens[kind])
            entry["type"], entry["provider"] = tokens[kind], provider
            for name in ("dependencies", "propertyDependencies"):
                entry.pop(name, None)
    return state


def moved(resources, package, tokens):
    """The program after its import line was changed. YAML carries no aliases of its own; the SDKs of
    other languages do. Programs of aws name objects by `id`, and a resource of which nothing
    changes keeps the outputs of the old package."""
    text = json.dumps(resources)
    if package == "aws":
        text = re.sub(r"\$\{(\w+)\.\w+Id\}", r"${\1.id}", text)
    made = json.loads(text)
    for found in made.values():
        alias = tokens[found["type"].rpartition(":")[2]]
        found["options"] = found.get("options", {}) | {"aliases": [{"type": alias}]}
    return made


def with_default_tags(kind, found):
    """aws-native writes the default tags into the list of the resource's own."""
    inputs, outputs, identity = native(kind, found)
    listed = [{"key": key, "value": value} for key, value in found["outputs"]["tagsAll"].items()]
    inputs["tags"] = outputs["tags"] = listed
    return inputs, outputs, identity


def test_default_tags_of_aws_native_stay(program, aws_cloud, monkeypatch):
    monkeypatch.setitem(PACKAGES, "aws-native", (NATIVE, with_default_tags))
    tagged = {name: PROGRAM[name] for name in ("vpc", "workload", "gateway")}
    project = program(tagged)
    configure(project, "defaultTags.tags.team", "models")
    project.up()
    project.import_state(foreign(project.export(), "aws-native"))
    write(project, moved(tagged, "aws-native", NATIVE))
    preview = project.preview()
    assert preview.changed() == [], preview.output
    assert project.up().changed() == []
    nothing_to_do(project, tagged)
    project.destroy()
    assert inventory(aws_cloud) == {}


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_nothing_changes(program, aws_cloud, package):
    project = program(PROGRAM)
    project.up()
    before = {name: found["id"] for name, found in resources_of(project.export()).items()}
    project.import_state(foreign(project.export(), package))
    resources = moved(PROGRAM, package, PACKAGES[package][0])
    write(project, resources)
    assert not any(found["type"].startswith("palisade")
                   for found in resources_of(project.export()).values())
    preview = project.preview()
    assert preview.changed() == [], preview.output
    up = project.up()
    assert up.changed() == [], up.output
    nothing_to_do(project, PROGRAM)
    after = {name: found["id"] for name, found in resources_of(project.export()).items()}
    assert after == before
    write(project, changed(resources, "workload", mapPublicIpOnLaunch=True))
    assert project.up().changed() == ["workload"]
    project.destroy()
    assert inventory(aws_cloud) == {}

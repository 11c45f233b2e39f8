"""Security groups with their rules inside, and endpoints: changes, drift, what others add, and state
of the established packages."""

import copy
import json
import re

import pytest

from harness import resources_of
from inventory import Place, inventory
from programs import EC2, VPC, changed, resource, write


def https(source, **more):
    return {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "cidrIp": source} | more


GROUP = VPC | {
    "group": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="models",
                      securityGroupIngress=[https("10.0.0.0/16", description="inside"),
                                            https("10.9.0.0/16")],
                      securityGroupEgress=[https("0.0.0.0/0", description="out")]),
}
ENDPOINT = VPC | {
    "workload": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.1.0/24",
                         availabilityZone="us-west-2a"),
    "second": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.2.0/24",
                       availabilityZone="us-west-2b"),
    "table": resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}"),
    "other": resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}"),
    "group": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="clients"),
    "storage": resource(EC2 + "VpcEndpoint", vpcId="${vpc.vpcId}",
                        serviceName="com.amazonaws.us-west-2.s3",
                        routeTableIds=["${table.routeTableId}"]),
    "models": resource(EC2 + "VpcEndpoint", vpcId="${vpc.vpcId}", vpcEndpointType="Interface",
                       serviceName="com.amazonaws.us-west-2.bedrock-runtime",
                       subnetIds=["${workload.subnetId}"],
                       securityGroupIds=["${group.groupId}"]),
}


def nothing_to_do(project):
    assert project.preview().changed() == []
    # A refresh that finds something calls that an update in its sums alone.
    refresh = project.refresh()
    assert set(refresh.changes) <= {"same"}, refresh.output
    assert project.up().changed() == []


def id_of(project, name):
    return resources_of(project.export())[name]["id"]


def rules(cloud, group, direction):
    """(protocol, port, range, description) of a group, asked behind the gateway."""
    tree = cloud.moto.ec2(Place(), "DescribeSecurityGroups", [("GroupId.1", group)])
    path = "securityGroupInfo/item/" + direction
    return sorted((item.findtext("ipProtocol"), item.findtext("fromPort"),
                   source.findtext("cidrIp"), source.findtext("description") or "")
                  for item in tree.iterfind(path + "/item")
                  for source in item.iterfind("ipRanges/item"))


def inward(cloud, group):
    return rules(cloud, group, "ipPermissions")


def outward(cloud, group):
    return rules(cloud, group, "ipPermissionsEgress")


def add_behind_our_back(cloud, group, source):
    cloud.moto.ec2(Place(), "AuthorizeSecurityGroupIngress", [
        ("GroupId", group), ("IpPermissions.1.IpProtocol", "tcp"),
        ("IpPermissions.1.FromPort", "22"), ("IpPermissions.1.ToPort", "22"),
        ("IpPermissions.1.IpRanges.1.CidrIp", source)])


def test_rules_inside_a_group(program, aws_cloud):
    project = program(GROUP)
    project.up()
    group = id_of(project, "group")
    assert inward(aws_cloud, group) == [("tcp", "443", "10.0.0.0/16", "inside"),
                                        ("tcp", "443", "10.9.0.0/16", "")]
    assert outward(aws_cloud, group) == [("tcp", "443", "0.0.0.0/0", "out")]
    nothing_to_do(project)
    # Another order and other spellings are no change.
    spelled = [https("10.9.8.7/16") | {"ipProtocol": "6"}, https("10.0.0.0/16", description="inside")]
    write(project, changed(GROUP, "group", securityGroupIngress=spelled))
    nothing_to_do(project)

    write(project, changed(
        GROUP, "group", securityGroupEgress=[https("0.0.0.0/0", description="through the firewall")],
        securityGroupIngress=[https("10.0.0.0/16", description="from inside"), https("10.3.0.0/16")]))
    assert project.up().changed() == ["group"]
    assert id_of(project, "group") == group
    assert inward(aws_cloud, group) == [("tcp", "443", "10.0.0.0/16", "from inside"),
                                        ("tcp", "443", "10.3.0.0/16", "")]
    assert outward(aws_cloud, group) == [("tcp", "443", "0.0.0.0/0", "through the firewall")]
    nothing_to_do(project)

    write(project, changed(GROUP, "group", securityGroupIngress=[], securityGroupEgress=[]))
    project.up()
    assert inward(aws_cloud, group) == outward(aws_cloud, group) == []
    nothing_to_do(project)
    project.destroy()
    assert inventory(aws_cloud) == {}


def test_a_rule_that_others_add_is_drift_only_where_the_list_is_given(program, aws_cloud):
    project = program(GROUP)
    project.up()
    group = id_of(project, "group")
    add_behind_our_back(aws_cloud, group, "203.0.113.7/32")
    assert project.refresh().changes.get("update") == 1
    assert project.up().changed() == ["group"]
    assert [port for _, port, _, _ in inward(aws_cloud, group)] == ["443", "443"]
    nothing_to_do(project)
    # Taken out of the program, the list is not managed any more, and the user is told.
    write(project, changed(GROUP, "group", securityGroupIngress=None))
    run = project.up()
    assert run.changed() == [] and "aws.ec2.rules-left" in run.output
    add_behind_our_back(aws_cloud, group, "203.0.113.7/32")
    nothing_to_do(project)
    assert len(inward(aws_cloud, group)) == 3
    project.destroy()


def test_a_rule_that_is_there_already_is_not_taken(program, aws_cloud):
    twice = VPC | {
        "group": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="models")}
    project = program(twice)
    project.up()
    add_behind_our_back(aws_cloud, id_of(project, "group"), "10.0.0.0/16")
    ssh = https("10.0.0.0/16") | {"fromPort": 22, "toPort": 22, "groupId": "${group.groupId}"}
    write(project, twice | {"rule": resource(EC2 + "SecurityGroupIngress", **ssh)})
    run = project.up(ok=False)
    assert "pulumi import palisade:aws/ec2:SecurityGroupIngress NAME sgr-" in run.output
    project.destroy()
    assert inventory(aws_cloud) == {}


def test_the_description_of_a_rule_to_the_outside(program, aws_cloud):
    alone = VPC | {
        "group": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="models"),
        "rule": resource(EC2 + "SecurityGroupEgress", groupId="${group.groupId}", description="a",
                         **https("10.0.0.0/16"))}
    project = program(alone)
    project.up()
    before = id_of(project, "rule")
    write(project, changed(alone, "rule", description="b"))
    assert project.up().op("rule") == "update"
    assert id_of(project, "rule") == before
    assert ("tcp", "443", "10.0.0.0/16", "b") in outward(aws_cloud, id_of(project, "group"))
    nothing_to_do(project)
    project.destroy()


POLICY = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": "*"}]}


def test_endpoints(program, aws_cloud):
    project = program(ENDPOINT)
    project.up()
    before = {name: id_of(project, name) for name in ENDPOINT}
    nothing_to_do(project)
    # A policy as an object, then as text of the same meaning, then none.
    write(project, changed(ENDPOINT, "storage", policyDocument=POLICY))
    assert project.up().changed() == ["storage"]
    nothing_to_do(project)
    text = ('{"Statement":{"Action":"s3:GetObject","Effect":"Allow","Principal":"*",'
            '"Resource":"*"},"Version":"2012-10-17"}')
    write(project, changed(ENDPOINT, "storage", policyDocument=text))
    nothing_to_do(project)
    write(project, ENDPOINT)
    assert project.up().changed() == ["storage"]
    nothing_to_do(project)

    write(project, changed(
        changed(ENDPOINT, "storage", routeTableIds=["${other.routeTableId}"]), "models",
        subnetIds=["${second.subnetId}", "${workload.subnetId}"]))
    assert sorted(project.up().changed()) == ["models", "storage"]
    nothing_to_do(project)
    assert {name: id_of(project, name) for name in ENDPOINT} == before
    outputs = resources_of(project.export())["storage"]["outputs"]
    assert outputs["routeTableIds"] == [before["other"]] and outputs["state"] == "available"
    # moto keeps the route in the first table, and wants it there to delete the endpoint.
    write(project, ENDPOINT)
    assert sorted(project.up().changed()) == ["models", "storage"]
    project.destroy()
    assert inventory(aws_cloud) == {}


# --- state of the established packages

JOINED = changed(ENDPOINT, "storage", policyDocument=POLICY) | {
    "group": GROUP["group"],
    "rule": resource(EC2 + "SecurityGroupIngress", groupId="${clients.groupId}", **https("10.1.0.0/16")),
    "clients": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="clients"),
}
TOKENS = {
    "aws-native": {kind: f"aws-native:ec2:{kind}"
                   for kind in ("SecurityGroup", "SecurityGroupIngress", "VpcEndpoint")},
    "aws": {"SecurityGroup": "aws:ec2/securityGroup:SecurityGroup",
            "SecurityGroupIngress": "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "VpcEndpoint": "aws:ec2/vpcEndpoint:VpcEndpoint"},
}
OURS = ("__v", "__defaults", "accountId", "tagsAll", "region", "arn")
CLASSIC_NAMES = {
    "SecurityGroup": {"groupName": "name", "groupDescription": "description"},
    "SecurityGroupIngress": {"groupId": "securityGroupId", "cidrIp": "cidrIpv4"},
    "VpcEndpoint": {"policyDocument": "policy"},
}


def block(rule):
    """A rule as one of aws's blocks."""
    return {"protocol": rule["ipProtocol"], "fromPort": rule["fromPort"], "toPort": rule["toPort"],
            "cidrBlocks": [rule["cidrIp"]], "description": rule.get("description", ""),
            "ipv6CidrBlocks": [], "prefixListIds": [], "securityGroups": [], "self": False}


def bag_of(package, kind, values):
    """aws has no `groupId` of a group and no `vpcEndpointId`: there it is `id`."""
    bag = {key: value for key, value in values.items() if key not in OURS}
    if package == "aws" and kind == "SecurityGroup":
        bag.pop("groupId", None)
    if package == "aws":
        bag.pop("vpcEndpointId", None)
    if package == "aws-native":
        return bag
    bag = {CLASSIC_NAMES[kind].get(key, key): value for key, value in bag.items()}
    for ours, theirs in (("securityGroupIngress", "ingress"), ("securityGroupEgress", "egress")):
        if ours in bag:
            bag[theirs] = [block(rule) for rule in bag.pop(ours)]
    return bag


def foreign(exported, package):
    """The state with the three types as the package would have left them."""
    state = copy.deepcopy(exported)
    for entry in state["deployment"]["resources"]:
        kind = entry["type"].rpartition(":")[2]
        if kind not in TOKENS[package] or "palisade" not in entry["type"]:
            continue
        entry["inputs"] = bag_of(package, kind, entry["inputs"])
        entry["outputs"] = bag_of(package, kind, entry["outputs"])
        entry["outputs"] |= {"awsId": entry["id"]} if package == "aws-native" else {
            "id": entry["id"], "__meta": "{\"schema_version\":\"1\"}"}
        old = entry["urn"]
        entry["urn"] = old.replace(entry["type"], TOKENS[package][kind])
        entry["type"] = TOKENS[package][kind]
        for other in state["deployment"]["resources"]:
            other["dependencies"] = [entry["urn"] if urn == old else urn
                                     for urn in other.get("dependencies", [])]
            other["propertyDependencies"] = {
                name: [entry["urn"] if urn == old else urn for urn in urns]
                for name, urns in (other.get("propertyDependencies") or {}).items()}
    return state


@pytest.mark.parametrize("package", sorted(TOKENS))
def test_state_of_other_packages_moves_over(program, aws_cloud, package):
    project = program(JOINED)
    project.up()
    before = {name: found["id"] for name, found in resources_of(project.export()).items()}
    project.import_state(foreign(project.export(), package))
    text = json.dumps(JOINED)
    moved = json.loads(re.sub(r"\$\{(\w+)\.groupId\}", r"${\1.id}", text) if package == "aws" else text)
    for found in moved.values():
        alias = TOKENS[package].get(found["type"].rpartition(":")[2])
        if alias:
            found["options"] = {"aliases": [{"type": alias}]}
    write(project, moved)
    preview = project.preview()
    assert preview.changed() == [], preview.output
    assert project.up().changed() == []
    nothing_to_do(project)
    assert {name: found["id"] for name, found in resources_of(project.export()).items()} == before
    project.destroy()
    assert inventory(aws_cloud) == {}

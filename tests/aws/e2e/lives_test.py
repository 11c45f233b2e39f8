"""Every type through every verb: create, nothing to do, update in place, replace, import, destroy."""

import pytest

import programs
from harness import resources_of
from inventory import counts, inventory
from programs import EC2, FIREWALL, NETWORK, PERIMETER, POLICY, RULE_GROUP, VPC, changed, write


def ids(project):
    return {name: found["id"] for name, found in resources_of(project.export()).items()}


def nothing_to_do(project):
    assert project.preview().changed() == []
    assert project.refresh().changed() == []
    assert project.up().changed() == []


def destroy(project, cloud):
    project.destroy()
    assert resources_of(project.export()) == {}
    assert inventory(cloud) == {}


def test_vpc(program, aws_cloud):
    project = program(VPC)
    preview = project.preview()
    assert preview.op("vpc") == "create" and aws_cloud.records.all("CreateVpc") == []
    project.up()
    assert counts(aws_cloud) == {"vpc": 1}
    nothing_to_do(project)
    before = ids(project)
    for properties in ({"enableDnsHostnames": True}, {"tags": {"name": "other", "more": "1"}},
                       {"enableDnsHostnames": None, "tags": None}):
        write(project, changed(VPC, "vpc", **properties))
        assert project.up().op("vpc") == "update"
        assert ids(project) == before
        nothing_to_do(project)
    write(project, changed(VPC, "vpc", cidrBlock="10.1.0.0/16"))
    assert "replace" in project.preview().ops("vpc")
    project.up()
    assert ids(project) != before and counts(aws_cloud) == {"vpc": 1}
    destroy(project, aws_cloud)


def test_tenancy_of_a_vpc(program, aws_cloud):
    """Dedicated may become default in place, never the other way round."""
    dedicated = changed(VPC, "vpc", instanceTenancy="dedicated")
    project = program(dedicated)
    project.up()
    before = ids(project)
    write(project, changed(VPC, "vpc", instanceTenancy="default"))
    assert project.up().op("vpc") == "update"
    assert ids(project) == before
    nothing_to_do(project)
    write(project, dedicated)
    assert "replace" in project.preview().ops("vpc")
    destroy(project, aws_cloud)


def test_network(program, aws_cloud):
    project = program(NETWORK)
    run = project.up()
    assert run.changes == {"create": len(NETWORK) + 1}
    assert counts(aws_cloud) == {"vpc": 1, "subnet": 2, "group": 1, "table": 2, "gateway": 1,
                                 "endpoint": 1}
    nothing_to_do(project)
    before = ids(project)
    write(project, changed(NETWORK, "workload", mapPublicIpOnLaunch=True))
    assert project.up().op("workload") == "update"
    nothing_to_do(project)
    write(project, changed(NETWORK, "ingress", description="from the VPC"))
    assert project.up().op("ingress") == "update"
    nothing_to_do(project)
    write(project, changed(NETWORK, "ingress", fromPort=8443, toPort=8443))
    project.up()
    after = ids(project)
    assert [name for name in before if before[name] != after[name]] == ["ingress"]
    destroy(project, aws_cloud)


def test_another_table_of_a_gateway(program, aws_cloud):
    names = ("vpc", "gateway", "attachment", "edgeTable", "edge")
    resources = {name: NETWORK[name] for name in names} | {
        "other": programs.resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}")}
    project = program(resources)
    project.up()
    before = resources_of(project.export())["edge"]
    write(project, changed(resources, "edge", routeTableId="${other.routeTableId}"))
    # The reply is lost, so the second attempt finds what the first has done.
    aws_cloud.faults.add("reset-after", operation="ReplaceRouteTableAssociation")
    assert project.up().op("edge") == "update"
    after = resources_of(project.export())["edge"]
    assert after["id"] == before["id"] == after["outputs"]["gatewayId"]
    assert after["outputs"]["associationId"] != before["outputs"]["associationId"]
    nothing_to_do(project)
    destroy(project, aws_cloud)


def test_rule_group(program, aws_cloud):
    project = program(RULE_GROUP)
    project.up()
    nothing_to_do(project)
    before = ids(project)
    source = {"rulesSource": {"rulesString": 'pass tcp any any -> any 443 (msg:"a"; sid:1; rev:1;)'}}
    for properties in ({"ruleGroup": source}, {"description": "other"},
                       {"summaryConfiguration": {"ruleOptions": ["SID"]}}, {"tags": {"x": "y"}}):
        write(project, changed(RULE_GROUP, "domains", **properties))
        assert project.up().op("domains") == "update"
        nothing_to_do(project)
    assert ids(project) == before
    assert aws_cloud.firewall.objects()[before["domains"]].summary == {"RuleOptions": []}
    write(project, changed(RULE_GROUP, "domains", capacity=200))
    project.up()
    assert ids(project) != before and len(aws_cloud.firewall.objects()) == 1
    destroy(project, aws_cloud)


def test_policy(program, aws_cloud):
    project = program(POLICY)
    project.up()
    nothing_to_do(project)
    content = POLICY["policy"]["properties"]["firewallPolicy"]
    smaller = {key: value for key, value in content.items() if key != "statefulRuleGroupReferences"}
    write(project, changed(POLICY, "policy", firewallPolicy=smaller))
    assert project.up().op("policy") == "update"
    nothing_to_do(project)
    destroy(project, aws_cloud)


def test_perimeter(program, aws_cloud):
    aws_cloud.firewall.timing.release_calls = 1
    aws_cloud.firewall.timing.linger_calls = 1
    project = program(PERIMETER)
    run = project.up()
    assert run.changes == {"create": len(PERIMETER) + 1}
    outputs = resources_of(project.export())["firewall"]["outputs"]
    assert outputs["endpointIds"] == sorted(outputs["endpointIds"]) and len(outputs["endpointIds"]) == 1
    zone, _, endpoint = outputs["endpointIds"][0].partition(":")
    assert outputs[programs.ENDPOINTS] == {zone: endpoint} and endpoint.startswith("vpce-")
    nothing_to_do(project)
    # Past the firewall, and through it again: the route stays, its target changes.
    route = PERIMETER["way"]["properties"]
    for target in ({"vpcEndpointId": None, "gatewayId": "${gateway.internetGatewayId}"}, route):
        write(project, changed(PERIMETER, "way", **target))
        assert project.up().op("way") == "update"
        nothing_to_do(project)
    destroy(project, aws_cloud)


FIREWALL_CHANGES = {
    "description": {"description": "the way out"},
    "protections": {"deleteProtection": True, "subnetChangeProtection": True,
                    "firewallPolicyChangeProtection": True},
    "protections lifted": {"deleteProtection": False, "subnetChangeProtection": False,
                           "firewallPolicyChangeProtection": False},
    "analysis": {"enabledAnalysisTypes": ["TLS_SNI"]},
    "tags": {"tags": {"name": "other"}},
    "policy": {"firewallPolicyArn": "${other.firewallPolicyArn}"},
    "subnets": {"subnetMappings": [{"subnetId": "${second.subnetId}"}]},
    "both": {"subnetMappings": [{"subnetId": "${subnet.subnetId}"}, {"subnetId": "${second.subnetId}"}]},
    "another of the same zone": {"subnetMappings": [{"subnetId": "${third.subnetId}"},
                                                    {"subnetId": "${second.subnetId}"}]},
}


def test_firewall_updates(program, aws_cloud):
    resources = {name: PERIMETER[name] for name in (
        "vpc", "subnet", "domains", "packets", "policy", "firewall")}
    resources |= {
        "second": programs.resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.2.0/28",
                                    availabilityZone="us-west-2b"),
        "third": programs.resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.3.0/28",
                                   availabilityZone="us-west-2a"),
        "other": programs.resource(FIREWALL + "FirewallPolicy", firewallPolicy={
            "statelessDefaultActions": ["aws:drop"], "statelessFragmentDefaultActions": ["aws:drop"]}),
    }
    project = program(resources)
    project.up()
    before = ids(project)
    for name, properties in FIREWALL_CHANGES.items():
        resources = changed(resources, "firewall", **properties)
        write(project, resources)
        run = project.up()
        assert run.op("firewall") == "update", name
        nothing_to_do(project)
    assert ids(project) == before
    destroy(project, aws_cloud)


def test_a_firewall_update_that_breaks_off(program, aws_cloud):
    """The protection that was lifted before the failure comes back with the program of before, and
    the program that failed is finished by the next run."""
    names = ("vpc", "subnet", "domains", "packets", "policy", "firewall")
    before = changed({name: PERIMETER[name] for name in names} | {
        "other": programs.resource(FIREWALL + "FirewallPolicy", firewallPolicy={
            "statelessDefaultActions": ["aws:drop"], "statelessFragmentDefaultActions": ["aws:drop"]}),
    }, "firewall", deleteProtection=True)
    after = changed(before, "firewall", deleteProtection=False,
                    firewallPolicyArn="${other.firewallPolicyArn}")
    project = program(before)
    project.up()
    outputs = resources_of(project.export())
    arn, policies = outputs["firewall"]["id"], {name: outputs[name]["id"] for name in ("policy", "other")}

    def firewall():
        found = aws_cloud.firewall.objects()[arn]
        return found.protections["DeleteProtection"], found.policy_arn

    def break_off():
        aws_cloud.faults.add("error", operation="AssociateFirewallPolicy", status=400,
                             code="InvalidRequestException", message="not now")
        write(project, after)
        assert "not now" in project.up(ok=False).output
        assert firewall() == (False, policies["policy"])

    break_off()
    write(project, before)
    assert project.up().op("firewall") == "update"
    assert firewall() == (True, policies["policy"])
    nothing_to_do(project)
    break_off()
    project.up()
    assert firewall() == (False, policies["other"])
    nothing_to_do(project)
    destroy(project, aws_cloud)


def test_transit_gateway_firewall(program, aws_cloud):
    resources = {name: POLICY[name] for name in POLICY} | {
        "firewall": programs.resource(
            FIREWALL + "Firewall", firewallPolicyArn="${policy.firewallPolicyArn}",
            transitGatewayId="tgw-0123456789abcdef0", availabilityZoneChangeProtection=True,
            availabilityZoneMappings=[{"availabilityZone": "us-west-2a"}])}
    project = program(resources)
    project.up()
    nothing_to_do(project)
    zones = [{"availabilityZone": "us-west-2b"}]
    write(project, changed(resources, "firewall", availabilityZoneMappings=zones,
                           availabilityZoneChangeProtection=False))
    assert project.up().op("firewall") == "update"
    nothing_to_do(project)
    destroy(project, aws_cloud)


def test_logging_changes_one_by_one(program, aws_cloud):
    project = program(PERIMETER)
    project.up()
    configs = PERIMETER["logging"]["properties"]["loggingConfiguration"]["logDestinationConfigs"]
    moved = [configs[0] | {"logDestination": {"logGroup": "/other"}},
             configs[1] | {"logType": "TLS"}]
    write(project, changed(PERIMETER, "logging", loggingConfiguration={
        "logDestinationConfigs": moved}))
    assert project.up().op("logging") == "update"
    nothing_to_do(project)
    destroy(project, aws_cloud)


# --- import


def imported_types():
    return sorted(name for name in PERIMETER)


def test_import_of_every_type(program, yaml_project, aws_cloud):
    """Import by id into another stack, then the program that made it changes nothing."""
    project = program(PERIMETER)
    project.up()
    made = resources_of(project.export())
    assert sorted(made) == imported_types()
    other = yaml_project("other")
    write(other, {})
    other.init()
    for name, found in made.items():
        run = other.import_resource(found["type"], name, found["id"], "--generate-code=false")
        assert run.op(name) == "import", name
    write(other, PERIMETER)
    seen = resources_of(other.export())
    assert {name: seen[name]["id"] for name in seen} == {name: made[name]["id"] for name in made}
    # Names that were made up for the first stack are what the second one must not give up.
    preview = other.preview()
    assert not any("replace" in op for name in seen for op in preview.ops(name)), preview.output
    destroy(project, aws_cloud)


def test_a_missing_id_says_so(program, yaml_project, aws_cloud):
    project = yaml_project("test")
    write(project, {})
    project.init()
    run = project.import_resource(EC2 + "Vpc", "vpc", "vpc-0123456789abcdef0",
                                  "--generate-code=false", ok=False)
    assert "vpc-0123456789abcdef0" in run.output


# --- what changed or went behind our back


def test_refresh_sees_what_is_gone_and_what_changed(program, aws_cloud):
    from inventory import Place
    project = program(RULE_GROUP | VPC)
    project.up()
    vpc = ids(project)["vpc"]
    aws_cloud.moto.ec2(Place(), "CreateTags", [("ResourceId.1", vpc), ("Tag.1.Key", "name"),
                                               ("Tag.1.Value", "drifted")])
    aws_cloud.firewall.forget()
    run = project.refresh()
    assert "domains" not in resources_of(project.export())
    assert run.changed() == ["domains", "vpc"] or "vpc" in run.output
    project.up()
    nothing_to_do(project)
    destroy(project, aws_cloud)


@pytest.mark.parametrize("resources", [VPC, RULE_GROUP], ids=["ec2", "networkfirewall"])
def test_destroying_what_is_gone(program, aws_cloud, resources):
    project = program(resources)
    project.up()
    aws_cloud.moto.reset()
    aws_cloud.firewall.forget()
    project.destroy()
    assert resources_of(project.export()) == {}

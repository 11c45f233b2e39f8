"""Objects that are what they join: there is room for one, and no tag tells whose it is."""

import pytest

import killing
from doubles.aws.cloud import REGION
from harness import resources_of
from inventory import inventory
from programs import EC2, NETWORK, PERIMETER, changed, configure, resource, write

NAMES = ("vpc", "workload", "gateway", "attachment", "table", "association")
JOINED = {name: NETWORK[name] for name in NAMES} | {
    "way": resource(EC2 + "Route", {"dependsOn": ["${attachment}"]},
                    routeTableId="${table.routeTableId}", destinationCidrBlock="0.0.0.0/0",
                    gatewayId="${gateway.internetGatewayId}"),
}
# A gateway has room for one table, too; its association is made by the same call as a subnet's.
OF_A_GATEWAY = {name: NETWORK[name] for name in ("vpc", "gateway", "attachment", "edgeTable", "edge")}
# The logs of a firewall go by the firewall's ARN and are a setting of it.
OF_A_FIREWALL = {name: PERIMETER[name] for name in (
    "vpc", "subnet", "domains", "packets", "policy", "firewall", "logging")}
CREATES = {"attachment": "AttachInternetGateway", "way": "CreateRoute",
           "association": "AssociateRouteTable", "edge": "AssociateRouteTable",
           "logging": "UpdateLoggingConfiguration"}


@pytest.fixture(params=sorted(CREATES))
def name(request):
    return request.param


@pytest.fixture
def joined(name):
    return {"edge": OF_A_GATEWAY, "logging": OF_A_FIREWALL}.get(name, JOINED)


def found(project, name):
    return resources_of(project.export())[name]


def nothing_to_do(project, resources=JOINED):
    assert project.preview().changed() == []
    assert project.refresh().changed() == []
    assert len(resources_of(project.export())) == len(resources)


def gone(project, cloud):
    project.destroy()
    assert inventory(cloud) == {}


def test_target_replace(program, aws_cloud, name, joined):
    """The engine creates first and does not ask for a difference: the object is taken over, and the
    deletion of its predecessor leaves it alone."""
    project = program(joined)
    project.up()
    project.up("--target-replace", found(project, name)["urn"])
    nothing_to_do(project, joined)
    gone(project, aws_cloud)


@pytest.mark.parametrize("carry_out", [True, False], ids=["made", "not-made"])
def test_the_plugin_is_killed_while_it_creates(program, aws_cloud, name, joined, carry_out):
    project = program(joined)
    killing.up_killed_at(project, aws_cloud, CREATES[name], carry_out=carry_out)
    project.up()
    nothing_to_do(project, joined)
    gone(project, aws_cloud)


def test_a_lost_reply(program, aws_cloud, name, joined):
    aws_cloud.faults.add("reset-after", operation=CREATES[name])
    project = program(joined)
    project.up()
    nothing_to_do(project, joined)
    gone(project, aws_cloud)


def test_another_route_table_deletes_the_association_first(program, aws_cloud):
    more = JOINED | {"other": resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}")}
    project = program(more)
    project.up()
    before = found(project, "association")["id"]
    write(project, changed(more, "association", routeTableId="${other.routeTableId}"))
    assert "replace" in project.preview().ops("association")
    project.up()
    after = found(project, "association")
    assert after["id"] != before
    assert after["outputs"]["routeTableId"] == found(project, "other")["id"]
    sent = [record.operation for record in aws_cloud.records.all()
            if record.operation in ("AssociateRouteTable", "DisassociateRouteTable")]
    assert sent == ["AssociateRouteTable", "DisassociateRouteTable", "AssociateRouteTable"]
    gone(project, aws_cloud)


def test_another_gateway_takes_the_place(program, aws_cloud):
    more = JOINED | {"second": resource(EC2 + "InternetGateway")}
    project = program(more)
    project.up()
    without_route = {key: value for key, value in more.items() if key != "way"}
    write(project, changed(without_route, "attachment",
                           internetGatewayId="${second.internetGatewayId}"))
    assert project.up().op("attachment") == "update"
    assert found(project, "attachment")["outputs"]["internetGatewayId"] == found(project, "second")["id"]
    assert project.preview().changed() == []
    gone(project, aws_cloud)


def logs(project, cloud):
    return {config["LogType"] for config in
            cloud.firewall.objects()[found(project, "firewall")["id"]].logging}


@pytest.mark.parametrize("how", ["tainted", "renamed", "named", "account"])
def test_the_logs_stay_on(program, aws_cloud, how):
    """The old and the new one of a replacement have the same id: whatever the order in which the
    engine makes and deletes them, the firewall logs afterwards."""
    project = program(OF_A_FIREWALL)
    project.up()
    resources = dict(OF_A_FIREWALL)
    if how == "tainted":
        project.cli("state", "taint", found(project, "logging")["urn"], "--yes")
    elif how == "renamed":
        resources["logs"] = resources.pop("logging")
    elif how == "named":
        resources = changed(resources, "logging", firewallName="perimeter")
    else:
        configure(project, "accounts.same.region", REGION)
        resources = changed(resources, "logging", account="same")
    write(project, resources)
    run = project.up()
    assert (run.changed() == []) == (how == "named"), run.output
    assert logs(project, aws_cloud) == {"ALERT", "FLOW"}
    nothing_to_do(project, resources)
    gone(project, aws_cloud)


def test_logs_that_get_a_name_and_go_elsewhere(program, aws_cloud):
    project = program(OF_A_FIREWALL)
    project.up()
    configs = OF_A_FIREWALL["logging"]["properties"]["loggingConfiguration"]["logDestinationConfigs"]
    resources = changed(OF_A_FIREWALL, "logging", firewallName="perimeter",
                        loggingConfiguration={"logDestinationConfigs": configs[:1]})
    write(project, resources)
    assert project.up().op("logging") == "update"
    assert logs(project, aws_cloud) == {"ALERT"}
    nothing_to_do(project, resources)
    gone(project, aws_cloud)

"""Never twice, never somebody else's: what can happen to a create, with the real CLI."""

import pytest

import killing
from harness import resources_of
from inventory import counts, inventory, tags
from programs import FIREWALL, RULE_GROUP, VPC, write

KINDS = {
    # name -> (program, resource, create, what finds an unfinished one, one object, all of them)
    "ec2": (VPC, "vpc", "CreateVpc", "DescribeTags", {"vpc": 1}),
    "networkfirewall": (RULE_GROUP, "domains", "CreateRuleGroup", "*", {"firewall": 1}),
}


@pytest.fixture(params=sorted(KINDS))
def kind(request):
    return KINDS[request.param]


def id_of(project, name):
    return resources_of(project.export())[name]["id"]


def finished(project, cloud, kind, carried_out=1):
    """One object, in the state under its id, without the marker; then destroying leaves nothing."""
    resources, name, create, _, one = kind
    assert counts(cloud) == one
    assert id_of(project, name) in [identity for ids in inventory(cloud).values() for identity in ids]
    assert len(cloud.records.all(create, carried_out=True)) == carried_out
    found = list(tags(cloud, "vpc").values()) + [
        thing.tags for thing in cloud.firewall.objects().values()]
    assert not any(key.startswith("palisade:") for its_tags in found for key in its_tags)
    assert project.preview().changed() == [] and project.refresh().changed() == []
    project.destroy()
    assert inventory(cloud) == {}


def test_a_retry(program, aws_cloud, kind):
    aws_cloud.faults.add("throttle", operation=kind[2], times=2)
    project = program(kind[0])
    project.up()
    finished(project, aws_cloud, kind)


@pytest.mark.parametrize("fault", ["reset-after", "truncate"])
def test_a_lost_reply(program, aws_cloud, kind, fault):
    aws_cloud.faults.add(fault, operation=kind[2])
    project = program(kind[0])
    project.up()
    finished(project, aws_cloud, kind)


@pytest.mark.parametrize("fault", ["reset-unread", "reset-before"])
def test_a_request_that_was_not_carried_out(program, aws_cloud, kind, fault):
    aws_cloud.faults.add(fault, operation=kind[2])
    project = program(kind[0])
    project.up()
    finished(project, aws_cloud, kind)


def test_issued_again_after_a_failure(program, aws_cloud, kind):
    """The reply is lost, and whatever would find the object fails: the run ends in an error that
    does not say that nothing was made. The next run adopts what there is."""
    resources, name, create, finder, one = kind
    aws_cloud.faults.add("reset-after", operation=create)
    aws_cloud.faults.add("internal", operation=finder, after=create, times=0)
    aws_cloud.faults.add("internal", operation="[!C]*", times=0, after=create)
    project = program(resources)
    project.up(ok=None)
    aws_cloud.faults.clear()
    project.up()
    finished(project, aws_cloud, kind)


@pytest.mark.parametrize("carry_out", [True, False], ids=["made", "not-made"])
def test_the_plugin_is_killed_while_it_creates(program, aws_cloud, kind, carry_out):
    resources, name, create, _, one = kind
    project = program(resources)
    killing.up_killed_at(project, aws_cloud, create, carry_out=carry_out)
    assert counts(aws_cloud) == (one if carry_out else {})
    project.up()
    finished(project, aws_cloud, kind)


def test_target_replace(program, aws_cloud, kind):
    resources, name, _, _, one = kind
    project = program(resources)
    project.up()
    before = id_of(project, name)
    urn = resources_of(project.export())[name]["urn"]
    project.up("--target-replace", urn)
    assert id_of(project, name) != before
    finished(project, aws_cloud, kind, carried_out=2)


def test_taint(program, aws_cloud, kind):
    resources, name, _, _, one = kind
    project = program(resources)
    project.up()
    before = id_of(project, name)
    project.cli("state", "taint", resources_of(project.export())[name]["urn"], "--yes")
    project.up()
    assert id_of(project, name) != before
    finished(project, aws_cloud, kind, carried_out=2)


def test_destroy_then_up(program, aws_cloud, kind):
    resources, name, _, _, one = kind
    project = program(resources)
    project.up()
    before = id_of(project, name)
    project.destroy()
    assert inventory(aws_cloud) == {}
    project.up()
    assert id_of(project, name) != before
    finished(project, aws_cloud, kind, carried_out=2)


def test_somebody_elses_object_is_not_taken(program, yaml_project, aws_cloud):
    """A name that is taken is an error; it is not ours because it has the name."""
    named = {"domains": RULE_GROUP["domains"] | {
        "properties": RULE_GROUP["domains"]["properties"] | {"ruleGroupName": "taken"}}}
    first = program(named, name="first")
    first.up()
    second = yaml_project("second")
    write(second, named)
    second.init()
    run = second.up(ok=False)
    assert "taken" in run.output
    second.destroy()
    assert len(aws_cloud.firewall.objects()) == 1
    first.destroy()


def test_creation_that_fails_halfway_is_kept(program, aws_cloud):
    """A firewall whose endpoints fail: the error comes with its id, and destroy takes it away."""
    from programs import PERIMETER
    resources = {name: PERIMETER[name] for name in (
        "vpc", "subnet", "domains", "packets", "policy", "firewall")}
    aws_cloud.firewall.fail_next("the subnet has no free addresses")
    project = program(resources)
    run = project.up(ok=False)
    assert "the subnet has no free addresses" in run.output
    state = resources_of(project.export())["firewall"]
    assert state["id"].startswith("arn:aws:network-firewall:") and state.get("initErrors")
    assert state["type"] == FIREWALL + "Firewall"
    project.destroy()
    assert inventory(aws_cloud) == {}


def test_timeout_while_it_is_made(program, aws_cloud):
    """READY comes too late: a partial creation; the next up only waits for the rest."""
    from programs import PERIMETER
    resources = {name: PERIMETER[name] for name in (
        "vpc", "subnet", "domains", "packets", "policy", "firewall")}
    resources["firewall"] = resources["firewall"] | {"options": {"customTimeouts": {"create": "3s"}}}
    aws_cloud.firewall.timing.ready_seconds = 3600
    project = program(resources)
    run = project.up(ok=False)
    assert "PROVISIONING" in run.output
    aws_cloud.firewall.timing.ready_seconds = 0
    aws_cloud.firewall.hasten()
    project.up()
    assert len(aws_cloud.records.all("CreateFirewall", carried_out=True)) == 1
    assert project.preview().changed() == []
    project.destroy()
    assert inventory(aws_cloud) == {}

"""Faults on every verb, of one type per dialect: nothing twice, nothing lost."""

import pytest

from harness import resources_of
from inventory import counts, inventory
from programs import RULE_GROUP, VPC, changed, write

RESOURCES = VPC | RULE_GROUP
CHANGED = changed(changed(RESOURCES, "vpc", enableDnsHostnames=True), "domains", description="other")
OPERATIONS = {
    "create": ["CreateVpc", "CreateRuleGroup"],
    "read": ["DescribeVpcs", "DescribeRuleGroup"],
    "update": ["ModifyVpcAttribute", "UpdateRuleGroup"],
    "delete": ["DeleteVpc", "DeleteRuleGroup"],
}
FAULTS = {
    "reset unread": ("reset-unread", {}), "reset before": ("reset-before", {}),
    "reset after": ("reset-after", {}), "truncated": ("truncate", {}),
    "throttled": ("throttle", {"times": 2}), "throttled with 429": ("throttle", {"status": 429}),
    "500": ("internal", {}), "503 with a hint": ("unavailable", {"retry_after": 1}),
    "html": ("html", {"status": 503}), "slow": ("drip", {"size": 50, "pause": 0.02}),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_on_every_verb(program, aws_cloud, name):
    kind, options = FAULTS[name]

    def strike(verb):
        aws_cloud.faults.clear()
        return [aws_cloud.faults.add(kind, operation=operation, **options)
                for operation in OPERATIONS[verb]]
    project = program(RESOURCES)
    struck = strike("create")
    project.up()
    assert counts(aws_cloud) == {"vpc": 1, "firewall": 1}
    struck += strike("read")
    assert project.refresh().changed() == []
    write(project, CHANGED)
    struck += strike("update")
    project.up()
    assert project.preview().changed() == [] and project.refresh().changed() == []
    struck += strike("delete")
    project.destroy()
    assert inventory(aws_cloud) == {} and resources_of(project.export()) == {}
    assert all(fault.hits for fault in struck), [fault.operation for fault in struck if not fault.hits]
    for create in OPERATIONS["create"]:
        assert len(aws_cloud.records.all(create, carried_out=True)) == 1


@pytest.mark.parametrize("code", ["RequestTimeTooSkewed", "SignatureDoesNotMatch"])
def test_a_wrong_clock(program, aws_cloud, code):
    for seconds in (900, -900):
        aws_cloud.faults.add("skew", operation="Create*", seconds=seconds, code=code)
        project = program(RESOURCES, name=f"skew{seconds % 7}")
        project.up()
        assert counts(aws_cloud) == {"vpc": 1, "firewall": 1}
        project.destroy()
        aws_cloud.faults.clear()


def test_token_expires_in_the_middle(program, aws_cloud, sandbox):
    """Credentials of a source that can give new ones: the run goes on with those."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED"):
        del sandbox.env[name]
    sandbox.env |= aws_cloud.container_environment()
    aws_cloud.faults.add("expired", "ec2", "CreateVpc")
    aws_cloud.faults.add("expired", "network-firewall", "CreateRuleGroup")
    project = program(RESOURCES)
    project.up()
    assert counts(aws_cloud) == {"vpc": 1, "firewall": 1}
    assert len(aws_cloud.sources.served) >= 2
    project.destroy()


def test_an_error_that_stays_names_request_and_code(program, aws_cloud):
    aws_cloud.faults.add("error", operation="Create[VR]*", times=0, code="AccessDenied",
                         message="you may not", status=403)
    project = program(RESOURCES)
    run = project.up(ok=False)
    for create in OPERATIONS["create"]:
        records = aws_cloud.records.all(create)
        assert len(records) == 1, "what is refused is not tried again"
        assert records[0].request_id in run.output and create in run.output
    assert "AccessDenied" in run.output and "you may not" in run.output


def test_slow_to_be_seen_and_slow_to_be_free(program, aws_cloud):
    """Eventual consistency after create, and dependencies that go away late."""
    aws_cloud.faults.add("not-found", "ec2", "DescribeVpcs", after="CreateVpc", times=3)
    aws_cloud.faults.add("dependency", "ec2", "DeleteVpc", times=2)
    aws_cloud.faults.add("dependency", "network-firewall", "DeleteRuleGroup", times=2)
    project = program(RESOURCES)
    project.up()
    project.destroy()
    assert inventory(aws_cloud) == {}

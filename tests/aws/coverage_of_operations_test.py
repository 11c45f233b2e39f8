"""The coverage list: that it can be trusted. What it says is in whole_run_test.py."""

import re

import pytest

from doubles.aws import coverage, models
from senders import client

HANDLERS = coverage.ROOT / "provider" / "clouds" / "aws"
# Read, never sent: what EC2 gives as the origin of a route.
ONLY_WORDS = {"ec2:EnableVgwRoutePropagation"}


def operations_in(text, services):
    """service:Operation for every text in the source that is the name of an operation."""
    words = set(re.findall(r'"([A-Z][A-Za-z0-9]+)"', text))
    return {f"{service}:{word}" for service in services for word in words
            & set(models.service(service).model.operation_names)}


def test_every_listed_operation_exists():
    for name in sorted(coverage.listed()):
        service, operation = name.split(":")
        assert operation in models.service(service).model.operation_names, name


def test_every_operation_that_stands_in_the_handlers_is_listed():
    listed = coverage.listed()
    services = sorted({name.split(":")[0] for name in listed})
    texts = [path.read_text() for path in HANDLERS.rglob("*.cc") if not path.name.endswith("_test.cc")]
    found = operations_in("\n".join(texts), services)
    assert {"ec2:CreateVpc", "network-firewall:AssociateSubnets"} <= found
    # An operation of one service may be called as one of another is.
    words = {name.split(":")[1] for name in listed}
    missing = sorted(name for name in found - listed - ONLY_WORDS if name.split(":")[1] not in words)
    assert missing == [], f"these stand in the handlers and not in {coverage.LIST.name}"


def test_every_operation_of_the_double_is_a_real_one(cloud):
    names = models.service("network-firewall").model.operation_names
    assert set(cloud.firewall._operations) <= set(names)


def test_findings(tmp_path):
    file = tmp_path / "sent.txt"
    wanted = {"ec2:CreateVpc", "ec2:DeleteVpc"}
    assert coverage.findings(wanted, file) == [
        "no test sent ec2:CreateVpc", "no test sent ec2:DeleteVpc"]
    coverage.merge({"ec2:CreateVpc"}, file)
    coverage.merge({"ec2:CreateVpc", "ec2:DeleteVpc"}, file)
    assert coverage.findings(wanted, file) == []
    assert len(file.read_text().splitlines()) == 2
    coverage.merge({"ec2:RunInstances"}, file)
    assert coverage.findings(wanted, file) == [
        "ec2:RunInstances was sent and is not in operations.txt"]
    coverage.clear(file)
    assert not file.exists()


def test_only_what_was_carried_out_counts(cloud):
    cloud.faults.add("internal", "ec2", "DescribeVpcs")
    with pytest.raises(Exception, match="InternalError"):
        client(cloud, "ec2").describe_vpcs()
    assert cloud.records.names() == set()

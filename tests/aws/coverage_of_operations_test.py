"""The coverage list: that it can be trusted. What it says is in whole_run_test.py."""

import pytest

from doubles.aws import coverage, models
from senders import client


def test_every_listed_operation_exists():
    for name in sorted(coverage.listed()):
        service, operation = name.split(":")
        assert operation in models.service(service).model.operation_names, name


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

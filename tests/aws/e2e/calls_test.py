"""What the CLI has no verb for, or cannot be made to do in time: listing, functions, cancelling, and a
create that is issued again to the same process. The test plays the engine (tests/protocol)."""

import sys
import threading
import time
from pathlib import Path

import grpc
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "protocol"))

from doubles.aws.cloud import REGION  # noqa: E402
from inventory import counts  # noqa: E402
from plugin import PALISADE, Plugin, init_failed  # noqa: E402
from programs import EC2, FIREWALL, RULE_GROUP, VPC  # noqa: E402

KINDS = {"ec2": (EC2 + "Vpc", VPC["vpc"]["properties"], "CreateVpc", {"vpc": 1}),
         "networkfirewall": (FIREWALL + "RuleGroup", RULE_GROUP["domains"]["properties"],
                             "CreateRuleGroup", {"firewall": 1})}
EMPTY_HOME = {"HOME": "/nonexistent", "AWS_CONFIG_FILE": "/nonexistent/config",
              "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/credentials"}


@pytest.fixture
def engine(aws_cloud):
    with Plugin(PALISADE, env=EMPTY_HOME | aws_cloud.environment()) as plugin:
        yield plugin


@pytest.fixture(params=sorted(KINDS))
def kind(request):
    return KINDS[request.param]


def test_list(engine, kind):
    token, properties, _, _ = kind
    made = [engine.make(token, properties, name=f"r{index}").id for index in range(3)]
    found, continuation = [], ""
    while True:
        items, continuation = engine.list(token, page_size=2, continuation=continuation)
        found += [identity for identity, _ in items]
        if not continuation:
            break
    assert set(made) <= set(found) and len(set(found)) == len(found)


def test_functions(engine, aws_cloud):
    assert engine.invoke("palisade:aws:getRegion", {})["region"] == REGION
    assert engine.invoke("palisade:aws:getPartition", {})["partition"] == "aws"
    assert aws_cloud.records.all() == []
    who = engine.invoke("palisade:aws:getCallerIdentity", {})
    assert who["accountId"] == "111122223333" and who["arn"].endswith("user/tester")
    zones = engine.invoke("palisade:aws:getAvailabilityZones", {})
    assert zones["names"] == [f"{REGION}{letter}" for letter in "abcd"]


def test_issued_again_to_the_same_process(engine, aws_cloud, kind):
    token, properties, create, one = kind
    inputs = engine.checked(token, properties)
    aws_cloud.faults.add("reset-after", operation=create)
    aws_cloud.faults.add("error", operation="*", after=create, times=0, code="AccessDenied", status=403)
    try:
        engine.create(token, inputs, wait=120)
    except grpc.RpcError:
        pass
    aws_cloud.faults.clear()
    made = engine.create(token, inputs)
    assert counts(aws_cloud) == one
    assert len(aws_cloud.records.all(create, carried_out=True)) == 1
    assert made.id


def test_cancel_while_it_waits(engine, aws_cloud):
    """Within a second, with id and state of what was made so far."""
    aws_cloud.firewall.timing.ready_seconds = 3600
    vpc = engine.make(EC2 + "Vpc", VPC["vpc"]["properties"])
    subnet = engine.make(EC2 + "Subnet", {"vpcId": vpc.id, "cidrBlock": "10.0.0.0/28",
                                          "availabilityZone": f"{REGION}a"})
    policy = engine.make(FIREWALL + "FirewallPolicy", {"firewallPolicy": {
        "statelessDefaultActions": ["aws:drop"], "statelessFragmentDefaultActions": ["aws:drop"]}})
    inputs = engine.checked(FIREWALL + "Firewall", {
        "vpcId": vpc.id, "firewallPolicyArn": policy.id, "subnetMappings": [{"subnetId": subnet.id}]})
    call = engine.stub.Create.future(engine.create_request(FIREWALL + "Firewall", inputs), timeout=60)
    engine.engine.wait_for(lambda log: "PROVISIONING" in log.message)
    begun = time.monotonic()
    engine.cancel()
    with pytest.raises(grpc.RpcError) as caught:
        call.result()
    assert time.monotonic() - begun < 1
    assert init_failed(caught.value).id.startswith("arn:aws:network-firewall:")


def test_cancel_while_a_request_hangs(engine, aws_cloud):
    aws_cloud.faults.add("stall", operation="CreateVpc", seconds=60, carry_out=False)
    inputs = engine.checked(EC2 + "Vpc", VPC["vpc"]["properties"])
    call = engine.stub.Create.future(engine.create_request(EC2 + "Vpc", inputs), timeout=60)
    reached = threading.Event()

    def watch():
        while not aws_cloud.records.all("CreateVpc"):
            time.sleep(0.01)
        reached.set()
    threading.Thread(target=watch, daemon=True).start()
    assert reached.wait(20)
    begun = time.monotonic()
    engine.cancel()
    with pytest.raises(grpc.RpcError):
        call.result()
    assert time.monotonic() - begun < 1
    aws_cloud.faults.release()

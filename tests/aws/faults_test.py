"""Each fault does what it says, to a client that does not retry unless a test says so."""

import http.client
import json
import socket
import time

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError, HTTPClientError

from doubles.aws.cloud import MAIN
from senders import client

VPC = {"CidrBlock": "10.0.0.0/16"}


@pytest.fixture
def ec2(cloud):
    yield client(cloud, "ec2")
    assert cloud.records.violations() == []


def vpcs(cloud):
    """CIDR blocks of what there is, but for the default VPC; asked past the faults."""
    class Caller:
        account, region = MAIN.account, "us-west-2"
    tree = cloud.moto.ec2(Caller, "DescribeVpcs")
    return [item.findtext("cidrBlock") for item in tree.iterfind(".//vpcSet/item")
            if item.findtext("isDefault") != "true"]


def code_of(caught):
    return caught.value.response["Error"]["Code"]


@pytest.mark.parametrize("kind", ["reset-unread", "reset-before", "reset-after"])
def test_resets(cloud, ec2, kind):
    ec2.describe_vpcs()
    fault = cloud.faults.add(kind, "ec2", "CreateVpc")
    with pytest.raises((ConnectionClosedError, EndpointConnectionError, HTTPClientError)):
        ec2.create_vpc(**VPC)
    assert fault.hits == 1
    assert vpcs(cloud) == (["10.0.0.0/16"] if kind == "reset-after" else [])
    records = cloud.records.all("CreateVpc")
    assert len(records) == (0 if kind == "reset-unread" else 1)
    if records:
        assert records[0].status is None and records[0].fault == kind
        assert records[0].carried_out == (kind == "reset-after")
    ec2.create_vpc(CidrBlock="10.9.0.0/16")
    assert "10.9.0.0/16" in vpcs(cloud)


def test_reset_is_a_reset(cloud):
    """RST, not FIN: what clients see of a broken peer."""
    cloud.faults.add("reset-unread", "ec2", "DescribeVpcs")
    address = ("127.0.0.1", cloud.server.server_address[1])
    with socket.create_connection(address, timeout=5) as raw:
        body = b"Action=DescribeVpcs"
        raw.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nAuthorization: AWS4-HMAC-SHA256 "
                    b"Credential=A/20260101/us-west-2/ec2/aws4_request\r\n"
                    b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        with pytest.raises(ConnectionResetError):
            raw.recv(100)


def test_truncated_body(cloud, ec2):
    cloud.faults.add("truncate", "ec2", "CreateVpc")
    with pytest.raises(Exception, match="IncompleteRead|Connection broken|Unable to parse"):
        ec2.create_vpc(**VPC)
    assert vpcs(cloud) == ["10.0.0.0/16"]


@pytest.mark.parametrize("service, call, code, status", [
    ("ec2", "describe_vpcs", "RequestLimitExceeded", 503),
    ("sts", "get_caller_identity", "Throttling", 400),
    ("network-firewall", "list_firewalls", "ThrottlingException", 400),
])
def test_throttled_then_well(cloud, service, call, code, status):
    cloud.faults.add("throttle", service, times=2)
    made = client(cloud, service)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            getattr(made, call)()
        assert code_of(caught) == code
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status
    getattr(made, call)()
    assert [record.carried_out for record in cloud.records.all()] == [False, False, True]
    assert getattr(client(cloud, service, attempts=3), call)()


def test_throttled_with_429(cloud):
    cloud.faults.add("throttle", "network-firewall", status=429)
    with pytest.raises(ClientError) as caught:
        client(cloud, "network-firewall").list_firewalls()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429


def test_a_client_that_retries_gets_through(cloud):
    cloud.faults.add("throttle", "ec2", "CreateVpc")
    cloud.faults.add("unavailable", "ec2", "CreateVpc", retry_after=0.01)
    cloud.faults.add("internal", "ec2", "CreateVpc")
    client(cloud, "ec2", attempts=4).create_vpc(**VPC)
    assert [record.fault for record in cloud.records.all()] == ["throttle", "unavailable", "internal", ""]
    assert vpcs(cloud) == ["10.0.0.0/16"]


@pytest.mark.parametrize("service, call, code", [
    ("ec2", "describe_vpcs", "InternalError"),
    ("network-firewall", "list_firewalls", "InternalServerError")])
def test_internal(cloud, service, call, code):
    cloud.faults.add("internal", service)
    with pytest.raises(ClientError) as caught:
        getattr(client(cloud, service), call)()
    reply = caught.value.response["ResponseMetadata"]
    assert code_of(caught) == code and reply["HTTPStatusCode"] == 500
    assert reply["RequestId"] == cloud.records.all()[0].request_id


def test_unavailable_tells_when_to_come_back(cloud, ec2):
    cloud.faults.add("unavailable", "ec2", retry_after=2.5)
    with pytest.raises(ClientError) as caught:
        ec2.describe_vpcs()
    reply = caught.value.response["ResponseMetadata"]
    assert reply["HTTPStatusCode"] == 503
    assert reply["HTTPHeaders"]["retry-after"] == "2"
    assert reply["HTTPHeaders"]["x-amz-retry-after"] == "2500"


def raw_call(cloud, **extra):
    """Status, headers and body of a DescribeVpcs, as a plain client sees them, and the time it took."""
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    request = AWSRequest("POST", cloud.url + "/", data=b"Action=DescribeVpcs&Version=2016-11-15", headers={
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", **extra})
    SigV4Auth(Credentials(MAIN.access_key, MAIN.secret_key), "ec2", "us-west-2").add_auth(request)
    connection = http.client.HTTPConnection("127.0.0.1", cloud.server.server_address[1], timeout=10)
    begun = time.monotonic()
    connection.request("POST", "/", request.data, dict(request.headers.items()))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), body, time.monotonic() - begun


def test_html(cloud):
    cloud.faults.add("html", "ec2", status=503)
    status, headers, body, _ = raw_call(cloud)
    assert status == 503 and headers["Content-Type"].startswith("text/html")
    assert body.startswith(b"<!DOCTYPE html>")
    cloud.faults.add("html", "ec2")
    assert raw_call(cloud)[0] == 500 and raw_call(cloud)[0] == 200


def test_drip(cloud):
    _, _, whole, _ = raw_call(cloud)
    cloud.faults.add("drip", "ec2", size=400, pause=0.05)
    status, _, body, took = raw_call(cloud)
    assert status == 200 and took >= 0.05 * (len(whole) // 400)
    assert len(body) == len(whole)


def test_stall_until_released(cloud):
    import threading
    cloud.faults.add("stall", "ec2", seconds=30)
    timer = threading.Timer(0.2, cloud.faults.release)
    timer.start()
    status, _, _, took = raw_call(cloud)
    assert status == 200 and 0.15 <= took < 10


def test_error_of_ones_own(cloud, ec2):
    cloud.faults.add("error", "ec2", code="VpcLimitExceeded", message="too many")
    with pytest.raises(ClientError, match="VpcLimitExceeded.*too many"):
        ec2.create_vpc(**VPC)


def test_not_found_right_after_create(cloud, ec2):
    cloud.faults.add("not-found", "ec2", "DescribeVpcs", after="CreateVpc", times=2)
    ec2.describe_vpcs()
    made = ec2.create_vpc(**VPC)["Vpc"]["VpcId"]
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            ec2.describe_vpcs(VpcIds=[made])
        assert code_of(caught) == "InvalidVpcID.NotFound"
    assert ec2.describe_vpcs(VpcIds=[made])["Vpcs"][0]["VpcId"] == made


def test_dependency_violation(cloud, ec2):
    made = ec2.create_vpc(**VPC)["Vpc"]["VpcId"]
    cloud.faults.add("dependency", "ec2", "Delete*", times=2)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            ec2.delete_vpc(VpcId=made)
        assert code_of(caught) == "DependencyViolation"
    ec2.delete_vpc(VpcId=made)
    assert vpcs(cloud) == []


def test_nth_call(cloud, ec2):
    cloud.faults.add("internal", "ec2", "DescribeVpcs", nth=2)
    ec2.describe_vpcs()
    with pytest.raises(ClientError):
        ec2.describe_vpcs()
    ec2.describe_vpcs()


def test_rules_are_a_script(cloud, ec2):
    """A rule for every call goes on for ever; the next rule waits until the one before is used up."""
    cloud.faults.add("throttle", "ec2", "DescribeVpcs", times=1)
    cloud.faults.add("internal", "ec2", "DescribeVpcs", times=0)
    codes = []
    for _ in range(4):
        with pytest.raises(ClientError) as caught:
            ec2.describe_vpcs()
        codes.append(code_of(caught))
    assert codes == ["RequestLimitExceeded", "InternalError", "InternalError", "InternalError"]
    cloud.faults.clear()
    ec2.describe_vpcs()


@pytest.mark.parametrize("service, call, code", [
    ("ec2", "describe_vpcs", "RequestExpired"), ("sts", "get_caller_identity", "ExpiredToken"),
    ("network-firewall", "list_firewalls", "ExpiredTokenException")])
def test_token_expires_in_the_middle(cloud, service, call, code):
    first, second = cloud.identities.mint("111122223333"), cloud.identities.mint("111122223333")
    old, new = client(cloud, service, first), client(cloud, service, second)
    getattr(old, call)()
    cloud.faults.add("expired", service, nth=1)
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            getattr(old, call)()
        assert code_of(caught) == code
    getattr(new, call)()
    assert cloud.records.violations() == []


def test_temporary_credentials_end(cloud):
    identity = cloud.identities.mint("111122223333", seconds=-1)
    with pytest.raises(ClientError) as caught:
        client(cloud, "network-firewall", identity).list_firewalls()
    assert code_of(caught) == "ExpiredTokenException"


@pytest.mark.parametrize("code", ["RequestTimeTooSkewed", "SignatureDoesNotMatch"])
def test_wrong_clock_until_the_client_follows(cloud, ec2, monkeypatch, code):
    import datetime
    import email.utils

    import botocore.auth
    cloud.faults.add("skew", "ec2", "DescribeVpcs", seconds=900, code=code)
    with pytest.raises(ClientError) as caught:
        ec2.describe_vpcs()
    assert code_of(caught) == code
    there = email.utils.parsedate_to_datetime(
        caught.value.response["ResponseMetadata"]["HTTPHeaders"]["date"])
    ahead = there - datetime.datetime.now(datetime.timezone.utc)
    assert abs(ahead.total_seconds() - 900) < 5
    with pytest.raises(ClientError):
        ec2.describe_vpcs()
    monkeypatch.setattr(botocore.auth, "get_current_datetime",
                        lambda: datetime.datetime.now(datetime.timezone.utc) + ahead)
    ec2.describe_vpcs()


def test_unknown_kind(cloud):
    with pytest.raises(ValueError, match="earthquake"):
        cloud.faults.add("earthquake")


# --- the control endpoint


def control(cloud, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", cloud.server.server_address[1], timeout=10)
    connection.request(method, f"/_gateway/{path}", json.dumps(body) if body is not None else None)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


def test_control_from_another_process(cloud, ec2):
    assert control(cloud, "GET", "health") == (200, {"ok": True})
    assert control(cloud, "POST", "faults", {"kind": "internal", "service": "ec2",
                                             "operation": "CreateVpc"}) == (200, {"kind": "internal"})
    with pytest.raises(ClientError):
        ec2.create_vpc(**VPC)
    ec2.create_vpc(**VPC)
    status, records = control(cloud, "GET", "records?operation=CreateVpc")
    assert [record["fault"] for record in records] == ["internal", ""]
    assert records[1]["params"] == VPC
    assert control(cloud, "GET", "violations") == (200, [])
    assert control(cloud, "GET", "faults")[1][0]["hits"] == 1
    control(cloud, "POST", "faults/clear")
    assert control(cloud, "GET", "faults") == (200, [])
    control(cloud, "POST", "records/clear")
    assert control(cloud, "GET", "records") == (200, [])
    assert control(cloud, "POST", "timing", {"ready_describes": 7})[1]["ready_describes"] == 7
    assert control(cloud, "POST", "timing", {"nonsense": 7})[0] == 400
    assert control(cloud, "POST", "faults", {"kind": "nonsense"})[0] == 400
    assert control(cloud, "GET", "nonsense")[0] == 404
    minted = control(cloud, "POST", "identities", {"account": "444455556666", "seconds": 900})[1]
    identity = cloud.identities.get(minted["access_key"])
    assert identity.secret_key == minted["secret_key"]
    control(cloud, "POST", "expire", {})
    with pytest.raises(ClientError, match="ExpiredTokenException"):
        client(cloud, "network-firewall", identity).list_firewalls()
    control(cloud, "POST", "reset")
    assert vpcs(cloud) == [] and cloud.identities.get(minted["access_key"]) is None

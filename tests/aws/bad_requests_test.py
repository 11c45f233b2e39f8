"""Planted mistakes: each is refused by the gateway, never carried out, and kept as a violation."""

import json

import pytest
from botocore.exceptions import ClientError

from senders import client, spoil, spoil_signed

VPC = "vpc-0123456789abcdef0"
POLICY = "arn:aws:network-firewall:us-west-2:111122223333:firewall-policy/p"
FIREWALL = {"FirewallName": "f", "FirewallPolicyArn": POLICY, "VpcId": VPC,
            "SubnetMappings": [{"SubnetId": "subnet-0123456789abcdef0"}]}


def edit_json(edit):
    """A spoiler that changes the JSON body."""
    def change(request):
        value = json.loads(request.data)
        edit(value)
        request.data = json.dumps(value).encode()
    return change


def edit_form(edit):
    """A spoiler that changes the fields of a form body, which botocore holds as a dict."""
    return lambda request: edit(request.data)


def refused(cloud, made, call, parameters, *words):
    with pytest.raises(ClientError) as caught:
        getattr(made, call)(**parameters)
    assert caught.value.response["Error"]["Code"] == "GatewayRejected"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    text = caught.value.response["Error"]["Message"]
    kept = "\n".join(cloud.records.violations())
    for word in words:
        assert word in text and word in kept
    assert cloud.records.names() == set()


BODIES = {
    "a misspelt member": (lambda body: body.update(SubnetMapping=body.pop("SubnetMappings")),
                          "SubnetMapping"),
    "a stray member": (lambda body: body.update(Nonsense=1), "CreateFirewall.Nonsense"),
    "a stray member below": (lambda body: body["SubnetMappings"][0].update(Zone="a"),
                             "CreateFirewall.SubnetMappings[0].Zone"),
    "a member of another case": (lambda body: body["SubnetMappings"][0].update(
        subnetId=body["SubnetMappings"][0].pop("SubnetId")), "subnetId"),
    "a missing member": (lambda body: body.pop("FirewallPolicyArn"), "FirewallPolicyArn"),
    "a text for a boolean": (lambda body: body.update(DeleteProtection="false"), "DeleteProtection"),
    "a number for a text": (lambda body: body.update(Description=5), "Description"),
    "null": (lambda body: body.update(Description=None), "Description"),
    "a wrong enum": (lambda body: body.update(EnabledAnalysisTypes=["HTTP"]), "HTTP_HOST"),
    "a wrong pattern": (lambda body: body.update(VpcId="vpc-EXAMPLE"), "^vpc-[0-9a-f]+$"),
    "a line break": (lambda body: body.update(FirewallName="f\n"), "^[a-zA-Z0-9-]+$"),
    "too long": (lambda body: body.update(Description="x" * 513), "at most 512"),
    "too short": (lambda body: body.update(FirewallName=""), "at least 1"),
    "an empty list": (lambda body: body.update(Tags=[]), "at least 1"),
}


@pytest.mark.parametrize("name", sorted(BODIES))
def test_json_bodies(cloud, name):
    edit, word = BODIES[name]
    made = client(cloud, "network-firewall")
    spoil(made, "CreateFirewall", edit_json(edit))
    refused(cloud, made, "create_firewall", FIREWALL, word)


def test_json_names_a_member_twice(cloud):
    made = client(cloud, "network-firewall")

    def twice(request):
        request.data = request.data.replace(b"{", b'{"VpcId": "vpc-1", ', 1)
    spoil(made, "CreateFirewall", twice)
    refused(cloud, made, "create_firewall", FIREWALL, "twice")


FORMS = {
    "a misspelt field": (lambda form: form.update(CidrBlok=form.pop("CidrBlock")), "CidrBlok"),
    "a plural": (lambda form: form.update({"TagSpecifications.1.ResourceType": "vpc"}),
                 "TagSpecifications.1.ResourceType"),
    "a member infix": (lambda form: form.update({"TagSpecification.member.1.ResourceType": "vpc"}),
                       "TagSpecification.member.1.ResourceType"),
    "a gap in a list": (lambda form: form.update({"TagSpecification.2.ResourceType": "vpc"}),
                        "TagSpecification"),
    "a boolean of another form": (lambda form: form.update(DryRun="True"), "DryRun"),
    "no number": (lambda form: form.update(Ipv4NetmaskLength="x"), "integer"),
    "a wrong enum": (lambda form: form.update(InstanceTenancy="shared"), "dedicated"),
    "another version": (lambda form: form.update(Version="2015-10-01"), "Version"),
    "an unknown action": (lambda form: form.update(Action="MakeVpc"), "MakeVpc"),
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_form_bodies(cloud, name):
    edit, word = FORMS[name]
    made = client(cloud, "ec2")
    spoil(made, "CreateVpc", edit_form(edit))
    refused(cloud, made, "create_vpc", {"CidrBlock": "10.0.0.0/16"}, word)


def test_query_list_without_member(cloud):
    made = client(cloud, "sts")
    spoil(made, "AssumeRole", edit_form(lambda form: form.update({"TransitiveTagKeys.1": "k"})))
    refused(cloud, made, "assume_role", {"RoleArn": "arn:aws:iam::444455556666:role/b",
                                         "RoleSessionName": "me"}, "TransitiveTagKeys.1")


def test_query_pattern(cloud):
    made = client(cloud, "sts")
    refused(cloud, made, "assume_role", {"RoleArn": "arn:aws:iam::444455556666:role/b",
                                         "RoleSessionName": "a session"}, "RoleSessionName")


def test_xml_stray_element(cloud):
    made = client(cloud, "route53", region="us-east-1")

    def stray(request):
        request.data = request.data.replace(b"</CreateHostedZoneRequest>",
                                            b"<Stray>1</Stray></CreateHostedZoneRequest>")
    spoil(made, "CreateHostedZone", stray)
    refused(cloud, made, "create_hosted_zone", {"Name": "example.com", "CallerReference": "1"}, "Stray")


def test_target_of_another_service(cloud):
    made = client(cloud, "network-firewall")

    def change(request):
        request.headers.replace_header("X-Amz-Target", "NetworkFirewall_20200101.ListFirewalls")
    spoil(made, "ListFirewalls", change)
    refused(cloud, made, "list_firewalls", {}, "NetworkFirewall_20200101")


def test_content_type_of_another_version(cloud):
    made = client(cloud, "network-firewall")

    def change(request):
        request.headers.replace_header("Content-Type", "application/x-amz-json-1.1")
    spoil(made, "ListFirewalls", change)
    refused(cloud, made, "list_firewalls", {}, "application/x-amz-json-1.0")


def header_change(name, old, new):
    def change(request):
        value = request.headers[name]
        value = value.decode() if isinstance(value, bytes) else value
        assert old in value
        request.headers[name] = value.replace(old, new)
    return change


def flip_signature(request):
    value = request.headers["Authorization"]
    value = value.decode() if isinstance(value, bytes) else value
    request.headers["Authorization"] = value[:-1] + ("0" if value[-1] != "0" else "1")


SIGNED = {
    "a wrong signature": (flip_signature, "the signature does not match"),
    "content-type left out": (header_change("Authorization", "content-type;", ""),
                              "the header content-type must be signed"),
    "x-amz-target left out": (header_change("Authorization", ";x-amz-target", ""),
                              "the header x-amz-target must be signed"),
    "host left out": (header_change("Authorization", "host;", ""), "the header host must be signed"),
    "another region": (header_change("Authorization", "us-west-2", "us-east-1"),
                       "the signature does not match"),
    "another service": (header_change("Authorization", "network-firewall", "firewall"), "'firewall'"),
    "another date": (header_change("Authorization", "/20", "/19"), "is not that of x-amz-date"),
    "an unknown key": (header_change("Authorization", "AKIATESTMAIN", "AKIANOTKNOWN"),
                       "AKIANOTKNOWN00000001"),
    "a header that proxies change": (header_change("Authorization", "host;", "host;user-agent;"),
                                     "user-agent must not be signed"),
    "unsorted headers": (header_change("Authorization", "content-type;host", "host;content-type"),
                         "not sorted"),
    "a token too much": (lambda request: request.headers.__setitem__("X-Amz-Security-Token", "x" * 20),
                         "x-amz-security-token"),
    "no signature": (lambda request: request.headers.__delitem__("Authorization"), "not signed"),
    "another algorithm": (header_change("Authorization", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"),
                          "not in the form"),
}


@pytest.mark.parametrize("name", sorted(SIGNED))
def test_signatures(cloud, name):
    change, word = SIGNED[name]
    made = client(cloud, "network-firewall")
    spoil_signed(made, "ListFirewalls", change)
    refused(cloud, made, "list_firewalls", {}, word)


def test_body_changed_after_signing(cloud):
    made = client(cloud, "network-firewall")

    def change(request):
        assert request.body.count(b"5") == 1
        request.body = request.body.replace(b"5", b"6")
    spoil_signed(made, "ListFirewalls", change)
    refused(cloud, made, "list_firewalls", {"MaxResults": 5}, "the signature does not match")


def test_clock_out_of_tolerance(cloud, monkeypatch):
    import datetime

    import botocore.auth
    late = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=400)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: late)
    refused(cloud, client(cloud, "network-firewall"), "list_firewalls", {}, "which is not now")


def test_missing_token(cloud):
    identity = cloud.identities.mint("111122223333")
    made = client(cloud, "network-firewall", identity)
    spoil_signed(made, "ListFirewalls",
                 lambda request: request.headers.__delitem__("X-Amz-Security-Token"))
    refused(cloud, made, "list_firewalls", {}, "x-amz-security-token")


def test_global_service_signed_for_a_region(cloud):
    refused(cloud, client(cloud, "iam", region="us-west-2"), "list_roles", {}, "us-east-1")


def test_no_secret_is_in_a_violation(cloud):
    identity = cloud.identities.mint("111122223333")
    made = client(cloud, "network-firewall", identity)
    spoil_signed(made, "ListFirewalls", flip_signature)
    with pytest.raises(ClientError):
        made.list_firewalls()
    text = "".join(cloud.records.violations())
    assert "the canonical request is" in text
    assert not any(secret in text for secret in cloud.secrets())

"""What botocore sends passes the gateway, in every protocol and for rich parameters: no rule of the
gateway is stricter than the model."""

import pytest
from botocore.exceptions import ClientError

from doubles.aws.cloud import OTHER
from senders import client

TAGS = [{"Key": "name", "Value": "a b+c/d=ü"}, {"Key": "empty", "Value": ""}]
RULE = {
    "Action": "PASS", "Header": {"Protocol": "TLS", "Source": "ANY", "SourcePort": "ANY",
                                 "Direction": "FORWARD", "Destination": "ANY",
                                 "DestinationPort": "443"},
    "RuleOptions": [{"Keyword": "sid", "Settings": ["1"]}, {"Keyword": "msg", "Settings": ['"x"']}]}
CALLS = [
    ("sts", "get_caller_identity", {}),
    ("sts", "assume_role", {
        "RoleArn": "arn:aws:iam::444455556666:role/a/b", "RoleSessionName": "me@x", "ExternalId": "ex",
        "PolicyArns": [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}], "DurationSeconds": 900,
        "Tags": [{"Key": "k", "Value": "v"}], "TransitiveTagKeys": ["k"]}),
    ("ec2", "create_vpc", {"CidrBlock": "10.0.0.0/16", "InstanceTenancy": "default",
                           "TagSpecifications": [{"ResourceType": "vpc", "Tags": TAGS}]}),
    ("ec2", "describe_vpcs", {"Filters": [{"Name": "is-default", "Values": ["true", "false"]}]}),
    ("ec2", "describe_tags", {"Filters": [{"Name": "key", "Values": ["palisade:creating"]}]}),
    ("ec2", "describe_availability_zones", {"AllAvailabilityZones": True}),
    ("ec2", "create_internet_gateway", {}),
    ("network-firewall", "create_rule_group", {
        "RuleGroupName": "five", "Type": "STATEFUL", "Capacity": 10, "Description": "d", "Tags": TAGS,
        "SummaryConfiguration": {"RuleOptions": ["SID", "MSG"]},
        "RuleGroup": {
            "RulesSource": {"StatefulRules": [RULE]},
            "RuleVariables": {"IPSets": {"HOME_NET": {"Definition": ["10.0.0.0/8"]}},
                              "PortSets": {"WEB": {"Definition": ["443", "[80:90]"]}}},
            "StatefulRuleOptions": {"RuleOrder": "STRICT_ORDER"}}}),
    ("network-firewall", "create_rule_group", {
        "RuleGroupName": "less", "Type": "STATELESS", "Capacity": 10, "RuleGroup": {"RulesSource": {
            "StatelessRulesAndCustomActions": {
                "CustomActions": [{"ActionName": "m", "ActionDefinition": {
                    "PublishMetricAction": {"Dimensions": [{"Value": "x"}]}}}],
                "StatelessRules": [{"Priority": 1, "RuleDefinition": {
                    "Actions": ["aws:pass", "m"], "MatchAttributes": {
                        "Sources": [{"AddressDefinition": "203.0.113.0/24"}], "Protocols": [6],
                        "SourcePorts": [{"FromPort": 1, "ToPort": 2}],
                        "TCPFlags": [{"Flags": ["SYN"], "Masks": ["SYN", "ACK"]}]}}}]}}}}),
    ("network-firewall", "list_firewalls", {"VpcIds": ["vpc-0123456789abcdef0"], "MaxResults": 5}),
    ("tagging", "get_resources", {"TagFilters": [{"Key": "name"}]}),
    ("kms", "create_key", {"Description": "d", "Tags": [{"TagKey": "k", "TagValue": "v"}]}),
    ("secretsmanager", "create_secret", {"Name": "s", "ClientRequestToken": "a" * 32,
                                         "SecretBinary": b"\x00\xff"}),
    ("logs", "create_log_group", {"logGroupName": "/fw/alert"}),
    ("iam", "create_role", {"RoleName": "r", "AssumeRolePolicyDocument": "{}", "MaxSessionDuration": 3600,
                            "Tags": [{"Key": "k", "Value": "v"}]}),
    ("iam", "list_roles", {"PathPrefix": "/", "MaxItems": 10}),
    ("route53", "create_hosted_zone", {"Name": "example.com.", "CallerReference": "1",
                                       "HostedZoneConfig": {"Comment": "a < b"}}),
    ("route53", "list_resource_record_sets", {"HostedZoneId": "Z123", "StartRecordName": "a b.c",
                                              "StartRecordType": "A", "MaxItems": "1"}),
    ("acm", "request_certificate", {"DomainName": "*.example.com", "ValidationMethod": "DNS"}),
    ("s3", "create_bucket", {"Bucket": "some-bucket",
                             "CreateBucketConfiguration": {"LocationConstraint": "us-west-2"}}),
    ("s3", "put_bucket_versioning", {"Bucket": "some-bucket",
                                     "VersioningConfiguration": {"Status": "Enabled"}}),
    ("s3", "list_objects_v2", {"Bucket": "some-bucket", "Prefix": "a/ü &", "MaxKeys": 1}),
    ("s3", "head_bucket", {"Bucket": "some-bucket"}),
]
MODELS = {"tagging": "resourcegroupstaggingapi"}


@pytest.mark.parametrize("service, call, parameters", CALLS,
                         ids=[f"{index}-{call[1]}" for index, call in enumerate(CALLS)])
def test_passes(cloud, service, call, parameters):
    region = "us-east-1" if service in ("iam", "route53") else "us-west-2"
    made = client(cloud, MODELS.get(service, service), region=region)
    try:
        getattr(made, call)(**parameters)
    except ClientError as error:
        # moto may know better than this test what exists; a refusal by the gateway is what counts.
        assert error.response["Error"]["Code"] != "GatewayRejected", error
    assert cloud.records.violations() == []
    record, = cloud.records.all(service=service)
    assert record.carried_out and record.operation.lower() == call.replace("_", "")


def test_what_was_sent_is_recorded(cloud):
    client(cloud, "ec2", OTHER, region="eu-west-1").create_vpc(CidrBlock="10.1.0.0/16")
    reply = client(cloud, "sts").get_caller_identity()
    first, second = cloud.records.all()
    assert (first.operation, first.account, first.region) == ("CreateVpc", OTHER.account, "eu-west-1")
    assert first.params == {"CidrBlock": "10.1.0.0/16"} and first.size > 50
    assert second.number == first.number + 1
    assert second.request_id == reply["ResponseMetadata"]["RequestId"] and second.status == 200
    assert second.begun <= second.ended and second.connection != first.connection
    assert cloud.records.names() == {"ec2:CreateVpc", "sts:GetCallerIdentity"}


def test_accounts_and_regions_are_apart(cloud):
    mine = client(cloud, "ec2").create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]
    assert mine["OwnerId"] == "111122223333"
    for identity, region in ((OTHER, "us-west-2"), (None, "eu-west-1")):
        elsewhere = client(cloud, "ec2", **{"region": region},
                           **({"identity": identity} if identity else {}))
        found = [vpc["VpcId"] for vpc in elsewhere.describe_vpcs()["Vpcs"]]
        assert mine["VpcId"] not in found


def test_assumed_role_signs_with_its_token(cloud):
    session = client(cloud, "sts").assume_role(
        RoleArn=f"arn:aws:iam::{OTHER.account}:role/deploy", RoleSessionName="me")["Credentials"]
    identity = cloud.identities.get(session["AccessKeyId"])
    who = client(cloud, "sts", identity).get_caller_identity()
    assert who["Arn"] == f"arn:aws:sts::{OTHER.account}:assumed-role/deploy/me"
    assert client(cloud, "ec2", identity).create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["OwnerId"] \
        == OTHER.account
    assert cloud.records.violations() == []
    assert session["SecretAccessKey"] in cloud.secrets() and session["SessionToken"] in cloud.secrets()


def test_web_identity_needs_no_signature(cloud):
    made = client(cloud, "sts")
    answer = made.assume_role_with_web_identity(
        RoleArn="arn:aws:iam::111122223333:role/pod", RoleSessionName="pod", WebIdentityToken="head.body.sign")
    assert cloud.identities.get(answer["Credentials"]["AccessKeyId"]).account == "111122223333"
    with pytest.raises(ClientError, match="InvalidIdentityToken"):
        made.assume_role_with_web_identity(RoleArn="arn:aws:iam::111122223333:role/pod",
                                           RoleSessionName="pod", WebIdentityToken="no-token")
    assert cloud.records.violations() == []

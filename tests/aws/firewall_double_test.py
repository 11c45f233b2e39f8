"""The lives of the Network Firewall double, with botocore as the client."""

import re
import time

import pytest
from botocore.exceptions import ClientError

import vpc as network
from doubles.aws.cloud import OTHER
from senders import client


@pytest.fixture
def firewall(cloud):
    yield client(cloud, "network-firewall")
    assert cloud.records.violations() == []


@pytest.fixture
def ec2(cloud):
    return client(cloud, "ec2")


@pytest.fixture
def parts(firewall, ec2):
    """(VPC, its subnets, a policy's ARN)"""
    return *network.make_vpc(ec2, "abc"), network.make_policy(firewall)


def refuses(code, call, **parameters):
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert caught.value.response["Error"]["Code"] == code
    if code != "InternalServerError":
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    return caught.value.response["Error"]["Message"]


def status(firewall, arn):
    return firewall.describe_firewall(FirewallArn=arn)["FirewallStatus"]["Status"]


# --- rule groups


def test_rule_group_life(firewall):
    made = firewall.create_rule_group(
        RuleGroupName="r", Type="STATEFUL", Capacity=10, RuleGroup=network.RULES, Description="d",
        Tags=[{"Key": "a", "Value": "1"}])
    arn = made["RuleGroupResponse"]["RuleGroupArn"]
    assert arn == "arn:aws:network-firewall:us-west-2:111122223333:stateful-rulegroup/r"
    assert made["RuleGroupResponse"]["ConsumedCapacity"] == 1
    seen = firewall.describe_rule_group(RuleGroupName="r", Type="STATEFUL")
    assert seen["RuleGroup"] == network.RULES and seen["UpdateToken"] == made["UpdateToken"]
    rules = {"RulesSource": {"RulesString": "pass tcp any any -> any any (sid:1; rev:1;)\n# none\n"}}
    changed = firewall.update_rule_group(RuleGroupArn=arn, UpdateToken=seen["UpdateToken"],
                                         RuleGroup=rules)
    assert changed["UpdateToken"] != seen["UpdateToken"]
    refuses("InvalidTokenException", firewall.update_rule_group, RuleGroupArn=arn,
            UpdateToken=seen["UpdateToken"], RuleGroup=rules)
    seen = firewall.describe_rule_group(RuleGroupArn=arn)
    assert seen["RuleGroup"] == rules and "Description" not in seen["RuleGroupResponse"]
    assert seen["RuleGroupResponse"]["Tags"] == [{"Key": "a", "Value": "1"}]
    assert firewall.delete_rule_group(RuleGroupArn=arn)["RuleGroupResponse"]["RuleGroupStatus"] \
        == "DELETING"
    assert firewall.describe_rule_group(RuleGroupArn=arn)["RuleGroupResponse"]["RuleGroupStatus"] \
        == "DELETING"
    refuses("ResourceNotFoundException", firewall.describe_rule_group, RuleGroupArn=arn)
    refuses("ResourceNotFoundException", firewall.delete_rule_group, RuleGroupArn=arn)


def test_rules_given_as_text_come_back_as_a_rule_group(firewall):
    text = "pass tcp any any -> any any (sid:1;)"
    firewall.create_rule_group(RuleGroupName="r", Type="STATEFUL", Capacity=1, Rules=text)
    seen = firewall.describe_rule_group(RuleGroupName="r", Type="STATEFUL")
    assert seen["RuleGroup"] == {"RulesSource": {"RulesString": text}}


def rules(**source):
    return {"RuleGroup": {"RulesSource": source}}


def stateless(*rules, **more):
    return {"Type": "STATELESS", "RuleGroup": {"RulesSource": {"StatelessRulesAndCustomActions": {
        "StatelessRules": [{"Priority": priority, "RuleDefinition": {
            "Actions": actions, "MatchAttributes": match}} for priority, actions, match in rules]}}}
        | more}


def domains(*targets):
    return rules(RulesSourceList={"Targets": list(targets), "TargetTypes": ["TLS_SNI"],
                                  "GeneratedRulesType": "ALLOWLIST"})


def five_tuple(*sids):
    return rules(StatefulRules=[{
        "Action": "DROP", "RuleOptions": [{"Keyword": "sid", "Settings": [sid]}] if sid else [],
        "Header": {"Protocol": "TCP", "Source": "ANY", "SourcePort": "ANY", "Direction": "ANY",
                   "Destination": "ANY", "DestinationPort": "ANY"}} for sid in sids])


ANYTHING = {}
BAD_RULES = {
    "both forms": {"Rules": "pass tcp any any -> any any (sid:1;)"} | domains("a.com"),
    "no form": {"RuleGroup": None},
    "two sources": rules(RulesString="x (sid:1;)", StatefulRules=[]),
    "no source": rules(),
    "an address as a domain": domains("203.0.113.0/24"),
    "an address alone": domains("203.0.113.7"),
    "a star": domains("*.example.com"),
    "too many domains": domains(*[f"d{number}.com" for number in range(11)]),
    "no sid": five_tuple(None),
    "a sid twice": five_tuple("1", "1"),
    "a text without sid": rules(RulesString="pass tcp any any -> any any (rev:1;)"),
    "a text with a sid twice": rules(RulesString="pass ip a a -> b b (sid:1;)\ndrop ip a a -> b b (sid:1;)"),
    "a text of comments": rules(RulesString="# nothing"),
    "stateful rules in a stateless group": {"Type": "STATELESS"} | domains("a.com"),
    "a priority twice": stateless((1, ["aws:pass"], ANYTHING), (1, ["aws:drop"], ANYTHING)),
    "two actions": stateless((1, ["aws:pass", "aws:drop"], ANYTHING)),
    "an unknown custom action": stateless((1, ["aws:pass", "metric"], ANYTHING)),
    "options of stateful rules": stateless((1, ["aws:pass"], ANYTHING),
                                           StatefulRuleOptions={"RuleOrder": "STRICT_ORDER"}),
    # 3 x 4 = 12 > 10
    "too many combinations": stateless((1, ["aws:pass"], {
        "Protocols": [1, 6, 17],
        "Sources": [{"AddressDefinition": f"10.0.{number}.0/24"} for number in range(4)]})),
}


@pytest.mark.parametrize("name", sorted(BAD_RULES))
def test_rules_that_the_service_refuses(firewall, cloud, name):
    given = {"RuleGroupName": "r", "Type": "STATEFUL", "Capacity": 10, "RuleGroup": network.RULES}
    given |= BAD_RULES[name]
    given = {key: value for key, value in given.items() if value is not None}
    refuses("InvalidRequestException", firewall.create_rule_group, **given)
    assert cloud.firewall.objects() == {}


def test_stateless_capacity(firewall):
    given = stateless((1, ["aws:pass"], {"Protocols": [6, 17], "SourcePorts": [
        {"FromPort": port, "ToPort": port} for port in (1, 2, 3)]}), (2, ["aws:drop"], {}))
    made = firewall.create_rule_group(RuleGroupName="r", Capacity=7, **given)
    assert made["RuleGroupResponse"]["ConsumedCapacity"] == 7


def test_rule_order_is_fixed(firewall):
    arn = network.make_rule_group(firewall)
    token = firewall.describe_rule_group(RuleGroupArn=arn)["UpdateToken"]
    same = network.RULES | {"StatefulRuleOptions": {"RuleOrder": "DEFAULT_ACTION_ORDER"}}
    token = firewall.update_rule_group(RuleGroupArn=arn, UpdateToken=token,
                                       RuleGroup=same)["UpdateToken"]
    strict = network.RULES | {"StatefulRuleOptions": {"RuleOrder": "STRICT_ORDER"}}
    refuses("InvalidRequestException", firewall.update_rule_group, RuleGroupArn=arn,
            UpdateToken=token, RuleGroup=strict)


def test_names_are_unique_within_a_kind(firewall, cloud):
    network.make_rule_group(firewall)
    refuses("InvalidRequestException", firewall.create_rule_group, RuleGroupName="r", Type="STATEFUL",
            Capacity=1, RuleGroup=network.RULES)
    firewall.create_rule_group(RuleGroupName="r", Capacity=1, **stateless((1, ["aws:pass"], {})))
    network.make_rule_group(client(cloud, "network-firewall", OTHER))
    network.make_rule_group(client(cloud, "network-firewall", region="eu-west-1"))
    assert len(cloud.firewall.objects()) == 4
    assert len(cloud.firewall.objects(account=OTHER.account)) == 1


def test_dry_run_makes_nothing(firewall, cloud):
    made = firewall.create_rule_group(RuleGroupName="r", Type="STATEFUL", Capacity=1, DryRun=True,
                                      RuleGroup=network.RULES)
    assert made["RuleGroupResponse"]["ConsumedCapacity"] == 1
    assert cloud.firewall.objects() == {}


# --- policies


def reference(arn, **more):
    return {"StatefulRuleGroupReferences": [{"ResourceArn": arn} | more]}


def test_policy_life_and_references(firewall):
    group = network.make_rule_group(firewall)
    arn = network.make_policy(firewall, **reference(group))
    seen = firewall.describe_firewall_policy(FirewallPolicyArn=arn)
    assert seen["FirewallPolicy"] == network.POLICY | reference(group)
    assert seen["FirewallPolicyResponse"]["ConsumedStatefulRuleCapacity"] == 10
    assert firewall.describe_rule_group(RuleGroupArn=group)["RuleGroupResponse"][
        "NumberOfAssociations"] == 1
    assert "still in use" in refuses("InvalidOperationException", firewall.delete_rule_group,
                                     RuleGroupArn=group)
    refuses("InvalidTokenException", firewall.update_firewall_policy, FirewallPolicyArn=arn,
            UpdateToken="00000000-0000-0000-0000-000000000000", FirewallPolicy=network.POLICY)
    refuses("InternalServerError", firewall.update_firewall_policy, FirewallPolicyArn=arn,
            UpdateToken=seen["UpdateToken"], FirewallPolicy=network.POLICY, Description="")
    firewall.update_firewall_policy(FirewallPolicyArn=arn, UpdateToken=seen["UpdateToken"],
                                    FirewallPolicy=network.POLICY)
    firewall.delete_rule_group(RuleGroupArn=group)
    firewall.delete_firewall_policy(FirewallPolicyArn=arn)
    assert firewall.describe_firewall_policy(FirewallPolicyArn=arn)["FirewallPolicyResponse"][
        "FirewallPolicyStatus"] == "DELETING"
    refuses("ResourceNotFoundException", firewall.describe_firewall_policy, FirewallPolicyArn=arn)


BAD_POLICIES = {
    "no standard action": {"StatelessDefaultActions": ["metric"]},
    "two standard actions": {"StatelessFragmentDefaultActions": ["aws:pass", "aws:drop"]},
    "an unknown group": reference("arn:aws:network-firewall:us-west-2:111122223333:stateful-rulegroup/x"),
    "a priority in default order": reference("GROUP", Priority=1),
    "strict actions in default order": {"StatefulDefaultActions": ["aws:drop_strict"]},
    "no priority in strict order": reference("STRICT") | {
        "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"}},
    "a group of another order": reference("GROUP", Priority=1) | {
        "StatefulEngineOptions": {"RuleOrder": "STRICT_ORDER"}},
    "a stateful group among stateless ones": {
        "StatelessRuleGroupReferences": [{"ResourceArn": "GROUP", "Priority": 1}]},
}


@pytest.mark.parametrize("name", sorted(BAD_POLICIES))
def test_policies_that_the_service_refuses(firewall, cloud, name):
    arns = {"GROUP": network.make_rule_group(firewall),
            "STRICT": network.make_rule_group(firewall, "strict", RuleGroup=network.RULES | {
                "StatefulRuleOptions": {"RuleOrder": "STRICT_ORDER"}})}
    content = dict(BAD_POLICIES[name])
    for key in ("StatefulRuleGroupReferences", "StatelessRuleGroupReferences"):
        if key in content:
            content[key] = [item | {"ResourceArn": arns.get(item["ResourceArn"], item["ResourceArn"])}
                            for item in content[key]]
    refuses("InvalidRequestException", firewall.create_firewall_policy, FirewallPolicyName="p",
            FirewallPolicy=network.POLICY | content)
    assert len(cloud.firewall.objects()) == 2


def test_the_count_of_references_may_lag(firewall, cloud):
    cloud.firewall.timing.release_calls = 2
    group = network.make_rule_group(firewall)
    policy = network.make_policy(firewall, **reference(group))
    refuses("InvalidOperationException", firewall.delete_rule_group, RuleGroupArn=group)
    token = firewall.describe_firewall_policy(FirewallPolicyArn=policy)["UpdateToken"]
    firewall.update_firewall_policy(FirewallPolicyArn=policy, UpdateToken=token,
                                    FirewallPolicy=network.POLICY)
    for _ in range(2):
        refuses("InvalidOperationException", firewall.delete_rule_group, RuleGroupArn=group)
    firewall.delete_rule_group(RuleGroupArn=group)


# --- firewalls


def test_a_firewall_becomes_ready_late(firewall, ec2, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:2], Description="d")
    first = firewall.describe_firewall(FirewallArn=arn)
    assert first["FirewallStatus"]["Status"] == "PROVISIONING"
    assert network.endpoints(first) == {"us-west-2a": None, "us-west-2b": None}
    assert status(firewall, arn) == "PROVISIONING"
    seen = firewall.describe_firewall(FirewallArn=arn)
    assert seen["FirewallStatus"]["Status"] == "READY"
    assert seen["FirewallStatus"]["ConfigurationSyncStateSummary"] == "IN_SYNC"
    found = network.endpoints(seen)
    assert sorted(found) == ["us-west-2a", "us-west-2b"]
    assert all(re.fullmatch("vpce-[0-9a-f]+", endpoint) for endpoint in found.values())
    # They are endpoints of the same EC2, so that routes can lead to them.
    there = ec2.describe_vpc_endpoints(VpcEndpointIds=list(found.values()))["VpcEndpoints"]
    assert {item["VpcEndpointType"] for item in there} == {"GatewayLoadBalancer"}


def test_seconds_instead_of_describes(firewall, cloud, parts):
    cloud.firewall.timing.ready_describes, cloud.firewall.timing.ready_seconds = 0, 0.3
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    begun = time.monotonic()
    while status(firewall, arn) != "READY":
        assert time.monotonic() - begun < 10
    assert time.monotonic() - begun >= 0.25


def test_deleting_takes_its_time_and_its_order(firewall, ec2, cloud, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    endpoint, = network.endpoints(network.ready(firewall, arn)).values()
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", VpcEndpointId=endpoint)
    refuses("DependencyViolation", ec2.delete_subnet, SubnetId=subnets[0])
    refuses("InvalidOperationException", firewall.delete_firewall, FirewallArn=arn)
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    refuses("InvalidOperationException", firewall.delete_firewall_policy, FirewallPolicyArn=policy)
    cloud.firewall.timing.linger_calls = 1
    assert firewall.delete_firewall(FirewallArn=arn)["FirewallStatus"]["Status"] == "DELETING"
    assert status(firewall, arn) == "DELETING"
    refuses("ResourceNotFoundException", firewall.describe_firewall, FirewallArn=arn)
    firewall.delete_firewall_policy(FirewallPolicyArn=policy)
    refuses("DependencyViolation", ec2.delete_subnet, SubnetId=subnets[0])
    ec2.delete_subnet(SubnetId=subnets[0])


def test_replace_route_with_an_endpoint(firewall, ec2, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:2])
    first, second = network.endpoints(network.ready(firewall, arn)).values()
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", VpcEndpointId=first)
    ec2.replace_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", VpcEndpointId=second)
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    assert [route["GatewayId"] for route in routes if route["DestinationCidrBlock"] == "0.0.0.0/0"] \
        == [second]


def test_protections(firewall, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1], DeleteProtection=True,
                                SubnetChangeProtection=True, FirewallPolicyChangeProtection=True)
    network.ready(firewall, arn)
    other = network.make_policy(firewall, "other")
    calls = [
        (firewall.delete_firewall, {}, "update_firewall_delete_protection", "DeleteProtection"),
        (firewall.associate_firewall_policy, {"FirewallPolicyArn": other},
         "update_firewall_policy_change_protection", "FirewallPolicyChangeProtection"),
        (firewall.associate_subnets, {"SubnetMappings": [{"SubnetId": subnets[1]}]},
         "update_subnet_change_protection", "SubnetChangeProtection"),
    ]
    for call, parameters, lift, name in reversed(calls):
        refuses("InvalidOperationException", call, FirewallArn=arn, **parameters)
        assert getattr(firewall, lift)(FirewallArn=arn, **{name: False})[name] is False
        call(FirewallArn=arn, **parameters)


def test_protections_that_nobody_set_are_on(firewall, parts):
    vpc, subnets, policy = parts
    made = firewall.create_firewall(FirewallName="f", FirewallPolicyArn=policy, VpcId=vpc,
                                    SubnetMappings=[{"SubnetId": subnets[0]}])["Firewall"]
    assert made["DeleteProtection"] and made["SubnetChangeProtection"]


def test_subnets_come_and_go(firewall, ec2, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    network.ready(firewall, arn)
    answer = firewall.associate_subnets(FirewallArn=arn, SubnetMappings=[{"SubnetId": subnets[1]}])
    assert [item["SubnetId"] for item in answer["SubnetMappings"]] == subnets[:2]
    stale = firewall.describe_firewall(FirewallArn=arn)
    assert stale["FirewallStatus"]["Status"] == "READY" and len(network.endpoints(stale)) == 1
    assert status(firewall, arn) == "PROVISIONING"
    seen = network.ready(firewall, arn)
    assert len(network.endpoints(seen)) == 2
    # What the call answered is of no use once the change is through.
    refuses("InvalidTokenException", firewall.disassociate_subnets, FirewallArn=arn,
            SubnetIds=subnets[:1], UpdateToken=answer["UpdateToken"])
    firewall.disassociate_subnets(FirewallArn=arn, SubnetIds=subnets[:1],
                                  UpdateToken=seen["UpdateToken"])
    status(firewall, arn)
    assert status(firewall, arn) == "PROVISIONING"
    assert sorted(network.endpoints(network.ready(firewall, arn))) == ["us-west-2b"]
    ec2.delete_subnet(SubnetId=subnets[0])
    assert "inaccessible" in refuses("InvalidRequestException", firewall.disassociate_subnets,
                                     FirewallArn=arn, SubnetIds=subnets[:1])
    refuses("InvalidRequestException", firewall.disassociate_subnets, FirewallArn=arn,
            SubnetIds=subnets[1:2])


def test_one_subnet_in_a_zone_and_in_the_vpc(firewall, ec2, parts):
    vpc, subnets, policy = parts
    twin = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.9.0/28",
                             AvailabilityZone="us-west-2a")["Subnet"]["SubnetId"]
    _, foreign = network.make_vpc(ec2, "c")
    for others in ([twin], foreign, ["subnet-0123456789abcdef0"]):
        refuses("InvalidRequestException", firewall.create_firewall, FirewallName="g",
                FirewallPolicyArn=policy, VpcId=vpc,
                SubnetMappings=[{"SubnetId": subnet} for subnet in [subnets[0], *others]])


def test_a_changed_policy_is_distributed(firewall, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    network.ready(firewall, arn)
    group = network.make_rule_group(firewall)
    token = firewall.describe_firewall_policy(FirewallPolicyArn=policy)["UpdateToken"]
    firewall.update_firewall_policy(FirewallPolicyArn=policy, UpdateToken=token,
                                    FirewallPolicy=network.POLICY | reference(group))
    seen = firewall.describe_firewall(FirewallArn=arn)["FirewallStatus"]
    assert seen["ConfigurationSyncStateSummary"] == "PENDING"
    assert seen["SyncStates"]["us-west-2a"]["Config"][group]["SyncStatus"] == "PENDING"
    network.ready(firewall, arn)
    token = firewall.describe_rule_group(RuleGroupArn=group)["UpdateToken"]
    firewall.update_rule_group(RuleGroupArn=group, UpdateToken=token, RuleGroup=network.RULES)
    assert status(firewall, arn) == "PROVISIONING"
    network.ready(firewall, arn)
    firewall.associate_firewall_policy(FirewallArn=arn,
                                       FirewallPolicyArn=network.make_policy(firewall, "other"))
    assert status(firewall, arn) == "PROVISIONING"
    firewall.delete_firewall_policy(FirewallPolicyArn=policy)


def test_small_updates(firewall, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    token = network.ready(firewall, arn)["UpdateToken"]
    token = firewall.update_firewall_description(FirewallArn=arn, Description="new",
                                                 UpdateToken=token)["UpdateToken"]
    firewall.update_firewall_analysis_settings(FirewallArn=arn, EnabledAnalysisTypes=["TLS_SNI"],
                                               UpdateToken=token)
    refuses("InvalidTokenException", firewall.update_firewall_description, FirewallArn=arn,
            Description="newer", UpdateToken=token)
    seen = firewall.describe_firewall(FirewallArn=arn)["Firewall"]
    assert seen["Description"] == "new" and seen["EnabledAnalysisTypes"] == ["TLS_SNI"]
    firewall.update_firewall_description(FirewallArn=arn)
    assert "Description" not in firewall.describe_firewall(FirewallArn=arn)["Firewall"]


def test_transit_gateway(firewall, cloud):
    policy = network.make_policy(firewall)
    made = firewall.create_firewall(
        FirewallName="t", FirewallPolicyArn=policy, TransitGatewayId="tgw-0123456789abcdef0",
        AvailabilityZoneMappings=[{"AvailabilityZone": "us-west-2a"}],
        AvailabilityZoneChangeProtection=True, DeleteProtection=False)
    arn = made["Firewall"]["FirewallArn"]
    seen = network.ready(firewall, arn)
    assert re.fullmatch("tgw-attach-[0-9a-f]{17}", seen["FirewallStatus"][
        "TransitGatewayAttachmentSyncState"]["AttachmentId"])
    zone = {"AvailabilityZoneMappings": [{"AvailabilityZone": "us-west-2b"}]}
    refuses("InvalidOperationException", firewall.associate_availability_zones, FirewallArn=arn, **zone)
    firewall.update_availability_zone_change_protection(FirewallArn=arn,
                                                        AvailabilityZoneChangeProtection=False)
    firewall.associate_availability_zones(FirewallArn=arn, **zone)
    status(firewall, arn)
    assert sorted(network.endpoints(network.ready(firewall, arn))) == ["us-west-2a", "us-west-2b"]
    firewall.disassociate_availability_zones(FirewallArn=arn, **zone)
    status(firewall, arn)
    assert sorted(network.endpoints(network.ready(firewall, arn))) == ["us-west-2a"]


def test_endpoints_that_fail(firewall, cloud, parts):
    vpc, subnets, policy = parts
    cloud.firewall.fail_next("no free addresses")
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    while (seen := firewall.describe_firewall(FirewallArn=arn)["FirewallStatus"])["Status"] \
            == "PROVISIONING":
        pass
    attachment = seen["SyncStates"]["us-west-2a"]["Attachment"]
    assert seen["Status"] == "FAILED"
    assert attachment["Status"] == "FAILED" and attachment["StatusMessage"] == "no free addresses"
    firewall.delete_firewall(FirewallArn=arn)


# --- logging, tags, lists


def destination(log_type, group):
    return {"LogType": log_type, "LogDestinationType": "CloudWatchLogs",
            "LogDestination": {"logGroup": group}}


def test_logging_takes_one_change_at_a_time(firewall, parts):
    vpc, subnets, policy = parts
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])

    def update(*configs):
        return firewall.update_logging_configuration(
            FirewallArn=arn, LoggingConfiguration={"LogDestinationConfigs": list(configs)})
    alert, flow = destination("ALERT", "a"), destination("FLOW", "f")
    assert "one" in refuses("InvalidRequestException", lambda **_: update(alert, flow))
    update(alert)
    update(alert, flow)
    changed = destination("FLOW", "other")
    refuses("InvalidRequestException", lambda **_: update(destination("ALERT", "b"), changed))
    refuses("InvalidRequestException", lambda **_: update(alert, destination("TLS", "f")))
    refuses("InvalidRequestException", lambda **_: update(alert, flow | {
        "LogDestination": {"bucketName": "b"}}))
    update(alert, changed)
    seen = firewall.describe_logging_configuration(FirewallArn=arn)["LoggingConfiguration"]
    assert seen["LogDestinationConfigs"] == [alert, changed]
    refuses("InvalidRequestException", firewall.update_logging_configuration, FirewallArn=arn)
    update(changed)
    firewall.update_logging_configuration(FirewallArn=arn)
    assert firewall.describe_logging_configuration(FirewallArn=arn)["LoggingConfiguration"] == {
        "LogDestinationConfigs": []}


def test_tags(firewall, cloud):
    arn = network.make_rule_group(firewall)
    firewall.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    firewall.tag_resource(ResourceArn=arn, Tags=[{"Key": "a", "Value": "2"}])
    pages = firewall.list_tags_for_resource(ResourceArn=arn, MaxResults=1)
    rest = firewall.list_tags_for_resource(ResourceArn=arn, NextToken=pages["NextToken"])
    assert pages["Tags"] + rest["Tags"] == [{"Key": "a", "Value": "2"}, {"Key": "b", "Value": ""}]
    found = client(cloud, "resourcegroupstaggingapi").get_resources(
        TagFilters=[{"Key": "a", "Values": ["2"]}])["ResourceTagMappingList"]
    assert [item["ResourceARN"] for item in found] == [arn]
    firewall.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert firewall.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": ""}]
    refuses("InvalidRequestException", firewall.tag_resource, ResourceArn=arn,
            Tags=[{"Key": "aws:x", "Value": "1"}])
    refuses("ResourceNotFoundException", firewall.untag_resource, ResourceArn=arn + "x", TagKeys=["a"])


def test_lists(firewall, parts):
    vpc, subnets, policy = parts
    for index in range(3):
        network.make_rule_group(firewall, f"r{index}")
    names, token = [], {}
    while True:
        page = firewall.list_rule_groups(MaxResults=2, Type="STATEFUL", **token)
        names += [item["Name"] for item in page["RuleGroups"]]
        if "NextToken" not in page:
            break
        token = {"NextToken": page["NextToken"]}
    assert names == ["r0", "r1", "r2"]
    assert firewall.list_rule_groups(Type="STATELESS")["RuleGroups"] == []
    assert [item["Arn"] for item in firewall.list_firewall_policies()["FirewallPolicies"]] == [policy]
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    assert firewall.list_firewalls(VpcIds=[vpc])["Firewalls"] == [
        {"FirewallName": "f", "FirewallArn": arn}]
    assert firewall.list_firewalls(VpcIds=["vpc-0123456789abcdef0"])["Firewalls"] == []


def test_by_hand(firewall, cloud, parts):
    """What a test can do behind the client's back."""
    vpc, subnets, policy = parts
    cloud.firewall.timing.ready_seconds = 3600
    arn = network.make_firewall(firewall, policy, vpc, subnets[:1])
    assert status(firewall, arn) == "PROVISIONING"
    cloud.firewall.hasten()
    assert status(firewall, arn) == "READY"
    cloud.firewall.forget()
    refuses("ResourceNotFoundException", firewall.describe_firewall, FirewallArn=arn)
    assert cloud.firewall.objects() == {}

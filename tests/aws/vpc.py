"""What a firewall needs before it can be made, made with botocore."""

RULES = {"RulesSource": {"RulesSourceList": {
    "Targets": [".example.com"], "TargetTypes": ["TLS_SNI"], "GeneratedRulesType": "ALLOWLIST"}}}
POLICY = {"StatelessDefaultActions": ["aws:forward_to_sfe"],
          "StatelessFragmentDefaultActions": ["aws:forward_to_sfe"]}


def make_vpc(ec2, zones="ab"):
    """(id of a VPC, ids of its subnets, one in each zone)"""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    region = ec2.meta.region_name
    return vpc, [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/28",
                                   AvailabilityZone=f"{region}{zone}")["Subnet"]["SubnetId"]
                 for index, zone in enumerate(zones)]


def make_policy(firewall, name="p", **content):
    return firewall.create_firewall_policy(
        FirewallPolicyName=name,
        FirewallPolicy=POLICY | content)["FirewallPolicyResponse"]["FirewallPolicyArn"]


def make_rule_group(firewall, name="r", capacity=10, **more):
    return firewall.create_rule_group(
        **{"RuleGroupName": name, "Type": "STATEFUL", "Capacity": capacity, "RuleGroup": RULES} | more
    )["RuleGroupResponse"]["RuleGroupArn"]


def make_firewall(firewall, policy, vpc, subnets, name="f", **more):
    """The ARN; without protections unless asked for."""
    made = firewall.create_firewall(
        **{"FirewallName": name, "FirewallPolicyArn": policy, "VpcId": vpc,
           "SubnetMappings": [{"SubnetId": subnet} for subnet in subnets], "DeleteProtection": False,
           "SubnetChangeProtection": False, "FirewallPolicyChangeProtection": False} | more)
    return made["Firewall"]["FirewallArn"]


def ready(firewall, arn, limit=20):
    """The description of the firewall once it is READY."""
    for _ in range(limit):
        seen = firewall.describe_firewall(FirewallArn=arn)
        if seen["FirewallStatus"]["Status"] == "READY":
            return seen
    raise AssertionError(f"{arn} is still {seen['FirewallStatus']['Status']}")


def endpoints(seen):
    return {zone: state["Attachment"].get("EndpointId")
            for zone, state in seen["FirewallStatus"]["SyncStates"].items()}

"""An egress firewall around the VPC of model servers: they reach the hosts of an allow-list and
nothing else, and what they try is logged.

    workload subnet -> firewall endpoint -> firewall subnet -> internet gateway
"""

import pulumi
from pulumi_palisade.aws import ec2, networkfirewall

config = pulumi.Config()
# Both subnets lie in this zone; it belongs to the region of the configuration palisade:aws.
zone = config.get("availabilityZone") or "us-west-2a"
# Where the model servers may go: a name is exactly that host, a leading dot all below it, too.
allowed_domains = config.get_object("allowedDomains") or [
    ".huggingface.co",
    "telemetry.example.com",
]
# Who may call the model from outside.
client_range = config.get("clientRange") or "203.0.113.0/24"
# CloudWatch log groups, which have to exist.
alert_log_group = config.get("alertLogGroup") or "/model-serving/firewall/alert"
flow_log_group = config.get("flowLogGroup") or "/model-serving/firewall/flow"

workload_range = "10.0.1.0/24"
vpc = ec2.Vpc("vpc", cidr_block="10.0.0.0/16", enable_dns_hostnames=True)
# Holds the firewall's endpoint and nothing else.
firewall_subnet = ec2.Subnet(
    "firewallSubnet", vpc_id=vpc.vpc_id, cidr_block="10.0.0.0/28", availability_zone=zone
)
# Holds the model servers.
workload_subnet = ec2.Subnet(
    "workloadSubnet",
    vpc_id=vpc.vpc_id,
    cidr_block=workload_range,
    availability_zone=zone,
    map_public_ip_on_launch=True,
)
gateway = ec2.InternetGateway("gateway")
attachment = ec2.VpcGatewayAttachment(
    "attachment", vpc_id=vpc.vpc_id, internet_gateway_id=gateway.internet_gateway_id
)

# HTTP and TLS connections to other names are dropped.
domains = networkfirewall.RuleGroup(
    "domains",
    type=networkfirewall.RuleGroupType.STATEFUL,
    capacity=100,
    description="Where the model servers may go",
    rule_group={
        "rule_variables": {"ip_sets": {"HOME_NET": {"definition": ["10.0.0.0/16"]}}},
        "rules_source": {
            "rules_source_list": {
                "generated_rules_type": networkfirewall.RuleGroupGeneratedRulesType.ALLOWLIST,
                "target_types": [
                    networkfirewall.RuleGroupTargetType.HTTP_HOST,
                    networkfirewall.RuleGroupTargetType.TLS_SNI,
                ],
                "targets": allowed_domains,
            }
        },
    },
)


https: list[networkfirewall.RuleGroupPortRangeArgsDict] = [{"from_port": 443, "to_port": 443}]
smtp: list[networkfirewall.RuleGroupPortRangeArgsDict] = [{"from_port": 25, "to_port": 25}]
clients: list[networkfirewall.RuleGroupAddressArgsDict] = [{"address_definition": client_range}]
workload: list[networkfirewall.RuleGroupAddressArgsDict] = [{"address_definition": workload_range}]


def rule(
    priority: int, action: str, matches: networkfirewall.RuleGroupMatchAttributesArgsDict
) -> networkfirewall.RuleGroupStatelessRuleArgsDict:
    return {
        "priority": priority,
        "rule_definition": {"actions": [action], "match_attributes": matches},
    }


# Clients come in without further inspection, and nothing leaves by SMTP.
inbound: networkfirewall.RuleGroupMatchAttributesArgsDict = {
    "protocols": [6],
    "sources": clients,
    "destinations": workload,
    "destination_ports": https,
}
replies: networkfirewall.RuleGroupMatchAttributesArgsDict = {
    "protocols": [6],
    "sources": workload,
    "destinations": clients,
    "source_ports": https,
}
packets = networkfirewall.RuleGroup(
    "packets",
    type=networkfirewall.RuleGroupType.STATELESS,
    capacity=10,
    description="What needs no connection tracking",
    rule_group={
        "rules_source": {
            "stateless_rules_and_custom_actions": {
                "stateless_rules": [
                    rule(10, "aws:pass", inbound),
                    rule(11, "aws:pass", replies),
                    rule(20, "aws:drop", {"protocols": [6], "destination_ports": smtp}),
                ]
            }
        }
    },
)
policy = networkfirewall.FirewallPolicy(
    "policy",
    description="Egress of the model servers",
    firewall_policy={
        "stateless_default_actions": ["aws:forward_to_sfe"],
        "stateless_fragment_default_actions": ["aws:forward_to_sfe"],
        "stateless_rule_group_references": [
            {"resource_arn": packets.rule_group_arn, "priority": 1}
        ],
        "stateful_rule_group_references": [{"resource_arn": domains.rule_group_arn}],
    },
)
firewall = networkfirewall.Firewall(
    "firewall",
    description="Stands between the model servers and the internet",
    vpc_id=vpc.vpc_id,
    firewall_policy_arn=policy.firewall_policy_arn,
    subnet_mappings=[{"subnet_id": firewall_subnet.subnet_id}],
    # In production, true: a destroy then needs an update that lifts it first.
    delete_protection=False,
)


def to_log_group(
    log_type: networkfirewall.LoggingConfigurationLogType, group: str
) -> networkfirewall.LoggingConfigurationLogDestinationConfigArgsDict:
    return {
        "log_type": log_type,
        "log_destination_type": (
            networkfirewall.LoggingConfigurationLogDestinationType.CLOUD_WATCH_LOGS
        ),
        "log_destination": {"logGroup": group},
    }


logging = networkfirewall.LoggingConfiguration(
    "logging",
    firewall_arn=firewall.firewall_arn,
    logging_configuration={
        "log_destination_configs": [
            to_log_group(networkfirewall.LoggingConfigurationLogType.ALERT, alert_log_group),
            to_log_group(networkfirewall.LoggingConfigurationLogType.FLOW, flow_log_group),
        ]
    },
)
endpoint = firewall.endpoint_ids_by_zone[zone]

# What leaves the workload goes through the firewall.
workload_routes = ec2.RouteTable("workloadRoutes", vpc_id=vpc.vpc_id)
ec2.Route(
    "workloadToFirewall",
    route_table_id=workload_routes.route_table_id,
    destination_cidr_block="0.0.0.0/0",
    vpc_endpoint_id=endpoint,
)
ec2.SubnetRouteTableAssociation(
    "workloadRouting",
    subnet_id=workload_subnet.subnet_id,
    route_table_id=workload_routes.route_table_id,
)
# What leaves the firewall goes to the internet.
firewall_routes = ec2.RouteTable("firewallRoutes", vpc_id=vpc.vpc_id)
ec2.Route(
    "firewallToInternet",
    route_table_id=firewall_routes.route_table_id,
    destination_cidr_block="0.0.0.0/0",
    gateway_id=gateway.internet_gateway_id,
    opts=pulumi.ResourceOptions(depends_on=[attachment]),
)
ec2.SubnetRouteTableAssociation(
    "firewallRouting",
    subnet_id=firewall_subnet.subnet_id,
    route_table_id=firewall_routes.route_table_id,
)
# What comes back from the internet goes through the firewall as well.
ingress_routes = ec2.RouteTable("ingressRoutes", vpc_id=vpc.vpc_id)
ec2.Route(
    "internetToFirewall",
    route_table_id=ingress_routes.route_table_id,
    destination_cidr_block=workload_range,
    vpc_endpoint_id=endpoint,
)
ec2.GatewayRouteTableAssociation(
    "ingressRouting",
    gateway_id=gateway.internet_gateway_id,
    route_table_id=ingress_routes.route_table_id,
    opts=pulumi.ResourceOptions(depends_on=[attachment]),
)

pulumi.export("vpcId", vpc.vpc_id)
pulumi.export("workloadSubnetId", workload_subnet.subnet_id)
pulumi.export("firewallArn", firewall.firewall_arn)
pulumi.export("firewallPolicyArn", policy.firewall_policy_arn)
pulumi.export("domainsArn", domains.rule_group_arn)
pulumi.export("packetsArn", packets.rule_group_arn)
pulumi.export("endpoint", endpoint)

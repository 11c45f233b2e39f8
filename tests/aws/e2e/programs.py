"""Programs for the tests, as tables of resources; written as JSON, which YAML programs may be."""

import copy
import json

EC2 = "palisade:aws/ec2:"
FIREWALL = "palisade:aws/networkfirewall:"
# The output of a Firewall that maps a zone to its endpoint.
ENDPOINTS = "endpointIdsByZone"


def resource(type, options=None, /, **properties):
    made = {"type": type, "properties": properties}
    return made | ({"options": options} if options else {})


def write(project, resources, variables=None, outputs=None):
    """(Re)writes the program of a project."""
    text = {"name": project.name, "runtime": "yaml", "resources": resources}
    text |= {"variables": variables} if variables else {}
    text |= {"outputs": outputs} if outputs else {}
    project.write("Pulumi.yaml", json.dumps(text, indent=1))


def configure(project, path, value, secret=False):
    """Sets a key of the provider's AWS configuration; a secret one stays out of the transcript."""
    key = f"palisade:aws.{path}"
    if secret:
        project.sandbox.private("pulumi", "config", "set", "--secret", "--path", key, value,
                                "--non-interactive", cwd=project.folder)
    else:
        project.cli("config", "set", "--path", key, value)


def changed(resources, name, /, **properties):
    """The same table, with other properties of one resource; None takes a property away."""
    made = copy.deepcopy(resources)
    found = made[name]["properties"] | properties
    made[name]["properties"] = {key: value for key, value in found.items() if value is not None}
    return made


VPC = {"vpc": resource(EC2 + "Vpc", cidrBlock="10.0.0.0/16", tags={"name": "seed"})}

NETWORK = VPC | {
    "subnet": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.0.0/28",
                       availabilityZone="us-west-2a"),
    "workload": resource(EC2 + "Subnet", vpcId="${vpc.vpcId}", cidrBlock="10.0.1.0/24",
                         availabilityZone="us-west-2a"),
    "gateway": resource(EC2 + "InternetGateway", tags={"name": "seed"}),
    "attachment": resource(EC2 + "VpcGatewayAttachment", vpcId="${vpc.vpcId}",
                           internetGatewayId="${gateway.internetGatewayId}"),
    "table": resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}"),
    "association": resource(EC2 + "SubnetRouteTableAssociation", subnetId="${workload.subnetId}",
                            routeTableId="${table.routeTableId}"),
    "edgeTable": resource(EC2 + "RouteTable", vpcId="${vpc.vpcId}"),
    "edge": resource(EC2 + "GatewayRouteTableAssociation", {"dependsOn": ["${attachment}"]},
                     gatewayId="${gateway.internetGatewayId}",
                     routeTableId="${edgeTable.routeTableId}"),
    "group": resource(EC2 + "SecurityGroup", vpcId="${vpc.vpcId}", groupDescription="model servers"),
    "ingress": resource(EC2 + "SecurityGroupIngress", groupId="${group.groupId}", ipProtocol="tcp",
                        fromPort=443, toPort=443, cidrIp="10.0.0.0/16"),
    "egress": resource(EC2 + "SecurityGroupEgress", groupId="${group.groupId}", ipProtocol="tcp",
                       fromPort=443, toPort=443, cidrIp="0.0.0.0/0"),
    "endpoint": resource(EC2 + "VpcEndpoint", vpcId="${vpc.vpcId}",
                         serviceName="com.amazonaws.us-west-2.s3", vpcEndpointType="Gateway",
                         routeTableIds=["${table.routeTableId}"]),
}

RULE_GROUP = {
    "domains": resource(
        FIREWALL + "RuleGroup", type="STATEFUL", capacity=100, tags={"name": "seed"},
        description="where models may be fetched from",
        ruleGroup={"rulesSource": {"rulesSourceList": {
            "generatedRulesType": "ALLOWLIST", "targetTypes": ["HTTP_HOST", "TLS_SNI"],
            "targets": [".example.com"]}}}),
}

POLICY = RULE_GROUP | {
    "packets": resource(
        FIREWALL + "RuleGroup", type="STATELESS", capacity=100,
        ruleGroup={"rulesSource": {"statelessRulesAndCustomActions": {"statelessRules": [{
            "priority": 10, "ruleDefinition": {"actions": ["aws:pass"], "matchAttributes": {
                "sources": [{"addressDefinition": "203.0.113.0/24"}],
                "destinations": [{"addressDefinition": "10.0.0.0/16"}]}}}]}}}),
    "policy": resource(
        FIREWALL + "FirewallPolicy", tags={"name": "seed"}, firewallPolicy={
            "statelessDefaultActions": ["aws:forward_to_sfe"],
            "statelessFragmentDefaultActions": ["aws:forward_to_sfe"],
            "statelessRuleGroupReferences": [
                {"resourceArn": "${packets.ruleGroupArn}", "priority": 1}],
            "statefulRuleGroupReferences": [{"resourceArn": "${domains.ruleGroupArn}"}]}),
}

PERIMETER = NETWORK | POLICY | {
    "firewall": resource(
        FIREWALL + "Firewall", firewallName="perimeter", vpcId="${vpc.vpcId}",
        firewallPolicyArn="${policy.firewallPolicyArn}",
        subnetMappings=[{"subnetId": "${subnet.subnetId}"}], tags={"name": "seed"}),
    "way": resource(
        EC2 + "Route", routeTableId="${table.routeTableId}", destinationCidrBlock="0.0.0.0/0",
        vpcEndpointId="${firewall." + ENDPOINTS + '["us-west-2a"]}'),
    "wayBack": resource(
        EC2 + "Route", routeTableId="${edgeTable.routeTableId}", destinationCidrBlock="10.0.1.0/24",
        vpcEndpointId="${firewall." + ENDPOINTS + '["us-west-2a"]}'),
    "logging": resource(
        FIREWALL + "LoggingConfiguration", firewallArn="${firewall.firewallArn}",
        loggingConfiguration={"logDestinationConfigs": [
            {"logType": "ALERT", "logDestinationType": "CloudWatchLogs",
             "logDestination": {"logGroup": "/perimeter/alert"}},
            {"logType": "FLOW", "logDestinationType": "S3",
             "logDestination": {"bucketName": "perimeter-flow", "prefix": "logs"}}]}),
}

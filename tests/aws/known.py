"""Inputs that each AWS type accepts, with parents that the plugin itself makes.

Texts, ids and ranges are new at every call, so that two calls describe two objects."""

import itertools

import wire

EC2, FIREWALL = "palisade:aws/ec2:", "palisade:aws/networkfirewall:"
ZONE = "us-west-2a"
_numbers = itertools.count(1)

DEFAULT_ACTIONS = {"statelessDefaultActions": ["aws:forward_to_sfe"],
                   "statelessFragmentDefaultActions": ["aws:drop"]}
DOMAINS = {"rulesSource": {"rulesSourceList": {
    "generatedRulesType": "ALLOWLIST", "targetTypes": ["HTTP_HOST", "TLS_SNI"],
    "targets": [".example.com", "models.example.org"]}}}
SURICATA = {
    "ruleVariables": {"ipSets": {"MODELS": {"definition": ["10.0.0.0/24"]}},
                      "portSets": {"WEB": {"definition": ["443"]}}},
    "statefulRuleOptions": {"ruleOrder": "STRICT_ORDER"},
    "rulesSource": {"rulesString":
                    'pass tcp $MODELS any -> any $WEB (msg:"models"; sid:1; rev:1;)\n'
                    "drop ip any any -> any any (sid:2;)"}}
FIVE_TUPLES = {"rulesSource": {"statefulRules": [{
    "action": "DROP",
    "header": {"protocol": "TCP", "source": "10.0.0.0/16", "sourcePort": "ANY",
               "direction": "FORWARD", "destination": "ANY", "destinationPort": "22"},
    "ruleOptions": [{"keyword": "sid", "settings": ["7"]}]}]}}
PACKETS = {"rulesSource": {"statelessRulesAndCustomActions": {
    "statelessRules": [{"priority": 10, "ruleDefinition": {
        "actions": ["aws:pass", "Count"], "matchAttributes": {
            "protocols": [6], "sources": [{"addressDefinition": "203.0.113.0/24"}],
            "destinationPorts": [{"fromPort": 443, "toPort": 443}],
            "tcpFlags": [{"flags": ["SYN"], "masks": ["SYN", "ACK"]}]}}}],
    "customActions": [{"actionName": "Count", "actionDefinition": {
        "publishMetricAction": {"dimensions": [{"value": "models"}]}}}]}}}


class Known:
    """Parents are made with `plugin` when a type first needs them."""

    def __init__(self, plugin):
        self.plugin = plugin

    def made(self, token, **news):
        name = f"parent{next(_numbers)}"
        return wire.plain(self.plugin.make(token, news, name=name).outputs)

    def vpc(self):
        return self.made(EC2 + "Vpc", cidrBlock="10.0.0.0/16")["vpcId"]

    def subnet(self, vpc):
        return self.made(EC2 + "Subnet", vpcId=vpc, availabilityZone=ZONE,
                         cidrBlock=f"10.0.{next(_numbers) % 256}.0/28")["subnetId"]

    def table(self, vpc):
        return self.made(EC2 + "RouteTable", vpcId=vpc)["routeTableId"]

    def gateway(self):
        return self.made(EC2 + "InternetGateway")["internetGatewayId"]

    def attached(self, vpc):
        gateway = self.gateway()
        self.made(EC2 + "VpcGatewayAttachment", vpcId=vpc, internetGatewayId=gateway)
        return gateway

    def group(self, vpc):
        return self.made(EC2 + "SecurityGroup", vpcId=vpc, groupDescription="qqqqa")["groupId"]

    def policy(self):
        return self.made(FIREWALL + "FirewallPolicy",
                         firewallPolicy=DEFAULT_ACTIONS)["firewallPolicyArn"]

    def firewall(self):
        vpc = self.vpc()
        return self.made(FIREWALL + "Firewall", vpcId=vpc, firewallPolicyArn=self.policy(),
                         subnetMappings=[{"subnetId": self.subnet(vpc)}])["firewallArn"]

    def of(self, token):
        """One or more inputs for a type; all but the first with a name of their own."""
        type = token.rsplit(":", 1)[1]
        found = getattr(self, "_" + type)()
        name = {"RuleGroup": "ruleGroupName", "FirewallPolicy": "firewallPolicyName",
                "SecurityGroup": "groupName"}.get(type)
        return found[:1] + [news | ({name: f"n{next(_numbers)}"} if name else {})
                            for news in found[1:]]

    def _Vpc(self):
        return [{"cidrBlock": "10.0.0.0/16"},
                {"cidrBlock": "10.1.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                 "instanceTenancy": "default", "tags": {"k.x": "qqqqb"}}]

    def _Subnet(self):
        vpc = self.vpc()
        return [{"vpcId": vpc, "cidrBlock": "10.0.0.0/28"},
                {"vpcId": vpc, "cidrBlock": "10.0.1.0/24", "availabilityZone": ZONE,
                 "mapPublicIpOnLaunch": True, "tags": {"k.x": "qqqqc"}}]

    def _InternetGateway(self):
        return [{"tags": {"k.x": "qqqqd"}}]

    def _VpcGatewayAttachment(self):
        return [{"vpcId": self.vpc(), "internetGatewayId": self.gateway()}]

    def _RouteTable(self):
        return [{"vpcId": self.vpc(), "tags": {"k.x": "qqqqe"}}]

    def _Route(self):
        vpc = self.vpc()
        gateway, table = self.attached(vpc), self.table(vpc)
        return [{"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway}]

    def _SubnetRouteTableAssociation(self):
        vpc = self.vpc()
        return [{"subnetId": self.subnet(vpc), "routeTableId": self.table(vpc)}]

    def _GatewayRouteTableAssociation(self):
        vpc = self.vpc()
        return [{"gatewayId": self.attached(vpc), "routeTableId": self.table(vpc)}]

    def _SecurityGroup(self):
        vpc = self.vpc()
        return [{"vpcId": vpc, "groupDescription": "qqqqf", "tags": {"k.x": "qqqqg"}},
                {"vpcId": vpc, "groupDescription": "qqqqh",
                 "securityGroupIngress": [{"ipProtocol": "tcp", "fromPort": 443, "toPort": 443,
                                           "cidrIp": "10.0.0.0/16", "description": "qqqqi"}],
                 "securityGroupEgress": [{"ipProtocol": "-1", "cidrIp": "0.0.0.0/0"}]}]

    def _SecurityGroupIngress(self):
        return [{"groupId": self.group(self.vpc()), "ipProtocol": "tcp", "fromPort": 443,
                 "toPort": 443, "cidrIp": "10.0.0.0/16", "description": "qqqqj"}]

    def _SecurityGroupEgress(self):
        return [{"groupId": self.group(self.vpc()), "ipProtocol": "udp", "fromPort": 53,
                 "toPort": 53, "cidrIp": "10.0.0.0/16"}]

    def _VpcEndpoint(self):
        vpc = self.vpc()
        return [{"vpcId": vpc, "serviceName": "com.amazonaws.us-west-2.s3",
                 "vpcEndpointType": "Gateway", "routeTableIds": [self.table(vpc)],
                 "tags": {"k.x": "qqqqk"}},
                {"vpcId": vpc, "serviceName": "com.amazonaws.us-west-2.bedrock-runtime",
                 "vpcEndpointType": "Interface", "subnetIds": [self.subnet(vpc)],
                 "securityGroupIds": [self.group(vpc)], "privateDnsEnabled": False}]

    def _RuleGroup(self):
        return [{"type": "STATEFUL", "capacity": 100, "ruleGroup": DOMAINS, "description": "qqqql",
                 "tags": {"k.x": "qqqqm"}},
                {"type": "STATEFUL", "capacity": 100, "ruleGroup": SURICATA},
                {"type": "STATEFUL", "capacity": 10, "ruleGroup": FIVE_TUPLES},
                {"type": "STATELESS", "capacity": 20, "ruleGroup": PACKETS}]

    def _FirewallPolicy(self):
        group = self.made(FIREWALL + "RuleGroup", type="STATEFUL", capacity=100, ruleGroup=DOMAINS)
        reference = {"resourceArn": group["ruleGroupArn"]}
        return [{"firewallPolicy": DEFAULT_ACTIONS, "description": "qqqqn"},
                {"firewallPolicy": DEFAULT_ACTIONS | {"statefulRuleGroupReferences": [reference]},
                 "tags": {"k.x": "qqqqo"}}]

    def _Firewall(self):
        vpc = self.vpc()
        return [{"vpcId": vpc, "firewallPolicyArn": self.policy(), "description": "qqqqp",
                 "subnetMappings": [{"subnetId": self.subnet(vpc)}], "tags": {"k.x": "qqqqr"}}]

    def _LoggingConfiguration(self):
        return [{"firewallArn": self.firewall(), "loggingConfiguration": {"logDestinationConfigs": [
            {"logType": "ALERT", "logDestinationType": "CloudWatchLogs",
             "logDestination": {"logGroup": "/perimeter/alert"}},
            {"logType": "FLOW", "logDestinationType": "S3",
             "logDestination": {"bucketName": "perimeter-flow", "prefix": "logs"}}]}}]

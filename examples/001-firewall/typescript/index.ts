// An egress firewall around the VPC of model servers: they reach the hosts of an allow-list and
// nothing else, and what they try is logged.
//
//   workload subnet -> firewall endpoint -> firewall subnet -> internet gateway

import * as pulumi from "@pulumi/pulumi";
import { aws } from "@palisade/pulumi";

const { ec2, networkfirewall } = aws;
const config = new pulumi.Config();
// Both subnets lie in this zone; it belongs to the region of the configuration palisade:aws.
const zone = config.get("availabilityZone") ?? "us-west-2a";
// Where the model servers may go: a name is exactly that host, a leading dot all below it, too.
const allowedDomains = config.getObject<string[]>("allowedDomains") ?? [
  ".huggingface.co",
  "telemetry.example.com",
];
// Who may call the model from outside.
const clientRange = config.get("clientRange") ?? "203.0.113.0/24";
// CloudWatch log groups, which have to exist.
const alertLogGroup = config.get("alertLogGroup") ?? "/model-serving/firewall/alert";
const flowLogGroup = config.get("flowLogGroup") ?? "/model-serving/firewall/flow";

const workloadRange = "10.0.1.0/24";
const vpc = new ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
const vpcId = vpc.vpcId;
// Holds the firewall's endpoint and nothing else.
const firewallSubnet = new ec2.Subnet("firewallSubnet", {
  vpcId,
  cidrBlock: "10.0.0.0/28",
  availabilityZone: zone,
});
// Holds the model servers.
const workloadSubnet = new ec2.Subnet("workloadSubnet", {
  vpcId,
  cidrBlock: workloadRange,
  availabilityZone: zone,
  mapPublicIpOnLaunch: true,
});
const gateway = new ec2.InternetGateway("gateway");
const attachment = new ec2.VpcGatewayAttachment("attachment", {
  vpcId,
  internetGatewayId: gateway.internetGatewayId,
});

// HTTP and TLS connections to other names are dropped.
const domains = new networkfirewall.RuleGroup("domains", {
  type: "STATEFUL",
  capacity: 100,
  description: "Where the model servers may go",
  ruleGroup: {
    ruleVariables: { ipSets: { HOME_NET: { definition: ["10.0.0.0/16"] } } },
    rulesSource: {
      rulesSourceList: {
        generatedRulesType: "ALLOWLIST",
        targetTypes: ["HTTP_HOST", "TLS_SNI"],
        targets: allowedDomains,
      },
    },
  },
});

const https = [{ fromPort: 443, toPort: 443 }];
const clients = [{ addressDefinition: clientRange }];
const workload = [{ addressDefinition: workloadRange }];
// Clients come in without further inspection, and nothing leaves by SMTP.
const packets = new networkfirewall.RuleGroup("packets", {
  type: "STATELESS",
  capacity: 10,
  description: "What needs no connection tracking",
  ruleGroup: {
    rulesSource: {
      statelessRulesAndCustomActions: {
        statelessRules: [
          {
            priority: 10,
            ruleDefinition: {
              actions: ["aws:pass"],
              matchAttributes: {
                protocols: [6],
                sources: clients,
                destinations: workload,
                destinationPorts: https,
              },
            },
          },
          {
            priority: 11,
            ruleDefinition: {
              actions: ["aws:pass"],
              matchAttributes: {
                protocols: [6],
                sources: workload,
                destinations: clients,
                sourcePorts: https,
              },
            },
          },
          {
            priority: 20,
            ruleDefinition: {
              actions: ["aws:drop"],
              matchAttributes: {
                protocols: [6],
                destinationPorts: [{ fromPort: 25, toPort: 25 }],
              },
            },
          },
        ],
      },
    },
  },
});
const policy = new networkfirewall.FirewallPolicy("policy", {
  description: "Egress of the model servers",
  firewallPolicy: {
    statelessDefaultActions: ["aws:forward_to_sfe"],
    statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
    statelessRuleGroupReferences: [{ resourceArn: packets.ruleGroupArn, priority: 1 }],
    statefulRuleGroupReferences: [{ resourceArn: domains.ruleGroupArn }],
  },
});
const firewall = new networkfirewall.Firewall("firewall", {
  description: "Stands between the model servers and the internet",
  vpcId,
  firewallPolicyArn: policy.firewallPolicyArn,
  subnetMappings: [{ subnetId: firewallSubnet.subnetId }],
  // In production, true: a destroy then needs an update that lifts it first.
  deleteProtection: false,
});
new networkfirewall.LoggingConfiguration("logging", {
  firewallArn: firewall.firewallArn,
  loggingConfiguration: {
    logDestinationConfigs: [
      {
        logType: "ALERT",
        logDestinationType: "CloudWatchLogs",
        logDestination: { logGroup: alertLogGroup },
      },
      {
        logType: "FLOW",
        logDestinationType: "CloudWatchLogs",
        logDestination: { logGroup: flowLogGroup },
      },
    ],
  },
});
export const endpoint = firewall.endpointIdsByZone[zone];

// What leaves the workload goes through the firewall.
const workloadRoutes = new ec2.RouteTable("workloadRoutes", { vpcId });
new ec2.Route("workloadToFirewall", {
  routeTableId: workloadRoutes.routeTableId,
  destinationCidrBlock: "0.0.0.0/0",
  vpcEndpointId: endpoint,
});
new ec2.SubnetRouteTableAssociation("workloadRouting", {
  subnetId: workloadSubnet.subnetId,
  routeTableId: workloadRoutes.routeTableId,
});
// What leaves the firewall goes to the internet.
const firewallRoutes = new ec2.RouteTable("firewallRoutes", { vpcId });
new ec2.Route(
  "firewallToInternet",
  {
    routeTableId: firewallRoutes.routeTableId,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.internetGatewayId,
  },
  { dependsOn: [attachment] },
);
new ec2.SubnetRouteTableAssociation("firewallRouting", {
  subnetId: firewallSubnet.subnetId,
  routeTableId: firewallRoutes.routeTableId,
});
// What comes back from the internet goes through the firewall as well.
const ingressRoutes = new ec2.RouteTable("ingressRoutes", { vpcId });
new ec2.Route("internetToFirewall", {
  routeTableId: ingressRoutes.routeTableId,
  destinationCidrBlock: workloadRange,
  vpcEndpointId: endpoint,
});
new ec2.GatewayRouteTableAssociation(
  "ingressRouting",
  {
    gatewayId: gateway.internetGatewayId,
    routeTableId: ingressRoutes.routeTableId,
  },
  { dependsOn: [attachment] },
);

export { vpcId };
export const workloadSubnetId = workloadSubnet.subnetId;
export const firewallArn = firewall.firewallArn;
export const firewallPolicyArn = policy.firewallPolicyArn;
export const domainsArn = domains.ruleGroupArn;
export const packetsArn = packets.ruleGroupArn;

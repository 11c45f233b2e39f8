#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// A kind of EC2 object: the start of its ids, what people call it, and where a program gets one.
struct IdKind {
  std::string_view prefix;
  std::string_view noun;
  /// Ends the sentence "use ...".
  std::string_view source;
};

inline constexpr IdKind kVpc{"vpc-", "VPC", "the vpcId of a Vpc"};
inline constexpr IdKind kSubnet{"subnet-", "subnet",
                                "the subnetId of a Subnet of the same program"};
inline constexpr IdKind kSecurityGroup{"sg-", "security group", "the groupId of a SecurityGroup"};
inline constexpr IdKind kSecurityGroupRule{"sgr-", "security group rule",
                                           "the id of a SecurityGroupIngress or Egress"};
inline constexpr IdKind kRouteTable{"rtb-", "route table", "the routeTableId of a RouteTable"};
inline constexpr IdKind kInternetGateway{"igw-", "internet gateway",
                                         "the internetGatewayId of an InternetGateway"};
inline constexpr IdKind kVpnGateway{"vgw-", "virtual private gateway", "its id"};
inline constexpr IdKind kVpcEndpoint{"vpce-", "VPC endpoint",
                                     "the id of a VpcEndpoint or one of a Firewall's endpoints"};
inline constexpr IdKind kNetworkInterface{"eni-", "network interface", "its id"};
inline constexpr IdKind kNatGateway{"nat-", "NAT gateway", "its id"};
inline constexpr IdKind kTransitGateway{"tgw-", "transit gateway", "its id"};
inline constexpr IdKind kPeering{"pcx-", "VPC peering connection", "its id"};
inline constexpr IdKind kPrefixList{"pl-", "prefix list", "its id"};
inline constexpr IdKind kEgressOnlyGateway{"eigw-", "egress-only internet gateway", "its id"};
inline constexpr IdKind kNetworkAcl{"acl-", "network ACL", "its id"};
inline constexpr IdKind kInstance{"i-", "instance", "its id"};
inline constexpr IdKind kCarrierGateway{"cagw-", "carrier gateway", "its id"};
inline constexpr IdKind kLocalGateway{"lgw-", "local gateway", "its id"};

/// The kind whose ids begin as `text` does; null when it is none of the above.
const IdKind* KindOf(std::string_view text);

/// OK when `text` is the prefix and 8 or 17 hexadecimal digits in lower case. The message says what
/// it looks like instead (another kind's id, an ARN, a placeholder) and what to use.
absl::Status CheckIdText(std::string_view text, const IdKind& kind);

/// Fails (`aws.ec2.id`) at the text `name`.
void CheckId(const Place& place, std::string_view name, const IdKind& kind);
/// At each text of the list `name`; a text that is listed twice fails as well
/// (`aws.ec2.duplicate`).
void CheckIds(const Place& place, std::string_view name, const IdKind& kind);

/// An Amazon resource name, `arn:partition:service:region:account:resource`.
struct Arn {
  std::string partition, service, region, account, resource;
};

/// Region and account may be empty; the others may not.
absl::StatusOr<Arn> ParseArn(std::string_view text);

/// What an ARN property takes: `resource` has to begin with one of `resources`, such as
/// "firewall-policy/".
struct ArnKind {
  std::string_view service;
  std::span<const std::string_view> resources;
  std::string_view noun;
  /// Ends the sentence "use ...".
  std::string_view source;
};

/// The message names the kind that was found, if it is one of Network Firewall's.
absl::Status CheckArnText(std::string_view text, const ArnKind& kind);
/// Fails (`aws.arn`) at the text `name`.
void CheckArn(const Place& place, std::string_view name, const ArnKind& kind);

inline constexpr std::string_view kPolicyResource[] = {"firewall-policy/"};
inline constexpr std::string_view kFirewallResource[] = {"firewall/"};
inline constexpr std::string_view kStatefulResource[] = {"stateful-rulegroup/"};
inline constexpr std::string_view kStatelessResource[] = {"stateless-rulegroup/"};
inline constexpr std::string_view kTlsResource[] = {"tls-configuration/"};

inline constexpr ArnKind kPolicyArn{"network-firewall", kPolicyResource, "firewall policy",
                                    "the firewallPolicyArn of a FirewallPolicy"};
inline constexpr ArnKind kFirewallArn{"network-firewall", kFirewallResource, "firewall",
                                      "the firewallArn of a Firewall"};
inline constexpr ArnKind kStatefulArn{"network-firewall", kStatefulResource, "stateful rule group",
                                      "the ruleGroupArn of a RuleGroup of type STATEFUL"};
inline constexpr ArnKind kStatelessArn{"network-firewall", kStatelessResource,
                                       "stateless rule group",
                                       "the ruleGroupArn of a RuleGroup of type STATELESS"};
inline constexpr ArnKind kTlsConfigurationArn{"network-firewall", kTlsResource,
                                              "TLS inspection configuration", "its ARN"};

}  // namespace palisade::aws::rules

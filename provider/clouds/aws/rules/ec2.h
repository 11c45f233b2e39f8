#pragma once

#include <string>
#include <vector>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

// Rules of the inputs of EC2's networking types that need no cloud. All of them check ids
// (`aws.ec2.id`) and ranges (`aws.ec2.cidr`, warning `aws.ec2.cidr-host-bits`).

/// `aws.ec2.ipam` (a range or a pool, and a netmask only with a pool), `aws.ec2.dns` (host names
/// without DNS support), `aws.ec2.tenancy` (one that CreateVpc refuses).
void CheckVpc(const PropertyMap& inputs, Findings& findings);

/// `aws.ec2.ipam`, `aws.ec2.ipv6` (what an IPv6-only subnet may not have and needs, settings that
/// need an IPv6 range), `aws.ec2.zone` (two spellings of the zone, an Outpost without its zone).
void CheckSubnet(const PropertyMap& inputs, Findings& findings);

/// Warns (`aws.ec2.subnet-range`) of a `cidrBlock` that lies in none of the ranges that its VPC had
/// when it was last seen; it may have got another one since. No ranges: nothing is known.
void CheckSubnetRange(const PropertyMap& inputs, const std::vector<std::string>& ranges,
                      Findings& findings);

/// `aws.ec2.text` (group name and description), and the rules below for each item of
/// `securityGroupIngress` and `securityGroupEgress`; two equal items fail (`aws.ec2.duplicate`).
void CheckSecurityGroup(const PropertyMap& inputs, Findings& findings);

/// One rule of a security group as a type of its own: `aws.ec2.peer` (exactly one source or
/// destination), `aws.ec2.protocol`, `aws.ec2.ports`, `aws.ec2.text`, `aws.ec2.exclusive`, and the
/// warning `aws.ec2.open-to-world`.
void CheckSecurityGroupIngress(const PropertyMap& inputs, Findings& findings);
void CheckSecurityGroupEgress(const PropertyMap& inputs, Findings& findings);

/// `aws.ec2.destination` and `aws.ec2.target` (exactly one of each), `aws.ec2.family` (a target
/// that carries only the other family), `aws.ec2.endpoint-zone` (an endpoint's id with its zone),
/// `aws.arn`.
void CheckRoute(const PropertyMap& inputs, Findings& findings);

/// `aws.ec2.endpoint-type`: what belongs to another type of endpoint, and what is missing.
void CheckVpcEndpoint(const PropertyMap& inputs, Findings& findings);

void CheckRouteTable(const PropertyMap& inputs, Findings& findings);
void CheckSubnetRouteTableAssociation(const PropertyMap& inputs, Findings& findings);
/// `aws.ec2.exclusive`: exactly one gateway.
void CheckVpcGatewayAttachment(const PropertyMap& inputs, Findings& findings);

}  // namespace palisade::aws::rules

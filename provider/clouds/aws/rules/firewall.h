#pragma once

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// Every rule of a Network Firewall firewall's inputs that needs no cloud: `aws.nf.attachment` (a
/// VPC with subnets, or a transit gateway with zones), `aws.nf.duplicate`, `aws.ec2.id`, `aws.arn`.
void CheckFirewall(const PropertyMap& inputs, Findings& findings);

/// Rules of a logging configuration: `aws.nf.log-destination` (the keys that each type of
/// destination takes, and their forms), `aws.nf.duplicate` (a log type that goes twice to the same
/// type of destination), `aws.arn`.
void CheckLoggingConfiguration(const PropertyMap& inputs, Findings& findings);

}  // namespace palisade::aws::rules

#pragma once

#include "provider/clouds/aws/resources/ec2/security_group_rules.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

// State of aws-native and aws, brought to ours.

void MoveSecurityGroup(value::PropertyMap& inputs, value::PropertyMap& outputs);

/// A SecurityGroupIngress or Egress; aws calls it securityGroupIngressRule.
void MoveSecurityGroupRule(Direction direction, value::PropertyMap& inputs,
                           value::PropertyMap& outputs);

}  // namespace palisade::aws::ec2

#pragma once

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// Every rule of a Network Firewall policy's inputs that needs no cloud: `aws.nf.actions` and
/// `aws.nf.custom-action` (the stateless default actions), `aws.nf.strict-order` (what only a
/// policy of the rule order STRICT_ORDER may have), `aws.nf.priority`, `aws.nf.duplicate`,
/// `aws.arn` (the kinds of the groups that are referred to), `aws.nf.timeout`, `aws.nf.tls`,
/// `aws.nf.variable-name`, `aws.nf.variable-definition`; and the warnings `aws.nf.enforces-nothing`
/// and `aws.nf.never-forwarded` of a policy that lets through what its program meant to inspect.
void CheckFirewallPolicy(const PropertyMap& inputs, Findings& findings);

}  // namespace palisade::aws::rules

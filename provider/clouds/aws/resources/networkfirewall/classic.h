#pragma once

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

// State of the two established packages becomes ours (version 0 to 1). That of aws-native has our
// names already. The aws package names the ARN and the name otherwise, keeps named sets as lists
// of {key, ...}, fills outputs with empty texts, and keeps bookkeeping inside objects. What has no
// place here is dropped: `namePrefix`, `updateToken`, `encryptionConfiguration`. Each function may
// run on a bag of either package, and twice.

void MigrateRuleGroup(PropertyMap& bag);
void MigrateFirewallPolicy(PropertyMap& bag);
/// Its `firewallStatuses` tell the endpoints.
void MigrateFirewall(PropertyMap& inputs, PropertyMap& outputs);
void MigrateLogging(PropertyMap& bag);

/// Takes the outputs out of inputs that hold them: `.get()` passes one bag as both.
void DropForeignInputs(const Kind& kind, PropertyMap& inputs);

}  // namespace palisade::aws::networkfirewall

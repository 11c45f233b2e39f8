#pragma once

#include "provider/clouds/aws/rules/bags.h"
#include "provider/clouds/aws/rules/suricata_group.h"

namespace palisade::aws::rules {

/// Rules of the list `statefulRules` of a rules source, which the service turns into Suricata
/// rules: `aws.nf.suricata-action`, `-protocol`, `-direction`, `-address`, `-port`, `-variable`,
/// `-sid`, `-option`. Each rule needs one `sid` option, unique in its group; both spellings count,
/// the keyword `sid` with the number as its setting and the keyword `sid:1`.
void CheckStatefulRules(const Place& source, const RuleNames& names, bool strict_order);

}  // namespace palisade::aws::rules

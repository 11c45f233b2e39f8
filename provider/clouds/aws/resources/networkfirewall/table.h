#pragma once

#include <span>

#include "provider/clouds/aws/core/aws_resource.h"

namespace palisade::aws {

/// The types of `palisade:aws/networkfirewall`, sorted by token; they live for ever.
std::span<const AwsResourceRow> NetworkFirewallRows();

}  // namespace palisade::aws

#pragma once

#include "provider/lifecycle/bags.h"
#include "provider/resource/resource.h"

namespace palisade::lifecycle {

/// Resource::Migrate of both bags, with their secret paths taken along: what was secret is secret
/// wherever it stands afterwards. Where it cannot be found again, everything that the migration
/// added to its bag is secret.
void Migrate(const resource::Resource& handler, int version, Bag& inputs, Bag& outputs);

}  // namespace palisade::lifecycle

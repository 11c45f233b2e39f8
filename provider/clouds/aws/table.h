#pragma once

#include <vector>

#include "provider/clouds/aws/core/cloud.h"
#include "provider/resource/resource.h"

namespace palisade::aws {

/// Every type and function of `palisade:aws`, joined from the tables of its modules. They hold a
/// reference to `cloud`, which has to outlive them.
std::vector<resource::MadeResource> MakeResources(Cloud& cloud);
std::vector<resource::MadeFunction> MakeFunctions(Cloud& cloud);

}  // namespace palisade::aws

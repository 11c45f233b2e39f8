#pragma once

#include <vector>

#include "provider/clouds/aws/core/cloud.h"
#include "provider/resource/resource.h"

namespace palisade::aws {

/// The functions of `palisade:aws`; they hold a reference to `cloud`.
std::vector<resource::MadeFunction> MadeFunctions(Cloud& cloud);

}  // namespace palisade::aws

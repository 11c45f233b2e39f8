#pragma once

#include "provider/lifecycle/registry.h"

namespace palisade {

/// Every type and function of the package: the joined tables of the clouds' folders. A token that
/// has a fragment but no row here, or the other way round, fails registry_test.
lifecycle::Registry MakeRegistry();

}  // namespace palisade

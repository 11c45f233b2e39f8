#pragma once

#include <string_view>

#include "provider/clouds/aws/core/partition.h"
#include "provider/clouds/aws/core/service.h"

namespace palisade::aws {

/// The hosts of a service that has one for a whole partition. All texts are literals.
struct GlobalEndpoint {
  std::string_view service, partition;
  std::string_view signing_region;
  std::string_view plain, dual_stack, fips, fips_dual_stack;
};

/// Null for a service with regions.
const GlobalEndpoint* FindGlobalEndpoint(const Service& service, const Partition& partition);

}  // namespace palisade::aws

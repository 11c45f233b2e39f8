#pragma once

#include <set>
#include <string>
#include <vector>

#include "provider/clouds/aws/core/session.h"

namespace palisade::aws::networkfirewall {

/// A subnet that is to have an endpoint, and one that has one and is to lose it, in one zone.
struct Rival {
  std::string coming, going;
};

/// The pairs of subnets of the VPC that share an Availability Zone, as EC2 tells; one for each that
/// goes. A subnet of another VPC has no rival.
absl::StatusOr<std::vector<Rival>> FindRivals(Session& session, const std::string& vpc,
                                              const std::set<std::string>& coming,
                                              const std::set<std::string>& going);

}  // namespace palisade::aws::networkfirewall

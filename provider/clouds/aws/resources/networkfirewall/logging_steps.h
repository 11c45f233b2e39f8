#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

/// The log destinations of a firewall, by what makes one: log type and destination type. Neither
/// can be altered; the destination itself can.
using Destinations = std::map<std::pair<std::string, std::string>, json>;

Destinations DestinationsOf(const json& logging_configuration);

/// The lists that lead from `now` to `wanted`, each one change away from the one before it: what
/// alters first, then what goes, then what comes, since a log type has one destination at a time.
/// The last is `wanted`; none when they are equal.
std::vector<Destinations> Steps(Destinations now, const Destinations& wanted);

/// What a firewall logs; a null dashboard setting where the reply has none.
struct Logging {
  Destinations destinations;
  std::optional<bool> dashboard;
};
absl::StatusOr<Logging> DescribeLogging(Session& session, const std::string& firewall_arn);

/// Goes from what there is to `wanted`, one call for each step, and sets the dashboard where it is
/// given. Waits for a log group or bucket whose permissions are not there yet.
absl::Status GoTo(Session& session, const std::string& firewall_arn, const Destinations& wanted,
                  std::optional<bool> dashboard);

/// One call: the whole list of destinations, which differs by one from what there is.
absl::Status SetDestinations(Session& session, const std::string& firewall_arn,
                             const Destinations& destinations, std::optional<bool> dashboard);

}  // namespace palisade::aws::networkfirewall

#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "provider/clouds/aws/resources/networkfirewall/named.h"

namespace palisade::aws::networkfirewall {

/// A firewall's endpoint in one Availability Zone.
struct Endpoint {
  std::string zone, subnet, id, status, message;
};

/// What a description says of how far a firewall is.
struct FirewallStatus {
  std::string status;               ///< "READY"; "" when the reply has none
  std::string summary;              ///< of the configuration: "IN_SYNC"
  std::vector<Endpoint> endpoints;  ///< sorted by zone
  std::set<std::string> places;     ///< subnets, or zones, that the firewall is mapped to
  /// Of a firewall on a transit gateway; all "" otherwise.
  std::string attachment_id, attachment_status, attachment_message;
};
FirewallStatus StatusOf(const json& described);

/// Why it will not become ready without a change; empty if it may. FAILED is final and ERROR waits
/// for somebody to repair something, says the service's model: neither is waited for.
std::vector<std::string> FailuresOf(const FirewallStatus& status);

/// What a change of endpoints has to show. A describe right after one may still say READY of the
/// endpoints before it, so that READY alone proves nothing.
struct WantedEndpoints {
  std::set<std::string> present, gone;  ///< subnets
  /// How many zones a firewall on a transit gateway serves: it is asked for ids and tells names.
  std::optional<std::size_t> zones;
};

/// Whether it is ready, with all endpoints that it has, and these among them. Where an endpoint
/// does not name its subnet, which the service's model leaves open, the firewall's mappings and
/// their number tell.
bool IsReady(const FirewallStatus& status, const WantedEndpoints& wanted);

/// Whether it says that it is ready and is mapped as wanted, but tells of no endpoint at all.
bool IsReadyUntold(const FirewallStatus& status, const WantedEndpoints& wanted);

/// For how long it has to say so until it is believed: longer than a description is stale.
inline constexpr std::chrono::seconds kUntold{60};

/// How long a firewall that was just made may not be seen yet.
inline constexpr std::chrono::seconds kUnseen{120};

/// Waits for that, and leaves the last description for Look. Not to be found is an error, but for
/// the first `unseen` seconds. Warns once of a shortage of capacity, which the service gets over by
/// itself, and of a transit gateway whose owner has to accept. Fails with the service's reason.
absl::Status WaitReady(Session& session, const std::string& arn, const WantedEndpoints& wanted,
                       std::chrono::seconds typical,
                       std::chrono::seconds unseen = std::chrono::seconds(0));

}  // namespace palisade::aws::networkfirewall

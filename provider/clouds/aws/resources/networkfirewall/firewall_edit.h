#pragma once

#include <span>
#include <string>

#include "provider/clouds/aws/resources/networkfirewall/firewall_status.h"
#include "provider/value/property_path.h"

namespace palisade::aws::networkfirewall {

/// The endpoints that a new firewall with these inputs will have.
WantedEndpoints WantedOf(const PropertyMap& inputs);

/// How long a firewall takes at least to make or remove endpoints; 10 minutes are common.
inline constexpr std::chrono::seconds kTypicalProvisioning{240};

/// Brings the firewall from the old inputs to the new ones: one operation for each property that
/// the two differ in and that the firewall does not have yet, so that what an update that broke off
/// has done is not done again. In an order in which nothing stands in its own way: protections that
/// fall, then description, analysis, policy, endpoints that come, endpoints that go, then
/// protections that rise. Each operation carries the token of the description or reply before it.
/// Refuses at once what a protection would refuse. `begun`: it is not as the old inputs say any
/// more, also when a later step fails.
absl::Status EditFirewall(Session& session, const resource::UpdateRequest& request, bool& begun);

/// Does what an update that broke off has left to do: brings the firewall from what it is to what
/// the inputs say. What they leave out may be somebody else's and stays.
absl::Status FinishFirewall(Session& session, const std::string& arn, const PropertyMap& inputs);

/// A property that a protection guards against changes.
struct Guard {
  const char* protection;
  const char* guarded;
};
/// All but `deleteProtection`, which guards the whole firewall.
std::span<const Guard> Guards();

/// Whether the protection is on and stays on while what it guards changes. Of what is not known yet
/// it says no.
bool IsBlocked(const Guard& guard, const PropertyMap& olds, const PropertyMap& news);

/// What to do about a guard: the end of a sentence.
std::string LiftFirst(const Guard& guard);

}  // namespace palisade::aws::networkfirewall

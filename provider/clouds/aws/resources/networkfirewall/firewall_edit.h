#pragma once

#include <span>
#include <string>

#include "provider/clouds/aws/resources/networkfirewall/firewall_status.h"
#include "provider/value/property_path.h"

namespace palisade::aws::networkfirewall {

/// The endpoints that a new firewall with these inputs will have.
WantedEndpoints WantedOf(const PropertyMap& inputs);

/// How long a firewall takes at least to make or remove endpoints (aws.md 7.4: 4 to 10 minutes).
inline constexpr std::chrono::seconds kTypicalProvisioning{240};

/// Brings the firewall from `old_inputs` to `new_inputs`: one operation for each property that the
/// two differ in and that the firewall does not have yet, so that what an update that broke off has
/// done is not done again. In an order in which nothing stands in its own way: protections that
/// fall, then description, analysis, policy, endpoints that come, endpoints that go, then
/// protections that rise. Each operation carries the token of the description or reply before it.
/// Refuses at once what a protection would refuse.
absl::Status EditFirewall(Session& session, const std::string& arn, const PropertyMap& old_inputs,
                          const PropertyMap& new_inputs);

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

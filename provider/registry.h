#pragma once

#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/http/transport.h"
#include "provider/lifecycle/registry.h"

namespace palisade {

/// What handlers take from outside, and what all calls to one cloud share. Outlives the registry.
class World {
 public:
  struct Services {
    http::Transport& transport;
    const base::Clock& clock;
    base::Random& random;
    base::Environment environment;
    /// Of the package, for the user agent.
    std::string_view version;
    /// The user asked for debug lines.
    bool verbose = false;
  };
  explicit World(const Services& services);

  http::Transport& transport() { return transport_; }
  aws::Cloud& aws() { return aws_; }

 private:
  http::Transport& transport_;
  aws::Cloud aws_;
};

/// Every type and function of the package: the joined tables of the clouds' folders. A token that
/// has a fragment but no row here, or the other way round, fails registry_test.
lifecycle::Registry MakeRegistry(World& world);

}  // namespace palisade

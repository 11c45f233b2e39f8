#pragma once

#include <memory>
#include <string>

#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/http/transport.h"

namespace palisade::aws {

class Sightings;

/// What all AWS calls of the process share: credentials and who they are, retry quotas and limits
/// of endpoints, what a run has learnt about unfinished creates, and what was seen of objects.
/// Thread-safe; one of the process's mutable shared objects (docs/ARCHITECTURE.md). Does nothing
/// until it is asked.
class Cloud {
 public:
  struct Services {
    http::Transport& transport;
    const base::Clock& clock;
    base::Random& random;
    base::Environment environment;
    /// What requests say of who sends them: "palisade/1.2.3".
    std::string user_agent = "palisade";
    /// Finished objects lose the tag that marks them as being made when the run ends (Close) or
    /// half a minute later, and not before their create answers: see Markers.
    bool keep_markers = false;
    /// Tell each operation in a debug line at its resource: its name, region, end, request id. A
    /// line is a call to the engine that is waited for, so nobody pays who does not look.
    bool verbose = false;
  };
  explicit Cloud(Services services);
  ~Cloud();

  const Services& services() const { return services_; }

  /// The run ends: to be called when the engine says so, and again when calls that were under way
  /// have ended. Takes less than a second.
  void Close();

  Sightings& sightings() const;

  /// The parts that only this room sees.
  class Impl;
  Impl& impl() const { return *impl_; }

 private:
  const Services services_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace palisade::aws

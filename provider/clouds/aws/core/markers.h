#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/creations.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/call.h"

namespace palisade::aws {

class Cloud;

/// A finished object that still carries the marker of its creation.
struct Finished {
  ObjectKey object;
  std::string tagged_name;  ///< what its tags are put on
  Placement placement;
  /// Deaf to cancel and without a limit; gives what a later session rests on.
  std::shared_ptr<const resource::Call> call;
};

/// Takes markers off when the engine has had time to write down what carries them: between an
/// answer and its being written down a killed process would otherwise leave an object behind that
/// nothing tells of (ADR 0014). Many of one place go with one request. Thread-safe.
class Markers {
 public:
  explicit Markers(Cloud& cloud) : cloud_(cloud) {}

  /// How long after the answer a marker stays at least, unless the run ends before.
  static constexpr std::chrono::seconds kStays{30};

  void Add(Finished finished);
  /// The object is being deleted.
  void Forget(const ObjectKey& object);

  /// Takes off what has stayed long enough; what it did not come to by the time that the call which
  /// it holds up is cancelled, or that the service has no time for, stays for the next time.
  void Sweep(const std::stop_token& cancel);
  /// Takes off everything, within `limit`. What it does not come to stays for another Flush; in a
  /// process that ends it stays on the object until the next refresh.
  void Flush(std::chrono::milliseconds limit);

  /// The engine knows this object: it stands in a state.
  void Recorded(ObjectKey object);
  bool IsRecorded(const ObjectKey& object) const;

 private:
  struct Entry {
    Finished finished;
    base::SteadyTime since;
    bool is_done = false;
  };
  void TakeOff(std::vector<Entry> entries, std::chrono::milliseconds limit,
               const std::stop_token& cancel);
  /// Those of one account and region.
  void TakeOffTogether(const std::vector<Entry*>& entries, base::SteadyTime end,
                       const std::stop_token& cancel);

  Cloud& cloud_;
  mutable std::mutex mutex_;
  std::condition_variable swept_;
  int sweeps_ = 0;  ///< under way
  std::vector<Entry> entries_;
  std::set<ObjectKey> recorded_;
};

}  // namespace palisade::aws

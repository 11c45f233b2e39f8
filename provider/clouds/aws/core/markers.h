#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/call.h"

namespace palisade::aws {

class Cloud;

/// A finished object that still carries the marker of its creation.
struct Finished {
  std::string id;
  std::string tagged_name;  ///< what its tags are put on
  const Service* service = nullptr;
  Tagging tagging = Tagging::kNone;
  std::vector<std::string_view> not_found;
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
  void Forget(const std::string& id);

  /// Takes off what has stayed long enough.
  void Sweep();
  /// Takes off everything, within `limit`.
  void Flush(std::chrono::milliseconds limit);

  /// The engine knows this object: it stands in a state.
  void Recorded(const std::string& id);
  bool IsRecorded(const std::string& id) const;

 private:
  struct Entry {
    Finished finished;
    base::SteadyTime since;
  };
  void TakeOff(std::vector<Entry> entries, std::chrono::milliseconds limit);

  Cloud& cloud_;
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
  std::set<std::string> recorded_;
};

}  // namespace palisade::aws

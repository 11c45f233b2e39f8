#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/creations.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/call.h"
#include "provider/value/property_value.h"

namespace palisade::aws {

/// What a create is told by: whose it is, and what it makes. Both stay the same when an interrupted
/// run is begun again, and no other stack or resource has the first.
struct CreationId {
  std::string owner;   ///< 16 digits of a hash of the provider's id in the stack and the URN
  std::string inputs;  ///< 16 digits of a hash of the type, the inputs and the place
  std::string marker() const { return owner + "-" + inputs; }
};

/// Inputs that Check filled (`call.filled()`) are left out: automatic names differ when a run is
/// begun again, defaults do not matter.
CreationId CreationIdOf(const resource::Call& call, const value::PropertyMap& inputs,
                        const Placement& placement);

/// The objects of EC2 in the session's place that carry a marker; asked once per run.
absl::StatusOr<std::shared_ptr<const MarkedList>> MarkedObjects(Session& session, Run& run,
                                                                const std::string& account_id);

/// The same, asked now, for one marker.
absl::StatusOr<MarkedList> FindMarkedNow(Session& session, const std::string& marker);

}  // namespace palisade::aws

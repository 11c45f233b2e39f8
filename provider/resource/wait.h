#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/resource/call.h"

namespace palisade::resource {

/// What one look at an object found.
struct Sight {
  bool done = false;
  /// For the status line, in the service's own word: "PROVISIONING".
  std::string state;
  /// When the service wants to be asked again (Retry-After); longer than the rhythm's own pause.
  std::optional<std::chrono::milliseconds> hint = std::nullopt;
};

struct WaitOptions {
  /// What is waited for, in the form of Call::Proceed: "waiting for the firewall NAME to be READY".
  std::string what;
  /// How long such an object usually takes at least; looked at more seldom until then.
  std::chrono::seconds typical{0};
};

/// Looks until `look` says done: with pauses of a fiftieth of the time waited so far, between one
/// and ten seconds, and of two seconds once the typical minimum has passed (ADR 0016). Shows a live
/// line "STATE, 2m10s" beside the resource from the second look on. Ends with look's error, with
/// CANCELLED within a second of a cancel, or with DEADLINE_EXCEEDED and the last state when the
/// call's time is up.
absl::Status WaitUntil(Call& call, const WaitOptions& options,
                       const std::function<absl::StatusOr<Sight>()>& look);

/// "45s", "2m10s", "1h05m".
std::string ElapsedText(std::chrono::seconds elapsed);

}  // namespace palisade::resource

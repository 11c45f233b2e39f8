#include "provider/resource/wait.h"

#include <algorithm>

#include "provider/base/status.h"

namespace palisade::resource {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::string TwoDigits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

milliseconds Pause(milliseconds elapsed, seconds typical) {
  if (elapsed >= typical && elapsed >= seconds(5)) return seconds(2);
  // On average half a pause passes until an end is noticed: one percent of the wait.
  return std::clamp<milliseconds>(elapsed / 50, seconds(1), seconds(10));
}

}  // namespace

std::string ElapsedText(seconds elapsed) {
  const std::int64_t all = elapsed.count();
  if (all < 60) return std::to_string(all) + "s";
  if (all < 3600) return std::to_string(all / 60) + "m" + TwoDigits(all % 60) + "s";
  return std::to_string(all / 3600) + "h" + TwoDigits(all / 60 % 60) + "m";
}

absl::Status WaitUntil(Call& call, const WaitOptions& options,
                       const std::function<absl::StatusOr<Sight>()>& look) {
  const base::SteadyTime start = call.clock().Steady();
  std::string last;
  const auto with_state = [&last](absl::Status status) {
    return last.empty() ? status : base::Annotate(status, "last seen " + last);
  };
  while (true) {
    PALISADE_RETURN_IF_ERROR(with_state(call.Proceed(options.what)));
    PALISADE_ASSIGN_OR_RETURN(const Sight sight, look());
    if (sight.done) return absl::OkStatus();
    last = sight.state;
    const auto elapsed = std::chrono::floor<milliseconds>(call.clock().Steady() - start);
    call.Status((last.empty() ? options.what : last) + ", " +
                ElapsedText(std::chrono::floor<seconds>(elapsed)));
    const milliseconds pause =
        std::max(Pause(elapsed, options.typical), sight.hint.value_or(milliseconds(0)));
    PALISADE_RETURN_IF_ERROR(with_state(call.WaitFor(pause, options.what)));
  }
}

}  // namespace palisade::resource

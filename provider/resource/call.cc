#include "provider/resource/call.h"

#include <algorithm>
#include <utility>

#include "provider/base/status.h"

namespace palisade::resource {
namespace {

std::string DurationText(std::chrono::milliseconds duration) {
  if (duration < std::chrono::seconds(1)) return std::to_string(duration.count()) + " ms";
  return std::to_string(std::chrono::floor<std::chrono::seconds>(duration).count()) + " s";
}

}  // namespace

Call::Call(const base::Clock& clock, base::Random& random, Reporter& reporter, Options options)
    : clock_(clock),
      random_(random),
      reporter_(reporter),
      options_(std::move(options)),
      start_(clock.Steady()) {}

std::optional<std::chrono::milliseconds> Call::Left() const {
  if (options_.timeout.count() <= 0) return std::nullopt;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(start_ + options_.timeout - clock_.Steady());
  return std::max(left, std::chrono::milliseconds(0));
}

absl::Status Call::Proceed(std::string_view what) const {
  if (options_.cancel.stop_requested()) {
    return base::Error(absl::StatusCode::kCancelled,
                       std::string(what) + " was cancelled; run the command again to go on");
  }
  if (options_.timeout.count() > 0 && clock_.Steady() - start_ >= options_.timeout) {
    const std::string advice =
        options_.raised_by.empty() ? "" : "; raise " + options_.raised_by + " if that is expected";
    return base::Error(
        absl::StatusCode::kDeadlineExceeded,
        std::string(what) + " did not end within " + DurationText(options_.timeout) + advice);
  }
  return absl::OkStatus();
}

absl::Status Call::WaitFor(std::chrono::milliseconds duration, std::string_view what) const {
  PALISADE_RETURN_IF_ERROR(Proceed(what));
  if (const auto left = Left()) duration = std::min(duration, *left);
  clock_.WaitFor(duration, options_.cancel);
  return Proceed(what);
}

void Call::Status(std::string_view message) const {
  if (!options_.redact) return reporter_.Status(urn(), message);
  reporter_.Status(urn(), options_.redact(message));
}

void Call::Log(Severity severity, std::string_view message) const {
  if (!options_.redact) return reporter_.Log(severity, urn(), message);
  reporter_.Log(severity, urn(), options_.redact(message));
}

bool Call::Ignores(const value::PropertyPath& input) const {
  return std::ranges::any_of(ignored_, [&](const auto& pattern) { return pattern.Covers(input); });
}

void Call::RecordId(std::string id, value::PropertyMap outputs) {
  recorded_ = Recorded{std::move(id), std::move(outputs)};
}

}  // namespace palisade::resource

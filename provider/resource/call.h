#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "provider/base/clock.h"
#include "provider/base/random.h"
#include "provider/resource/settings.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::resource {

enum class Severity { kDebug, kInfo, kWarning };

/// Where messages for the user go; the engine shows them beside the resource. Thread-safe, never
/// fails and never waits long: a lost message must not fail a deployment.
class Reporter {
 public:
  virtual ~Reporter() = default;
  /// Kept in the output. `urn` may be empty.
  virtual void Log(Severity severity, std::string_view urn, std::string_view message) = 0;
  /// The live line of that resource, replaced by the next one.
  virtual void Status(std::string_view urn, std::string_view message) = 0;
};

/// What was made so far, should the rest of Create fail.
struct Recorded {
  std::string id;
  value::PropertyMap outputs;
};

/// Everything that a handler may ask of the outside during one call.
class Call {
 public:
  struct Options {
    std::string urn;
    std::stop_token cancel;
    /// Zero means no limit.
    std::chrono::milliseconds timeout{0};
    /// What was configured when the call began; null for nothing.
    std::shared_ptr<const Settings> settings = nullptr;
    /// Takes out of a message what nobody may see; empty where nothing is secret.
    std::function<std::string(std::string_view)> redact = nullptr;
    /// What raises the timeout: "customTimeouts.create"; empty where nothing does.
    std::string raised_by = "";
  };
  Call(const base::Clock& clock, base::Random& random, Reporter& reporter, Options options);

  const std::string& urn() const { return options_.urn; }
  std::stop_token cancel() const { return options_.cancel; }
  const Settings& settings() const {
    return options_.settings == nullptr ? NoSettings() : *options_.settings;
  }
  /// The same, to be kept beyond the call.
  std::shared_ptr<const Settings> shared_settings() const { return options_.settings; }
  const base::Clock& clock() const { return clock_; }
  base::Random& random() const { return random_; }
  base::SteadyTime start() const { return start_; }
  /// What is left of the time limit, never below zero; nullopt without one.
  std::optional<std::chrono::milliseconds> Left() const;

  /// OK, or CANCELLED or DEADLINE_EXCEEDED with a sentence that names `what`, e.g. "generating the
  /// key". Ask before each step and poll it in long ones.
  absl::Status Proceed(std::string_view what) const;

  /// Waits; returns as Proceed does, at once on cancel and never later than the deadline.
  absl::Status WaitFor(std::chrono::milliseconds duration, std::string_view what) const;

  void Warn(std::string_view message) const { Log(Severity::kWarning, message); }
  void Info(std::string_view message) const { Log(Severity::kInfo, message); }
  /// Seen only where the user asks for it (`pulumi up --debug`).
  void Debug(std::string_view message) const { Log(Severity::kDebug, message); }
  void Status(std::string_view message) const;

  /// A call of the same resource that no cancel ends, for the little that has to be tidied up also
  /// then. Keep `timeout` below the second within which a cancelled call has to end.
  /// `cancel` ends it all the same where it is given: that of another call, which waits for it.
  Call Aftermath(std::chrono::milliseconds timeout, std::stop_token cancel = {}) const {
    return Call(clock_, random_, reporter_,
                Options{urn(), std::move(cancel), timeout, options_.settings, options_.redact});
  }

  /// To be called by Create the moment the object exists, and by an Update of several steps after
  /// each (with the object's id): every later failure then becomes a partial one that keeps the id
  /// and these outputs.
  void RecordId(std::string id, value::PropertyMap outputs = {});
  const std::optional<Recorded>& recorded() const { return recorded_; }

  /// Of a create: the paths of the inputs that Check filled (defaults, automatic names), which may
  /// differ when an interrupted run is begun again.
  const std::set<std::string>& filled() const { return filled_; }
  void set_filled(std::set<std::string> paths) { filled_ = std::move(paths); }

  /// Of an update that changes something: whether the user's `ignoreChanges` leave `input` to
  /// others, so that Await, too, has to leave it as it is. Never of one that only finishes what
  /// failed halfway: there nothing has been left to anybody yet.
  bool Ignores(const value::PropertyPath& input) const;
  void set_ignored(std::vector<value::PropertyPath> patterns) { ignored_ = std::move(patterns); }

 private:
  void Log(Severity severity, std::string_view message) const;

  const base::Clock& clock_;
  base::Random& random_;
  Reporter& reporter_;
  const Options options_;
  const base::SteadyTime start_;
  std::optional<Recorded> recorded_;
  std::set<std::string> filled_;
  std::vector<value::PropertyPath> ignored_;
};

}  // namespace palisade::resource

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/base/clock.h"
#include "provider/base/random.h"
#include "provider/lifecycle/registry.h"
#include "provider/resource/resource.h"
#include "provider/schema/package.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

using value::PropertyMap;

class Redactor;

/// What the provider takes from outside; all of it outlives the provider.
struct Services {
  const base::Clock& clock;
  base::Random& random;
  resource::Reporter& reporter;
  /// An environment variable's value; nullopt when it is not set.
  std::function<std::optional<std::string>(const std::string&)> environment;
};

/// Which resource a request is about. `type` is its token.
struct Subject {
  std::string urn, name, type;
};

struct CheckFailure {
  /// Only a top-level scalar that is not secret: the CLI prints the value of the property that it
  /// is given, secrets in clear. Otherwise empty, and the path stands in `reason`.
  std::string property;
  std::string reason;
};

struct CheckResult {
  PropertyMap inputs;
  std::vector<CheckFailure> failures;
};

struct Autonaming {
  enum class Mode { kPropose, kEnforce, kDisable };
  std::string proposed_name;
  Mode mode = Mode::kPropose;
};

struct CheckInput {
  Subject subject;
  PropertyMap
      olds;  ///< the last checked inputs; empty on create and on the second Check of a replace
  PropertyMap news;
  std::string random_seed;  ///< 32 bytes, or empty
  std::optional<Autonaming> autonaming;
};

struct DiffInput {
  Subject subject;
  std::string id;
  PropertyMap olds;  ///< old outputs
  std::optional<PropertyMap> old_inputs;
  PropertyMap news;
  std::vector<std::string> ignore_changes;
};

struct DiffResult {
  resource::Changes changes;
  /// Should the engine replace, for whatever reason: two such objects cannot be there at once.
  bool delete_before_replace = false;
  std::vector<std::string> stables;
};

struct ConfigureInput {
  /// Deprecated form: `palisade:config:<key>` to string or JSON; used for keys that `args` lacks.
  std::map<std::string, std::string> variables;
  PropertyMap args;
  std::string id;  ///< a UUID that stays with the stack's provider
};

/// A required configuration key that is missing, with its description.
struct MissingKey {
  std::string name, description;
};

struct ConfigureResult {
  std::vector<MissingKey> missing;  ///< not empty: not configured
};

struct CreateInput {
  Subject subject;
  PropertyMap properties;
  std::chrono::milliseconds timeout{0};
  bool preview = false;
};

/// A result that may be incomplete: with `init_failures` the object exists, and the engine keeps
/// id and properties although the call failed with `code`.
struct Outcome {
  std::string id;
  PropertyMap properties;
  std::optional<PropertyMap> inputs;  ///< Read only; the engine takes no import without them
  bool refresh_before_update = false;
  std::vector<std::string> init_failures;
  absl::StatusCode code = absl::StatusCode::kOk;
};

struct ReadInput {
  Subject subject;
  std::string id;
  std::optional<PropertyMap> properties;
  std::optional<PropertyMap> inputs;
  std::chrono::milliseconds timeout{0};
};

struct UpdateInput {
  Subject subject;
  std::string id;
  PropertyMap olds;
  std::optional<PropertyMap> old_inputs;
  PropertyMap news;
  std::chrono::milliseconds timeout{0};
  std::vector<std::string> ignore_changes;
  bool preview = false;
};

struct DeleteInput {
  Subject subject;
  std::string id;
  PropertyMap properties;
  std::optional<PropertyMap> old_inputs;
  std::chrono::milliseconds timeout{0};
};

struct InvokeResult {
  PropertyMap result;
  std::vector<CheckFailure> failures;
};

struct ListInput {
  std::string token;
  PropertyMap query;
  std::int64_t limit = 0;      ///< below 1: none
  std::int64_t page_size = 0;  ///< upper bound; below 1: the type's own
  std::string continuation;
};

/// The provider without its wire: one method per request, on decoded values, secrets still wrapped.
/// Thread-safe. Errors are statuses with the code that the engine should see; a type that does not
/// exist is NOT_FOUND with the nearest name.
class Provider {
 public:
  Provider(const schema::Package& package, Registry registry, Services services);
  ~Provider();

  const schema::Package& package() const { return package_; }

  absl::StatusOr<CheckResult> CheckConfig(const CheckInput&) const;
  absl::StatusOr<DiffResult> DiffConfig(const DiffInput&) const;
  absl::StatusOr<ConfigureResult> Configure(const ConfigureInput&);

  absl::StatusOr<CheckResult> Check(const CheckInput&) const;
  absl::StatusOr<DiffResult> Diff(const DiffInput&) const;
  absl::StatusOr<Outcome> Create(const CreateInput&) const;
  /// An empty id in the outcome: the object is gone.
  absl::StatusOr<Outcome> Read(const ReadInput&) const;
  absl::StatusOr<Outcome> Update(const UpdateInput&) const;
  absl::Status Delete(const DeleteInput&) const;
  absl::StatusOr<InvokeResult> Invoke(const std::string& token, const PropertyMap& args,
                                      bool preview) const;

  /// NOT_FOUND, with the nearest name, unless `token` is a resource type.
  absl::Status NeedType(const std::string& token) const;

  /// Calls `emit` for each found object, then answers the continuation token; empty at the end.
  /// Ends early with CANCELLED when `emit` returns false. A query that is wrong is
  /// INVALID_ARGUMENT.
  absl::StatusOr<std::string> List(
      const ListInput&, const std::function<bool(const resource::ListPage::Item&)>& emit) const;

  /// Stops every wait of the calls under way; calls that begin later are not affected, because the
  /// engine cancels at every normal close and one attached process serves many runs.
  void Cancel();

 private:
  struct State;
  struct Type;

  absl::StatusOr<Type> Find(const Subject& subject) const;
  /// How long a call may take: `given` is the engine's limit, `usual` the type's; the first that is
  /// not zero. `verb` is its name among customTimeouts.
  struct TimeLimit {
    std::string_view verb;
    std::chrono::milliseconds given, usual;
  };
  /// What the call tells of the secrets of `redactor` is hidden.
  resource::Call MakeCall(const std::string& urn, const TimeLimit& limit,
                          const Redactor& redactor) const;

  const schema::Package& package_;
  const Registry registry_;
  const Services services_;
  std::unique_ptr<State> state_;
};

}  // namespace palisade::lifecycle

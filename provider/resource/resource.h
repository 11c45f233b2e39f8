#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/resource/call.h"
#include "provider/resource/findings.h"
#include "provider/resource/settings.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::resource {

// In all of the following, property bags hold no secrets (lifecycle unwraps them on the way in and
// wraps them by the schema, and by what was secret, on the way out), names that begin with "__" are
// lifecycle's own and are not there, and inputs have passed Check. Values may be Unknown only where
// a comment says so.

/// What a successful Create answers. `outputs` need not repeat the inputs: lifecycle adds those.
struct Created {
  std::string id;
  value::PropertyMap outputs;
};

/// A value for an input that the program leaves out and that configuration or machine decide.
struct Default {
  /// Unknown where it takes an input that a preview does not know yet: nothing is filled then.
  value::PropertyValue value;
  /// Whether a value that an earlier Check filled in outlives this one: true for what comes from a
  /// machine's environment, which must not plan replacements when another machine runs the
  /// program; false for what the user configured, whose change is meant.
  bool keep_old = false;
};

struct DefaultsRequest {
  /// May hold unknowns.
  const value::PropertyMap& inputs;
  const Settings& settings;
};

struct CheckRequest {
  /// May hold unknowns.
  const value::PropertyMap& inputs;
  const base::Clock& clock;
  const Settings& settings = NoSettings();
  /// What an earlier Check answered for the object that exists. Null before a Create, that of a
  /// replacement included: then the engine checks once more, without them.
  const value::PropertyMap* old_inputs = nullptr;
};

enum class ChangeKind { kAdd, kDelete, kUpdate };

/// One entry of Pulumi's detailed diff.
struct Change {
  ChangeKind kind = ChangeKind::kUpdate;
  bool replace = false;
  /// The change is one of inputs; false for an output such as `readyForRenewal`.
  bool input = true;
};
using Changes = std::map<value::PropertyPath, Change>;

struct DiffRequest {
  const std::string& id;
  const value::PropertyMap& old_inputs;
  const value::PropertyMap& old_outputs;
  /// May hold unknowns.
  const value::PropertyMap& new_inputs;
  const base::Clock& clock;
  const Settings& settings = NoSettings();
  /// The old inputs are what an import has just read. The engine holds the program against them
  /// and takes any difference for a mistake in it, so one that only time makes has to wait.
  bool just_imported = false;
};

struct PreviewRequest {
  /// May hold unknowns.
  const value::PropertyMap& inputs;
  /// Of the update that is previewed; null in the preview of a create.
  const value::PropertyMap* old_inputs = nullptr;
  const value::PropertyMap* old_outputs = nullptr;
  const base::Clock& clock;
  const Settings& settings = NoSettings();
};

struct UpdateRequest {
  const std::string& id;
  const value::PropertyMap& old_inputs;
  const value::PropertyMap& old_outputs;
  const value::PropertyMap& new_inputs;
  /// The user's `ignoreChanges`. Ignored inputs have their old values in `new_inputs` already: this
  /// is for what a handler changes beyond its inputs (default tags).
  std::span<const value::PropertyPath> ignored = {};

  bool Ignores(std::string_view output) const;
};

/// Absent prior bags mean an import or a bare look at an id: `pulumi import`, the `import:` option,
/// `pulumi do`. `.get()` passes the user's arguments as both.
struct ReadRequest {
  const std::string& id;
  const value::PropertyMap* old_inputs = nullptr;
  const value::PropertyMap* old_outputs = nullptr;
};

struct ReadResult {
  /// May differ from the one that was asked for (an import id) and then replaces it.
  std::string id;
  /// What the user would have to write for this object, in the prior inputs' own spelling where it
  /// means the same, without properties that the user does not manage.
  value::PropertyMap inputs;
  value::PropertyMap outputs;
  /// Input properties that the object cannot tell (a private key from its certificate): whatever
  /// the program says of them is no difference until the next update.
  std::vector<std::string> unreadable;
  /// Not empty when the object exists but is not finished: the reasons.
  std::vector<std::string> init_failures;
};

struct DeleteRequest {
  const std::string& id;
  const value::PropertyMap& inputs;
  const value::PropertyMap& outputs;
};

struct ListRequest {
  const value::PropertyMap& query;
  /// Empty at first, then what the previous page said.
  const std::string& continuation;
  std::size_t page_size;
};

struct ListPage {
  struct Item {
    std::string id;  ///< what `pulumi import` takes
    std::string name;
  };
  std::vector<Item> items;
  std::string continuation;  ///< empty at the end
};

/// What a type is beyond its shape.
struct Traits {
  /// The engine reads the object before every run; set by no type unless an ADR says why.
  bool refresh_before_update = false;
  /// Limits when the user sets no customTimeouts; zero is none.
  std::chrono::seconds create_timeout{0}, update_timeout{0}, delete_timeout{0}, read_timeout{0};
  /// The version that Migrate brings state to.
  int state_version = 1;
  /// The service has room for one such object only (a subnet has one route table), so a replacement
  /// deletes first.
  bool delete_before_replace = false;
};

/// The behaviour of one resource type. Handlers are const, stateless and thread-safe; one instance
/// serves the process.
class Resource {
 public:
  virtual ~Resource() = default;

  virtual Traits traits() const { return {}; }

  /// Values that Check fills into absent inputs before any rule runs (a region). What an earlier
  /// Check filled in stays where there is none now.
  virtual std::map<std::string, Default> Defaults(const DefaultsRequest&) const { return {}; }

  /// Rules between fields and rules that need code. Runs after the shape's own rules, also when
  /// some of those failed, so types must not be trusted: use value::View.
  virtual void Check(const CheckRequest&, Findings&) const {}

  /// A sentence for a property name that is not in the shape although users expect it there (it
  /// was renamed, it belongs to another type); nullopt leaves it to the nearest-name search.
  virtual std::optional<std::string> ExplainUnknown(std::string_view /*name*/) const {
    return std::nullopt;
  }

  /// Corrects what the comparison of inputs found: removes changes that mean nothing for this
  /// object, adds differences that inputs do not show (time, default tags). Runs again before an
  /// Update, which is not made when nothing is left. What Read said to be unreadable is
  /// not among the changes any more; a handler that knows better adds it. Findings may only warn.
  virtual void Diff(const DiffRequest&, Changes&, Findings&) const {}

  /// Outputs that are certain before the call is made; what it leaves out is unknown. Null says
  /// that an optional output will certainly not be there.
  virtual value::PropertyMap Preview(const PreviewRequest&) const { return {}; }

  virtual absl::StatusOr<Created> Create(Call&, const value::PropertyMap& inputs) const = 0;

  /// Waits until the object is ready and returns its outputs; runs after Create and Update, and
  /// alone when the engine sends an Update without a difference to finish a partial creation.
  virtual absl::StatusOr<value::PropertyMap> Await(Call&, const std::string& /*id*/,
                                                   const value::PropertyMap& /*inputs*/,
                                                   value::PropertyMap outputs) const {
    return outputs;
  }

  /// nullopt: the object is gone.
  virtual absl::StatusOr<std::optional<ReadResult>> Read(Call&, const ReadRequest&) const = 0;

  /// The outputs after the change. A type whose every input replaces never sees it.
  virtual absl::StatusOr<value::PropertyMap> Update(Call&, const UpdateRequest&) const;

  /// NOT_FOUND counts as success.
  virtual absl::Status Delete(Call&, const DeleteRequest&) const { return absl::OkStatus(); }

  virtual absl::StatusOr<ListPage> List(Call&, const ListRequest&) const;

  /// Brings the state of `version` (0: that of the established package, which carries no version)
  /// to Traits::state_version. Pure; runs whenever state is decoded.
  virtual void Migrate(int /*version*/, value::PropertyMap& /*inputs*/,
                       value::PropertyMap& /*outputs*/) const {}
};

struct FunctionRequest {
  const value::PropertyMap& args;
  /// A preview: a function with side effects holds them back.
  bool preview = false;
};

/// The behaviour of one function; const, stateless and thread-safe like a Resource.
class Function {
 public:
  virtual ~Function() = default;
  virtual void Check(const value::PropertyMap& /*args*/, Findings&) const {}
  virtual absl::StatusOr<value::PropertyMap> Invoke(Call&, const FunctionRequest&) const = 0;
};

/// One line of a registry: the token and how to make its handler.
struct ResourceRow {
  std::string_view token;
  std::unique_ptr<const Resource> (*make)();
};
struct FunctionRow {
  std::string_view token;
  std::unique_ptr<const Function> (*make)();
};

/// The same for handlers that hold a reference to what their cloud shares.
struct MadeResource {
  std::string_view token;
  std::unique_ptr<const Resource> handler;
};
struct MadeFunction {
  std::string_view token;
  std::unique_ptr<const Function> handler;
};

template <typename Handler>
std::unique_ptr<const Resource> MakeResource() {
  return std::make_unique<const Handler>();
}
template <typename Handler>
std::unique_ptr<const Function> MakeFunction() {
  return std::make_unique<const Handler>();
}

}  // namespace palisade::resource

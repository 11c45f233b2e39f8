#pragma once

#include <optional>
#include <set>

#include "provider/resource/resource.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// A property bag as handlers get it, and what was taken off on the way.
struct Bag {
  value::PropertyMap values;     ///< no secrets, no internal names, no nulls at the top
  value::PropertyMap internals;  ///< the internal names and `skipChecks`
  std::set<value::PropertyPath> secret_paths;
};

Bag Open(const value::PropertyMap& wire);

/// Inputs and outputs from the engine's state, in today's form: state of an older version, or of
/// the established package, is migrated. Outputs without inputs are also taken as inputs where the
/// type has such properties.
struct OpenState {
  Bag inputs, outputs;
};
OpenState OpenStored(const schema::ResourceShape& shape, const resource::Resource& handler,
                     const std::optional<value::PropertyMap>& inputs,
                     const value::PropertyMap& outputs);

/// The secret paths of `known` as they hold for `now`, another form of the same bag: a list that is
/// not the same any more may hold a secret at another place, and becomes one secret as a whole.
/// What `shape` marks is left out: Close finds it wherever it stands.
std::set<value::PropertyPath> SecretPathsIn(const schema::ObjectShape& shape,
                                            const value::PropertyMap& now, const Bag& known);

/// `values` with the secrets of the shape and those at `secret_paths` wrapped, also in what mirrors
/// them.
value::PropertyMap Close(const schema::ObjectShape& shape, value::PropertyMap values,
                         std::set<value::PropertyPath> secret_paths);

/// The same for inputs that Read answers: those of `.get()` are the user's arguments, outputs among
/// them, which are secret as outputs.
value::PropertyMap CloseInputs(const schema::ResourceShape& shape, value::PropertyMap values,
                               std::set<value::PropertyPath> secret_paths);

/// Adds to the secret paths of `news` those of what it does not say any more: the service may keep
/// it, and outputs then show it.
void KeepSecretsOfUnsaid(const schema::ResourceShape& shape, const OpenState& old, Bag& news);

/// The strings of a list such as `__defaults`; empty when it is absent or of another form.
std::set<std::string> TextsOf(const value::PropertyMap& internals, std::string_view name);

/// The outputs that a type answers: its inputs as they are, then `computed`, and the state version.
/// Write-only inputs are left out.
value::PropertyMap Outputs(const schema::ResourceShape& shape, const resource::Resource& handler,
                           const value::PropertyMap& inputs, const value::PropertyMap& computed);

/// The outputs of a preview: what is certain, and Unknown for every other output.
value::PropertyMap PreviewOutputs(const schema::ResourceShape& shape,
                                  const value::PropertyMap& inputs,
                                  const value::PropertyMap& computed);

}  // namespace palisade::lifecycle

#pragma once

#include <set>

#include "provider/base/random.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/skip_checks.h"
#include "provider/resource/findings.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

struct NameSources {
  const Subject& subject;
  /// The last checked inputs, unwrapped; empty on create and for a replacement.
  const PropertyMap& olds;
  /// What the new inputs themselves say was filled in.
  const std::set<value::PropertyPath>& new_listed;
  const std::string& random_seed;
  const std::optional<Autonaming>& autonaming;
  base::Random& random;
  const SkipChecks& skip;
};

/// Fills the names that the shape has a rule for and the user did not give, and adds their paths to
/// `filled`. A name given wins; then the one in `olds` stays; then the engine's mode decides, or
/// our own scheme: the logical name, the separator, random characters. Rule `name`: the engine
/// insists on a name that is not possible, or on one given by the user.
void FillNames(const schema::ObjectShape& shape, const NameSources& sources, PropertyMap& bag,
               std::set<value::PropertyPath>& filled, resource::Findings& findings);

}  // namespace palisade::lifecycle

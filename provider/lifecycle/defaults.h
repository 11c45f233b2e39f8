#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "provider/resource/findings.h"
#include "provider/resource/resource.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// The paths that a bag's kDefaultsName lists; whatever cannot be read as one is left out.
std::set<value::PropertyPath> ListedDefaults(const value::PropertyMap& bag);

/// The same list for a bag, as sorted texts; never called for an empty set.
value::PropertyValue DefaultsList(const std::set<value::PropertyPath>& paths);

struct DefaultSources {
  /// The last checked inputs, unwrapped, and what Check had filled in of them.
  const value::PropertyMap& olds;
  const std::set<value::PropertyPath>& old_listed;
  /// What the new inputs themselves say was filled in: they went through a Check before.
  const std::set<value::PropertyPath>& new_listed;
  std::function<std::optional<std::string>(const std::string&)> environment;
};

/// Fills what is absent and has a default, also inside the objects that are present; answers the
/// paths of everything in `bag` that a Check filled. A default that Check filled before is kept:
/// neither a new version's default nor another environment changes an existing resource. Then comes
/// the first environment variable that is set and not empty, then the static default; a required
/// constant at the top level counts as one. Names with a rule of their own are left to FillNames.
/// A variable that does not hold what the shape wants is a failure by rule `type`.
std::set<value::PropertyPath> FillDefaults(const schema::ObjectShape& shape,
                                           const DefaultSources& sources, value::PropertyMap& bag,
                                           resource::Findings& findings);

/// The same for what a handler's Defaults answers, after FillDefaults. A value that stems from
/// configuration wins over one that was filled in before, one that stems from the environment does
/// not. Where nothing decides any more, as on a machine without the variable, what was filled in
/// stays.
void FillConfigured(const schema::ObjectShape& shape,
                    const std::map<std::string, resource::Default>& defaults,
                    const DefaultSources& sources, value::PropertyMap& bag,
                    std::set<value::PropertyPath>& filled);

}  // namespace palisade::lifecycle

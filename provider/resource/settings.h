#pragma once

#include <set>
#include <string>

#include "provider/value/property_value.h"

namespace palisade::resource {

/// What Configure settled. Never changes: a later Configure makes another one, so the object's
/// address tells one run of an attached process from the next.
struct Settings {
  /// Native values, unwrapped, with environment and static defaults filled in. May hold unknowns
  /// only if the engine sent some, which it does not. Holds secrets: never to be printed.
  value::PropertyMap values;
  /// Rule ids that no resource runs.
  std::set<std::string> skip_checks;
  /// A UUID that stays with the stack's provider; empty or the unknown sentinel otherwise.
  std::string id;
};

/// Nothing configured.
const Settings& NoSettings();

}  // namespace palisade::resource

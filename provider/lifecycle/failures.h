#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/skip_checks.h"
#include "provider/resource/findings.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

class Redactor;

struct FailureContext {
  const schema::ObjectShape& shape;
  /// Unwrapped.
  const PropertyMap& bag;
  const std::set<value::PropertyPath>& secret_paths;
  /// No failure names a property: what the engine would print with it may be secret.
  bool never_property = false;
  /// What else is secret, wherever a message shows it: values that the bag does not hold any more.
  const Redactor* others = nullptr;
};

/// One finding as the engine shows it; see CheckFailure for where the path goes. The rule's id
/// stands in brackets at the end, for `skipChecks`.
CheckFailure ToFailure(const FailureContext& context, const resource::Finding& finding);

/// Settles the findings of one check: failures that no skip silences are answered, warnings are
/// logged beside `urn`, and what is silenced goes to the debug log.
std::vector<CheckFailure> Settle(const FailureContext& context, const resource::Findings& findings,
                                 const SkipChecks& skip, std::string_view urn,
                                 resource::Reporter& reporter);

/// `path: reason [rule]`.
std::string FindingText(const resource::Finding& finding);

}  // namespace palisade::lifecycle

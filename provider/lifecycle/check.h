#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/lifecycle/provider.h"
#include "provider/resource/findings.h"
#include "provider/resource/resource.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

/// What Check of one resource rests on; all of it outlives the call.
struct CheckContext {
  const schema::ResourceShape& shape;
  const resource::Resource& handler;
  const Services& services;
  const resource::Settings& settings;
};

/// The whole Check of one resource: defaults, names, the shape's rules, the handler's rules, all
/// failures at once. Warnings go to the reporter. `inputs` of the answer is what the user wrote,
/// with nulls dropped, defaults filled (their paths in kDefaultsName), what was secret still
/// secret, and what the shape marks secret wrapped. Checking an answer again changes nothing.
absl::StatusOr<CheckResult> CheckResource(const CheckContext& context, const CheckInput& input);

/// Arguments of a function, or the query of a list.
struct ArgumentsContext {
  const schema::ObjectShape& shape;
  const Services& services;
  const std::set<std::string>& skip_checks;
  /// The handler's own rules; may be empty.
  std::function<void(const PropertyMap&, resource::Findings&)> rules;
  /// For warnings; may be empty.
  std::string urn;
  /// What an unknown name is not.
  std::string_view not_a = "is not an argument of this function";
};

struct CheckedArguments {
  /// Unwrapped, nulls dropped, defaults filled: what a handler may be given. Unknowns stay.
  PropertyMap values;
  /// Where a secret came in.
  std::set<value::PropertyPath> secret_paths;
  std::vector<CheckFailure> failures;
};

CheckedArguments CheckArguments(const ArgumentsContext& context, const PropertyMap& args);

}  // namespace palisade::lifecycle

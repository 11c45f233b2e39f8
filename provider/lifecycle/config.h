#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/lifecycle/provider.h"
#include "provider/schema/shape.h"

namespace palisade::lifecycle {

struct ConfigContext {
  /// schema::Package::Config().
  const schema::ObjectShape& shape;
  const Services& services;
  /// The package's name: missing keys are called "palisade:key", as `pulumi config set` wants them.
  std::string package;
  /// Registry::config_rules().
  std::span<const ConfigRules> rules = {};
};

/// What Configure settled; handlers see it, too.
using Configuration = resource::Settings;

struct ParsedConfiguration {
  Configuration configuration;
  /// Not empty: the configuration must not be used.
  std::vector<MissingKey> missing;
};

/// Validates every key, in native form or as the text that stack configuration and generated SDKs
/// send. The answer is what the user wrote, except that the JSON text of a value with secret parts
/// becomes the value itself with those parts wrapped. Required keys are left to ParseConfig, which
/// can say how to set them.
absl::StatusOr<CheckResult> CheckConfig(const ConfigContext& context, const CheckInput& input);

/// INVALID_ARGUMENT with all reasons when a value is wrong.
absl::StatusOr<ParsedConfiguration> ParseConfig(const ConfigContext& context,
                                                const ConfigureInput& input);

/// The top-level keys whose meaning changed, without any replacement: resources carry their own
/// placement. Pure and quick.
absl::StatusOr<DiffResult> DiffConfig(const ConfigContext& context, const DiffInput& input);

}  // namespace palisade::lifecycle

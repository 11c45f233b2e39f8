#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/resource/findings.h"
#include "provider/resource/settings.h"
#include "provider/value/property_value.h"

namespace palisade::tls {

/// The rules of the configuration `palisade:tls` (lifecycle::ConfigRules). `config` is the whole
/// configuration of the provider.
void CheckSettings(const value::PropertyMap& config, resource::Findings& findings);

/// The proxy that https servers are reached through: its URL, with user and password in it; "" for
/// none; nullopt where the environment decides. INVALID_ARGUMENT for a URL that CheckSettings would
/// refuse; the text shows nothing of it beyond its scheme.
absl::StatusOr<std::optional<std::string>> ReadProxy(const resource::Settings& settings);

}  // namespace palisade::tls

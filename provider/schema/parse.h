#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "provider/schema/shape.h"

namespace palisade::schema {

/// Reads one embedded fragment: {"token", "resource": {"inputProperties", "requiredInputs",
/// "properties", "required", "listInputs"}, "types": {...}}, where `properties` already holds the
/// inputs that are outputs too. INTERNAL for anything malformed: the build has checked fragments,
/// so only a bug of ours can cause it.
absl::StatusOr<ResourceShape> ParseResource(std::string_view json);

/// {"token", "function": {"inputs": {"properties", "required"}, "outputs": {...}}, "types": {...}}
absl::StatusOr<FunctionShape> ParseFunction(std::string_view json);

/// {"config": {"properties", "required"}, "types": {...}}
absl::StatusOr<ObjectShape> ParseConfig(std::string_view json);

}  // namespace palisade::schema

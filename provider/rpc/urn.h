#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "provider/lifecycle/provider.h"

namespace palisade::rpc {

/// The parts of `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>` that a provider
/// needs.
struct UrnParts {
  std::string type;
  std::string name;  ///< may hold "::" itself
};

/// nullopt unless `urn` has that form.
std::optional<UrnParts> ParseUrn(std::string_view urn);

/// Which resource a request is about. The engine sends name and type beside the urn since 2024;
/// missing ones are taken from it. INVALID_ARGUMENT when they disagree or nothing names a type.
absl::StatusOr<lifecycle::Subject> ToSubject(std::string_view urn, std::string_view name,
                                             std::string_view type);

}  // namespace palisade::rpc

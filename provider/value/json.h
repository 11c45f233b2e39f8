#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "provider/value/property_value.h"

namespace palisade::value {

/// JSON to a value; numbers become doubles. Total: every JSON document has one.
PropertyValue FromJson(const nlohmann::json& json);
PropertyValue FromJson(const nlohmann::ordered_json& json);

/// The value that `text` denotes, or nullopt when it is not JSON or nests deeper than 1,000.
std::optional<PropertyValue> ParseJson(std::string_view text);

/// Compact JSON with sorted keys, for comparisons and hashes. Secrets appear as their content,
/// values that JSON lacks (unknowns, assets, references) as null: not for display.
std::string ToJsonText(const PropertyValue& value);

}  // namespace palisade::value

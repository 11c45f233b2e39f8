#pragma once

#include <set>

#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::value {

/// Whether any value inside is unknown, looking through secrets and outputs.
bool ContainsUnknown(const PropertyValue& value);
bool ContainsUnknown(const PropertyMap& bag);
bool ContainsSecret(const PropertyValue& value);

/// The same value with every secret and output replaced by its content (an output without a value
/// by Unknown). When `secret_paths` is given, the paths of what was wrapped are added to it.
PropertyValue Unwrapped(const PropertyValue& value, std::set<PropertyPath>* secret_paths = nullptr,
                        const PropertyPath& at = {});
PropertyMap Unwrapped(const PropertyMap& bag, std::set<PropertyPath>* secret_paths = nullptr);

/// `bag` with the values at `paths` wrapped as secrets; a path that leads nowhere wraps the longest
/// part of it that exists below the top level, or nothing. Wrapping twice is wrapping once.
PropertyMap WithSecrets(PropertyMap bag, const std::set<PropertyPath>& paths);

}  // namespace palisade::value

#pragma once

#include <set>
#include <string>
#include <vector>

#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// Every text in `bag` (unwrapped) at or below one of `secret_paths`, the longest first. The texts
/// stay where they are in `bag`: use the answer only while `bag` lives.
std::vector<const std::string*> SecretTexts(const value::PropertyMap& bag,
                                            const std::set<value::PropertyPath>& secret_paths);

/// `message` with `[secret]` in place of each of `secrets`, also where it is cut short or has
/// control characters as `?`, as quoting does both; and without the inside of a private key's PEM,
/// which may stand in a place that nobody marked as secret. Rules see plain values, so that a rule
/// that quotes what it refuses would tell them otherwise.
std::string Redacted(std::string message, const std::vector<const std::string*>& secrets);

}  // namespace palisade::lifecycle

#pragma once

#include <string>
#include <string_view>

namespace palisade::aws::networkfirewall {

/// The part of `name` that a name made anew for the resource `urn` would share; "" when `name` is
/// not a made one. Made names begin with the resource's own, cleaned to letters, digits and hyphens
/// and perhaps cut, and end in something random.
std::string MadeNameStem(std::string_view urn, std::string_view name);

}  // namespace palisade::aws::networkfirewall

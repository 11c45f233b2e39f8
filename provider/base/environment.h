#pragma once

#include <functional>
#include <optional>
#include <string>

namespace palisade::base {

/// An environment variable's value; nullopt when it is not set. Thread-safe.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

}  // namespace palisade::base

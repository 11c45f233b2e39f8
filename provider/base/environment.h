#pragma once

#include <functional>
#include <optional>
#include <string>

namespace palisade::base {

/// An environment variable's value; nullopt when it is not set. Thread-safe.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// The process's own.
std::optional<std::string> SystemEnvironment(const std::string& name);

}  // namespace palisade::base

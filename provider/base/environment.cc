#include "provider/base/environment.h"

#include <cstdlib>

namespace palisade::base {

std::optional<std::string> SystemEnvironment(const std::string& name) {
  const char* const text = std::getenv(name.c_str());
  return text == nullptr ? std::nullopt : std::optional<std::string>(text);
}

}  // namespace palisade::base

#pragma once

#include <string>

namespace palisade::auth {

/// What to do about an error of STS; `who` asked, e.g. "the profile base". Empty where the cloud's
/// own words say it.
std::string StsAdvice(const std::string& operation, const std::string& code,
                      const std::string& who);

}  // namespace palisade::auth

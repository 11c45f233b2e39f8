#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "provider/base/clock.h"
#include "provider/http/message.h"

namespace palisade::auth {

/// What to add to our clock so that it agrees with the server's, where the header Date of
/// `response` is more than four minutes away; nullopt otherwise. AWS refuses signatures from five
/// minutes on.
std::optional<std::chrono::seconds> SkewOf(const http::Response& response, base::Time now);

/// Whether an error of this code may come of a wrong clock.
bool MayBeClockSkew(std::string_view code);

}  // namespace palisade::auth

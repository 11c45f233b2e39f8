#pragma once

#include <chrono>
#include <optional>

#include "provider/http/message.h"

namespace palisade::auth {

/// How long the server asks to be left alone: x-amz-retry-after in milliseconds, Retry-After in
/// seconds or as a date, which is held against the reply's own Date. nullopt where it says nothing
/// that can be read.
std::optional<std::chrono::milliseconds> RetryHint(const http::Response& response);

}  // namespace palisade::auth

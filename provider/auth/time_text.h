#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "provider/base/clock.h"

namespace palisade::auth {

/// "2026-05-01T12:00:00Z", also with a fraction, with an offset as +02:00, or with UTC for Z, which
/// older tools write into the cache of SSO tokens. Fractions are dropped.
std::optional<base::Time> ParseIsoTime(std::string_view text);

/// "2026-05-01T12:00:00Z".
std::string IsoTime(base::Time time);

/// "Fri, 24 May 2013 00:00:00 GMT", as the header Date has it.
std::optional<base::Time> ParseHttpDate(std::string_view text);

/// "3m05s", "2h10m": for messages; "0s" for what is negative.
std::string DurationText(std::chrono::seconds duration);

}  // namespace palisade::auth

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "provider/base/status.h"

namespace palisade::tls {

using Seconds = std::chrono::sys_seconds;

/// `2025-03-04T05:06:07Z`: RFC 3339 in UTC with whole seconds, the form of all our outputs.
std::string TimeText(Seconds time);

/// Reads RFC 3339, also with a fraction and an offset as the established package's states have
/// them (`2025-01-02T03:04:05.678901234+02:00`); the fraction is cut off.
absl::StatusOr<Seconds> ParseTime(std::string_view text);

/// The last second of a certificate that starts at `not_before`: `hours` later. INVALID_ARGUMENT,
/// naming validityPeriodHours, if negative or beyond the year 9999, the last that X.509 can say.
absl::StatusOr<Seconds> AddHours(Seconds not_before, std::int64_t hours);

/// DER UTCTime up to 2049, GeneralizedTime after (RFC 5280 4.1.2.5).
std::string EncodeTime(Seconds time);

}  // namespace palisade::tls

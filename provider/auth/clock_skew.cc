#include "provider/auth/clock_skew.h"

#include <algorithm>
#include <array>

#include "provider/auth/time_text.h"

namespace palisade::auth {

std::optional<std::chrono::seconds> SkewOf(const http::Response& response, base::Time now) {
  constexpr std::chrono::minutes kTolerated{4};
  const std::string* date = response.Find("Date");
  const auto theirs = date != nullptr ? ParseHttpDate(*date) : std::nullopt;
  if (!theirs) return std::nullopt;
  const auto difference = std::chrono::round<std::chrono::seconds>(*theirs - now);
  if (difference < kTolerated && difference > -kTolerated) return std::nullopt;
  return difference;
}

bool MayBeClockSkew(std::string_view code) {
  constexpr std::array<std::string_view, 6> kCodes = {
      "RequestTimeTooSkewed",      "RequestExpired",        "RequestInTheFuture",
      "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"};
  return std::ranges::find(kCodes, code) != kCodes.end();
}

}  // namespace palisade::auth

#include "provider/tls/crypto/time_text.h"

#include <cstdio>
#include <optional>

#include "provider/tls/crypto/der.h"

namespace palisade::tls {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Civil {
  int year;
  unsigned month, day;
  int hour, minute, second;
};

Civil ToCivil(Seconds time) {
  const auto day = std::chrono::floor<days>(time);
  const std::chrono::year_month_day date(day);
  const auto rest = static_cast<int>((time - day).count());
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

/// Reads exactly `count` digits off the front.
std::optional<int> Digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool Skip(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// `Z`, or the offset from UTC.
std::optional<minutes> Offset(std::string_view& text) {
  if (Skip(text, "Zz")) return minutes(0);
  const bool west = !text.empty() && text.front() == '-';
  if (!Skip(text, "+-")) return std::nullopt;
  const auto hour = Digits(text, 2);
  if (!hour.has_value() || !Skip(text, ":")) return std::nullopt;
  const auto minute = Digits(text, 2);
  if (!minute.has_value() || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset = hours(*hour) + minutes(*minute);
  return west ? -offset : offset;
}

std::optional<Seconds> Parse(std::string_view text) {
  const auto year = Digits(text, 4);
  if (!year.has_value() || !Skip(text, "-")) return std::nullopt;
  const auto month = Digits(text, 2);
  if (!month.has_value() || !Skip(text, "-")) return std::nullopt;
  const auto day = Digits(text, 2);
  if (!day.has_value() || !Skip(text, "Tt")) return std::nullopt;
  const auto hour = Digits(text, 2);
  if (!hour.has_value() || !Skip(text, ":")) return std::nullopt;
  const auto minute = Digits(text, 2);
  if (!minute.has_value() || !Skip(text, ":")) return std::nullopt;
  const auto second = Digits(text, 2);
  if (!second.has_value()) return std::nullopt;
  if (Skip(text, ".")) {
    std::size_t digits = 0;
    while (Digits(text, 1).has_value()) ++digits;
    if (digits == 0) return std::nullopt;
  }
  const auto offset = Offset(text);
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  // A second of 60 is a leap second, which the clock counts as the next minute's first.
  if (!offset.has_value() || !text.empty() || !date.ok() || *hour > 23 || *minute > 59 ||
      *second > 60) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) - *offset;
}

Seconds LastSecond() {
  using std::chrono::year;
  return std::chrono::sys_days(year(9999) / 12 / 31) + hours(24) - seconds(1);
}

}  // namespace

std::string TimeText(Seconds time) {
  const Civil civil = ToCivil(time);
  char text[64];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02uT%02d:%02d:%02dZ", civil.year, civil.month,
                civil.day, civil.hour, civil.minute, civil.second);
  return text;
}

absl::StatusOr<Seconds> ParseTime(std::string_view text) {
  if (const std::optional<Seconds> time = Parse(text)) return *time;
  return base::InvalidArgument(
      "A time is written as RFC 3339 says, for example 2025-03-04T05:06:07Z.");
}

absl::StatusOr<Seconds> AddHours(Seconds not_before, std::int64_t count) {
  if (count < 0) {
    return base::InvalidArgument("validityPeriodHours must be at least 0, got " +
                                 std::to_string(count) + ".");
  }
  const std::int64_t most = (LastSecond() - not_before).count() / 3600;
  if (count > most) {
    return base::InvalidArgument("validityPeriodHours must be at most " + std::to_string(most) +
                                 " for a certificate that starts at " + TimeText(not_before) +
                                 ", got " + std::to_string(count) +
                                 ": a certificate cannot say a time after the year 9999.");
  }
  return not_before + hours(count);
}

std::string EncodeTime(Seconds time) {
  const Civil civil = ToCivil(time);
  const bool short_form = civil.year >= 1950 && civil.year < 2050;
  char text[64];
  std::snprintf(text, sizeof(text), "%04d%02u%02u%02d%02d%02dZ", civil.year, civil.month, civil.day,
                civil.hour, civil.minute, civil.second);
  return der::Element(short_form ? 0x17 : 0x18, short_form ? text + 2 : text);
}

}  // namespace palisade::tls

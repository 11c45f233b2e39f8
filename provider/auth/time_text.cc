#include "provider/auth/time_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace palisade::auth {
namespace {

constexpr int kLastYear = 2200;
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes texts of a fixed form apart; sticks at the first mismatch.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int Digits(std::size_t count) {
    if (rest_.size() < count) return Fail();
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return Fail();
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  void Text(std::string_view expected) {
    if (rest_.starts_with(expected)) {
      rest_.remove_prefix(expected.size());
    } else {
      Fail();
    }
  }
  std::string_view Take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view rest() const { return rest_; }
  bool ok() const { return ok_; }

 private:
  int Fail() {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<base::Time> Join(int year, int month, int day, int hour, int minute, int second) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  // The clock's nanoseconds end in 2262, and "never" is often written as the year 9999.
  if (year > kLastYear) return std::chrono::sys_days(std::chrono::year(kLastYear) / 1 / 1);
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::string TwoDigits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

std::optional<base::Time> ParseIsoTime(std::string_view text) {
  Reader in(text);
  const int year = in.Digits(4);
  in.Text("-");
  const int month = in.Digits(2);
  in.Text("-");
  const int day = in.Digits(2);
  in.Text("T");
  const int hour = in.Digits(2);
  in.Text(":");
  const int minute = in.Digits(2);
  in.Text(":");
  const int second = in.Digits(2);
  if (in.rest().starts_with('.')) {
    in.Take(1);
    while (!in.rest().empty() && in.rest()[0] >= '0' && in.rest()[0] <= '9') in.Take(1);
  }
  const std::string_view zone = in.rest();
  std::chrono::minutes offset{0};
  if (zone.starts_with('+') || zone.starts_with('-')) {
    in.Take(1);
    const int hours = in.Digits(2);
    if (in.rest().starts_with(':')) in.Take(1);
    offset = std::chrono::minutes(hours * 60 + in.Digits(2));
    if (!in.rest().empty()) return std::nullopt;
    if (zone[0] == '-') offset = -offset;
  } else if (zone != "Z" && zone != "UTC") {
    return std::nullopt;
  }
  const auto time = Join(year, month, day, hour, minute, second);
  if (!in.ok() || !time) return std::nullopt;
  return *time - offset;
}

std::string IsoTime(base::Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  const int year = static_cast<int>(date.year());
  return TwoDigits(year / 100) + TwoDigits(year % 100) + "-" +
         TwoDigits(static_cast<unsigned>(date.month())) + "-" +
         TwoDigits(static_cast<unsigned>(date.day())) + "T" + TwoDigits(clock.hours().count()) +
         ":" + TwoDigits(clock.minutes().count()) + ":" + TwoDigits(clock.seconds().count()) + "Z";
}

std::optional<base::Time> ParseHttpDate(std::string_view text) {
  Reader in(text);
  in.Take(3);  // The day of the week adds nothing.
  in.Text(", ");
  const int day = in.Digits(2);
  in.Text(" ");
  const auto month = std::ranges::find(kMonths, in.Take(3));
  in.Text(" ");
  const int year = in.Digits(4);
  in.Text(" ");
  const int hour = in.Digits(2);
  in.Text(":");
  const int minute = in.Digits(2);
  in.Text(":");
  const int second = in.Digits(2);
  in.Text(" GMT");
  if (!in.ok() || month == kMonths.end()) return std::nullopt;
  return Join(year, static_cast<int>(month - kMonths.begin()) + 1, day, hour, minute, second);
}

std::string DurationText(std::chrono::seconds duration) {
  const std::int64_t total = std::max<std::int64_t>(duration.count(), 0);
  const std::int64_t hours = total / 3600;
  const std::int64_t minutes = total / 60 % 60;
  if (hours > 0) return std::to_string(hours) + "h" + TwoDigits(minutes) + "m";
  if (minutes > 0) return std::to_string(minutes) + "m" + TwoDigits(total % 60) + "s";
  return std::to_string(total) + "s";
}

}  // namespace palisade::auth

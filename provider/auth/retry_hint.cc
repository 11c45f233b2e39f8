#include "provider/auth/retry_hint.h"

#include <algorithm>
#include <string>

#include "absl/strings/numbers.h"
#include "provider/auth/time_text.h"

namespace palisade::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// `text` as a number of `unit`s; nullopt for what is none, or would be longer than any run.
std::optional<milliseconds> Duration(const std::string& text, milliseconds unit) {
  constexpr double kLongest = 1e9;
  double number = 0;
  if (!absl::SimpleAtod(text, &number)) return std::nullopt;
  number *= static_cast<double>(unit.count());
  if (!(number >= 0 && number < kLongest)) return std::nullopt;
  return milliseconds(static_cast<milliseconds::rep>(number));
}

}  // namespace

std::optional<milliseconds> RetryHint(const http::Response& response) {
  if (const std::string* text = response.Find("x-amz-retry-after")) {
    if (const auto time = Duration(*text, milliseconds(1))) return time;
  }
  const std::string* const text = response.Find("retry-after");
  if (text == nullptr) return std::nullopt;
  if (const auto time = Duration(*text, seconds(1))) return time;
  const std::string* const date = response.Find("date");
  const auto until = ParseHttpDate(*text);
  const auto now = date == nullptr ? std::nullopt : ParseHttpDate(*date);
  if (!until || !now) return std::nullopt;
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*until - *now));
}

}  // namespace palisade::auth

#include "provider/lifecycle/limits_check.h"

#include <re2/re2.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "provider/lifecycle/suggest.h"
#include "provider/lifecycle/value_text.h"
#include "provider/value/number.h"

namespace palisade::lifecycle {
namespace {

using schema::Limits;
using value::PropertyValue;

std::string Count(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

void CheckCount(std::size_t count, std::optional<std::size_t> least,
                std::optional<std::size_t> most, std::string_view what, std::string_view rule,
                const Place& place, CheckReport& report) {
  if (least && count < *least) {
    report.Fail(
        place, rule,
        "has " + Count(count, what) + ", but at least " + std::to_string(*least) + " are needed");
  }
  if (most && count > *most) {
    report.Fail(
        place, rule,
        "has " + Count(count, what) + ", but at most " + std::to_string(*most) + " are allowed");
  }
}

// Null when the pattern itself is malformed. Compiling one like `.{0,512}` takes a millisecond, a
// hundred times a whole Check; there are only as many as the embedded schema has, so all are kept.
const re2::RE2* Compiled(const std::string& pattern) {
  static std::mutex mutex;
  static auto& kept = *new std::map<std::string, std::unique_ptr<const re2::RE2>, std::less<>>;
  const std::lock_guard lock(mutex);
  auto& compiled = kept[pattern];
  if (compiled == nullptr) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    compiled =
        std::make_unique<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  }
  return compiled->ok() ? compiled.get() : nullptr;
}

void CheckText(const Limits& limits, const std::string& text, const PropertyValue& value,
               const Place& place, CheckReport& report) {
  if (limits.min_length || limits.max_length) {
    const std::size_t length = CodePoints(text);
    CheckCount(length, limits.min_length, limits.max_length, "character", "length", place, report);
    if (limits.max_length && length > *limits.max_length) return;
  }
  if (!limits.pattern) return;
  const re2::RE2* pattern = Compiled(*limits.pattern);
  if (pattern == nullptr) {
    report.Warn(place, "pattern",
                "cannot be checked: the schema's own pattern for it is malformed; "
                "please report this as a bug in palisade");
    return;
  }
  if (re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *pattern)) return;
  report.Fail(place, "pattern",
              Shown(value, report.Hides(place)) + " is not allowed; expected " +
                  (limits.pattern_means.empty() ? "text that matches " + *limits.pattern
                                                : limits.pattern_means));
}

void CheckRange(const Limits& limits, double number, const Place& place, CheckReport& report) {
  const auto fail = [&](std::string_view side, double limit) {
    report.Fail(place, "range",
                Shown(PropertyValue(number), report.Hides(place)) + " is " + std::string(side) +
                    " " + value::NumberText(limit));
  };
  if (limits.minimum && number < *limits.minimum) fail("below the minimum of", *limits.minimum);
  if (limits.maximum && number > *limits.maximum) fail("above the maximum of", *limits.maximum);
}

std::string ListOf(const std::vector<schema::EnumValue>& values) {
  constexpr std::size_t kMostListed = 20;
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < kMostListed; ++i) {
    text += (i == 0 ? "" : ", ") + Shown(values[i].value, false);
  }
  if (values.size() > kMostListed) {
    text += " and " + std::to_string(values.size() - kMostListed) + " more";
  }
  return text;
}

std::optional<std::string> NearestOf(const std::vector<schema::EnumValue>& values,
                                     const PropertyValue& value) {
  const auto* text = value.If<std::string>();
  if (text == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const schema::EnumValue& allowed : values) {
    if (const auto* one = allowed.value.If<std::string>()) texts.push_back(*one);
  }
  return NearestValue(*text, texts);
}

}  // namespace

void CheckLimits(const Limits& limits, const PropertyValue& value, const Place& place,
                 CheckReport& report) {
  if (const auto* text = value.If<std::string>()) {
    CheckText(limits, *text, value, place, report);
  } else if (const auto* number = value.If<double>()) {
    CheckRange(limits, *number, place, report);
  } else if (const auto* list = value.If<value::PropertyArray>()) {
    CheckCount(list->size(), limits.min_items, limits.max_items, "item", "items", place, report);
  } else if (const auto* object = value.If<value::PropertyMap>()) {
    CheckCount(object->size(), limits.min_items, limits.max_items, "item", "items", place, report);
  }
}

void CheckAllowed(const schema::PropertyShape& shape, const PropertyValue& value,
                  const Place& place, CheckReport& report) {
  if (shape.constant && value != *shape.constant) {
    report.Fail(place, "const",
                Shown(value, report.Hides(place)) + " is not allowed; it can only be " +
                    Shown(*shape.constant, false));
    return;
  }
  if (shape.enum_values.empty() ||
      std::any_of(shape.enum_values.begin(), shape.enum_values.end(),
                  [&](const schema::EnumValue& allowed) { return allowed.value == value; })) {
    return;
  }
  const bool hidden = report.Hides(place);
  // A near match would tell most of a hidden value.
  const auto nearest = NearestOf(shape.enum_values, value);
  const std::string found = Shown(value, hidden);
  if (shape.closed || nearest) {
    report.Fail(place, "enum",
                found + " is not one of " + ListOf(shape.enum_values) +
                    DidYouMean(hidden ? std::nullopt : nearest));
  } else {
    report.Warn(place, "enum",
                found + " is not one of the values that this version knows (" +
                    ListOf(shape.enum_values) + "); it is passed on as it is");
  }
}

}  // namespace palisade::lifecycle

#include "provider/lifecycle/suggest.h"

#include <algorithm>
#include <set>
#include <vector>

namespace palisade::lifecycle {
namespace {

// Longer texts are no names, and the distance costs the product of the lengths.
constexpr std::size_t kLongestName = 200;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsFiller(char c) { return c == '_' || c == '-' || c == ' ' || c == '.'; }

std::string Folded(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (!IsFiller(c)) folded += Lower(c);
  }
  return folded;
}

// "validityPeriodHours", "validity_period_hours" -> {validity, period, hours}. A plural counts as
// its singular.
std::set<std::string> Words(std::string_view name) {
  std::set<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (word.size() > 3 && word.ends_with('s')) word.pop_back();
    if (!word.empty()) words.insert(word);
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (IsFiller(name[i])) {
      end_word();
      continue;
    }
    if (IsUpper(name[i]) && i > 0 && !IsUpper(name[i - 1])) end_word();
    word += Lower(name[i]);
  }
  end_word();
  return words;
}

// Damerau-Levenshtein in its restricted form: a swap of neighbours is one slip.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

std::size_t AllowedSlips(std::size_t length) {
  if (length <= 2) return 0;
  if (length <= 5) return 1;
  return length <= 11 ? 2 : 3;
}

bool DiffersInDigitsOnly(std::string_view a, std::string_view b) {
  const auto without = [](std::string_view text) {
    std::string rest;
    for (const char c : text) {
      if (!IsDigit(c)) rest += c;
    }
    return rest;
  };
  return a != b && without(a) == without(b);
}

std::optional<std::string> Nearest(std::string_view given, std::span<const std::string> candidates,
                                   bool values) {
  if (given.empty() || given.size() > kLongestName) return std::nullopt;
  const std::string folded = Folded(given);
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::string other = Folded(candidate);
    if (folded.empty() || other.empty()) continue;
    if (values && DiffersInDigitsOnly(folded, other)) continue;
    const std::size_t allowed = AllowedSlips(std::min(folded.size(), other.size()));
    const std::size_t gap =
        std::max(folded.size(), other.size()) - std::min(folded.size(), other.size());
    if (gap > allowed) continue;
    const std::size_t distance = Distance(folded, other);
    if (distance > allowed || (best && distance >= best_distance)) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

// The candidate whose words contain the given ones or are contained in them, with the fewest words
// between them. One word of two letters says too little.
std::optional<std::string> NearestByWords(std::string_view given,
                                          std::span<const std::string> candidates) {
  const std::set<std::string> words = Words(given);
  std::optional<std::string> best;
  std::size_t best_extra = 0;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestName) continue;
    const std::set<std::string> others = Words(candidate);
    const std::set<std::string>& few = words.size() <= others.size() ? words : others;
    const std::set<std::string>& many = words.size() <= others.size() ? others : words;
    std::size_t letters = 0;
    for (const std::string& word : few) letters += word.size();
    if (letters < 3 || !std::includes(many.begin(), many.end(), few.begin(), few.end())) continue;
    const std::size_t extra = many.size() - few.size();
    if (extra > 2 || (best && extra >= best_extra)) continue;
    best = candidate;
    best_extra = extra;
  }
  return best;
}

}  // namespace

std::optional<std::string> NearestName(std::string_view given,
                                       std::span<const std::string> candidates) {
  if (given.size() > kLongestName) return std::nullopt;
  auto nearest = Nearest(given, candidates, /*values=*/false);
  return nearest ? nearest : NearestByWords(given, candidates);
}

std::optional<std::string> NearestValue(std::string_view given,
                                        std::span<const std::string> candidates) {
  return Nearest(given, candidates, /*values=*/true);
}

std::string DidYouMean(const std::optional<std::string>& nearest) {
  return nearest ? "; did you mean \"" + *nearest + "\"?" : "";
}

}  // namespace palisade::lifecycle

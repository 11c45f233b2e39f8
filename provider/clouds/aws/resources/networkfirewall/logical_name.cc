#include "provider/clouds/aws/resources/networkfirewall/logical_name.h"

#include <algorithm>

namespace palisade::aws::networkfirewall {
namespace {

// What names are cut to before the random part is added; shorter stems are whole.
constexpr std::size_t kLongestStem = 100;

bool IsLetterOrDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// As the automatic naming does it: what a name may not hold becomes one hyphen.
std::string Cleaned(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (IsLetterOrDigit(c) || c == '-') {
      clean += c;
    } else if (!clean.empty() && clean.back() != '-') {
      clean += '-';
    }
  }
  return clean;
}

}  // namespace

std::string MadeNameStem(std::string_view urn, std::string_view name) {
  const std::size_t colons = urn.rfind("::");
  if (colons == std::string_view::npos) return "";
  const std::string logical = Cleaned(urn.substr(colons + 2));
  const std::string stem = logical.substr(0, std::min(logical.size(), kLongestStem));
  const bool made = !stem.empty() && name.size() > stem.size() && name.starts_with(stem);
  return made ? stem : "";
}

}  // namespace palisade::aws::networkfirewall

#include "provider/lifecycle/same_text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>

#include "provider/value/json.h"

namespace palisade::lifecycle {
namespace {

using schema::Same;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyValue;

// Policy languages read "x" and ["x"] alike and give lists no order.
PropertyValue NormalPolicy(const PropertyValue& value) {
  if (const auto* object = value.If<PropertyMap>()) {
    PropertyMap normal;
    for (const auto& [name, item] : *object) {
      normal.emplace_hint(normal.end(), name, NormalPolicy(item));
    }
    return normal;
  }
  const auto* list = value.If<PropertyArray>();
  if (list == nullptr) return value;
  PropertyArray items;
  for (const PropertyValue& item : *list) items.push_back(NormalPolicy(item));
  std::ranges::sort(items, {}, [](const PropertyValue& item) { return value::ToJsonText(item); });
  items.erase(std::unique(items.begin(), items.end()), items.end());
  if (items.size() == 1) return items.front();
  return items;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string WithoutBlanks(std::string_view text) {
  std::string packed;
  std::copy_if(text.begin(), text.end(), std::back_inserter(packed),
               [](char c) { return !IsBlank(c); });
  return packed;
}

// Every block as its label and its content without line ends; text between blocks is a comment.
std::optional<std::string> NormalPem(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kDashes = "-----";
  std::string normal;
  for (std::size_t at = 0; (at = text.find(kBegin, at)) != std::string_view::npos;) {
    const auto label_end = text.find(kDashes, at + kBegin.size());
    if (label_end == std::string_view::npos) return std::nullopt;
    const std::string label(text.substr(at + kBegin.size(), label_end - at - kBegin.size()));
    const std::string end = "-----END " + label + "-----";
    const auto content = label_end + kDashes.size();
    const auto content_end = text.find(end, content);
    if (content_end == std::string_view::npos) return std::nullopt;
    normal += label + "\n" + WithoutBlanks(text.substr(content, content_end - content)) + "\n";
    at = content_end + end.size();
  }
  if (normal.empty()) return std::nullopt;
  return normal;
}

// The address in its shortest form, host bits kept: whether they may be set is for checks to say.
std::optional<std::string> NormalCidr(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const std::string address = text.substr(0, slash);
  unsigned length = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + slash + 1, end, length);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  std::array<unsigned char, 16> bytes;
  std::array<char, INET6_ADDRSTRLEN> shortest;
  for (const int family : {AF_INET, AF_INET6}) {
    if (inet_pton(family, address.c_str(), bytes.data()) == 1) {
      inet_ntop(family, bytes.data(), shortest.data(), shortest.size());
      return std::string(shortest.data()) + "/" + std::to_string(length);
    }
  }
  return std::nullopt;
}

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

PropertyValue NormalText(Same same, const std::string& text) {
  switch (same) {
    case Same::kJson:
      return value::ParseJson(text).value_or(text);
    case Same::kPolicy:
      if (const auto document = value::ParseJson(text)) return NormalPolicy(*document);
      return text;
    case Same::kPem:
      return NormalPem(text).value_or(text);
    case Same::kCidr:
      return NormalCidr(text).value_or(text);
    case Same::kCase:
      return LowerCase(text);
    case Same::kExact:
    case Same::kSet:
      return text;
  }
  return text;
}

}  // namespace palisade::lifecycle

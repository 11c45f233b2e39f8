#include "provider/http/message.h"

#include <algorithm>

namespace palisade::http {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool SameHeaderName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

const std::string* Response::Find(std::string_view name) const {
  const auto it = std::ranges::find_if(
      headers, [name](const Header& header) { return SameHeaderName(header.name, name); });
  return it == headers.end() ? nullptr : &it->value;
}

}  // namespace palisade::http

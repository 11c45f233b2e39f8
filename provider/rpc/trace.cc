#include "provider/rpc/trace.h"

namespace palisade::rpc {
namespace {

std::optional<std::string> Hex(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;  // capitals are not allowed
  };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

bool AllZero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

std::optional<TraceParent> ParseTraceParent(std::string_view header, std::string_view state) {
  constexpr std::size_t kLength = 55;
  if (header.size() < kLength || header[2] != '-' || header[35] != '-' || header[52] != '-') {
    return std::nullopt;
  }
  const auto version = Hex(header.substr(0, 2));
  const auto trace = Hex(header.substr(3, 32));
  const auto span = Hex(header.substr(36, 16));
  const auto flags = Hex(header.substr(53, 2));
  if (!version || !trace || !span || !flags || *version == "\xFF") return std::nullopt;
  if (AllZero(*trace) || AllZero(*span)) return std::nullopt;
  // Version 0 ends here; later ones may go on after a hyphen.
  if (header.size() > kLength && (AllZero(*version) || header[kLength] != '-')) return std::nullopt;
  return TraceParent{*trace, *span, static_cast<std::uint8_t>((*flags)[0]), std::string(state)};
}

}  // namespace palisade::rpc

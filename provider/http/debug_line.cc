#include "provider/http/debug_line.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "provider/base/status.h"
#include "provider/http/url.h"

namespace palisade::http {
namespace {

constexpr std::array<std::string_view, 4> kOfRequest = {"x-amz-target", "content-type",
                                                        "x-ms-client-request-id", "x-acs-action"};
constexpr std::array<std::string_view, 9> kOfResponse = {
    "x-amzn-requestid", "x-amz-request-id", "x-amz-id-2",  "x-amzn-errortype", "x-ms-request-id",
    "x-acs-request-id", "audit-id",         "retry-after", "x-amz-retry-after"};

template <std::size_t size>
void AddAllowed(const Headers& headers, const std::array<std::string_view, size>& allowed,
                std::string& line) {
  for (const Header& header : headers) {
    const bool fits = std::ranges::any_of(
        allowed, [&](std::string_view name) { return SameHeaderName(name, header.name); });
    if (!fits) continue;
    line += "; " + header.name + ": ";
    for (const char c : header.value.substr(0, 200)) line += c >= ' ' && c < 0x7f ? c : '?';
  }
}

}  // namespace

std::string DebugLine(const Request& request, const absl::StatusOr<Response>& response,
                      std::chrono::milliseconds duration) {
  const auto url = ParseUrl(request.url);
  std::string line = "HTTP " + request.method + " ";
  line += url.ok() ? url->scheme + "://" + url->Authority() + url->path : "(not a URL)";
  line += response.ok()
              ? " -> " + (response->status == 0 ? "connected" : std::to_string(response->status))
              : " failed: " + base::Message(response.status());
  line += " in " + std::to_string(duration.count()) + " ms; sent " +
          std::to_string(request.body.size()) + " bytes";
  if (response.ok()) line += ", got " + std::to_string(response->body.size());
  AddAllowed(request.headers, kOfRequest, line);
  if (response.ok()) AddAllowed(response->headers, kOfResponse, line);
  return line;
}

}  // namespace palisade::http

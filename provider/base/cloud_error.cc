#include "provider/base/cloud_error.h"

#include <array>

#include "absl/strings/cord.h"
#include "provider/base/status.h"

namespace palisade::base {
namespace {

constexpr char kPayload[] = "palisade/cloud-error";
constexpr char kSeparator = '\x1f';

// A cloud's text may be anything; the separator is the one byte that must not be in it.
std::string Clean(std::string text) {
  for (char& c : text) {
    if (c == kSeparator) c = ' ';
  }
  return text;
}

}  // namespace

absl::Status CloudStatus(absl::StatusCode code, const CloudError& error, const std::string& subject,
                         const std::string& what_to_do) {
  std::string text = error.service + " " + error.operation;
  if (!subject.empty()) text += " of " + subject;
  text += " failed";
  if (!error.code.empty()) text += " with " + error.code;
  if (error.http_status != 0) text += " (HTTP " + std::to_string(error.http_status) + ")";
  if (!error.message.empty()) text += ": " + error.message;
  if (!error.request_id.empty()) text += " [request " + error.request_id + "]";
  if (!what_to_do.empty()) text += ". " + what_to_do;
  absl::Status status = Error(code, text);
  std::string payload;
  for (const std::string& part : {error.service, error.operation, std::to_string(error.http_status),
                                  error.code, error.message, error.request_id}) {
    payload += Clean(part) + kSeparator;
  }
  status.SetPayload(kPayload, absl::Cord(payload));
  return status;
}

std::optional<CloudError> CloudErrorOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload) return std::nullopt;
  const std::string text(*payload);
  std::array<std::string, 6> parts;
  std::size_t begin = 0;
  for (std::string& part : parts) {
    const std::size_t end = text.find(kSeparator, begin);
    if (end == std::string::npos) return std::nullopt;
    part = text.substr(begin, end - begin);
    begin = end + 1;
  }
  return CloudError{parts[0], parts[1], std::atoi(parts[2].c_str()), parts[3], parts[4], parts[5]};
}

std::string CloudCodeOf(const absl::Status& status) {
  const auto error = CloudErrorOf(status);
  return error ? error->code : "";
}

}  // namespace palisade::base

#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace palisade::base {

/// Debian's Abseil is built with its own string_view, which converts neither way to
/// std::string_view; these three are the only places that know.
inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view FromAbsl(absl::string_view text) { return {text.data(), text.size()}; }
inline std::string Message(const absl::Status& status) {
  return std::string(FromAbsl(status.message()));
}

/// A status of `code` whose message is one or more whole sentences.
inline absl::Status Error(absl::StatusCode code, std::string_view message) {
  return absl::Status(code, ToAbsl(message));
}
inline absl::Status InvalidArgument(std::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, message);
}
inline absl::Status NotFound(std::string_view message) {
  return Error(absl::StatusCode::kNotFound, message);
}
inline absl::Status FailedPrecondition(std::string_view message) {
  return Error(absl::StatusCode::kFailedPrecondition, message);
}
inline absl::Status Unimplemented(std::string_view message) {
  return Error(absl::StatusCode::kUnimplemented, message);
}
inline absl::Status Internal(std::string_view message) {
  return Error(absl::StatusCode::kInternal, message);
}

/// The same code with `context` and ": " before the message; payloads are kept.
absl::Status Annotate(const absl::Status& status, std::string_view context);

}  // namespace palisade::base

#define PALISADE_CONCAT_INNER_(a, b) a##b
#define PALISADE_CONCAT_(a, b) PALISADE_CONCAT_INNER_(a, b)

#define PALISADE_RETURN_IF_ERROR(expression)                                      \
  do {                                                                            \
    if (::absl::Status palisade_status_ = (expression); !palisade_status_.ok()) { \
      return palisade_status_;                                                    \
    }                                                                             \
  } while (false)

/// `PALISADE_ASSIGN_OR_RETURN(auto value, Fallible());`
#define PALISADE_ASSIGN_OR_RETURN(lhs, expression) \
  PALISADE_ASSIGN_OR_RETURN_IMPL_(PALISADE_CONCAT_(palisade_or_, __LINE__), lhs, expression)
#define PALISADE_ASSIGN_OR_RETURN_IMPL_(result, lhs, expression) \
  auto result = (expression);                                    \
  if (!result.ok()) return std::move(result).status();           \
  lhs = std::move(result).value()

#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/auth/aws_credentials.h"

namespace palisade::auth {

struct ProcessLimits {
  std::chrono::milliseconds time = std::chrono::minutes(1);
  std::size_t output_bytes = std::size_t{1} << 20;
};

/// Runs `command` (a program found by PATH, and its arguments) without a shell and without input,
/// in this process's environment, and waits for its end. NOT_FOUND or FAILED_PRECONDITION where it
/// cannot be started, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED; it is killed then, with the
/// processes of its group. An exit code other than 0 is a result; one that a signal ended has 128
/// and the signal's number, as shells have it. Texts name the program, never arguments or output.
absl::StatusOr<ProcessResult> RunProcess(const std::vector<std::string>& command,
                                         std::stop_token cancel, const ProcessLimits& limits);

inline absl::StatusOr<ProcessResult> RunProcess(const std::vector<std::string>& command,
                                                std::stop_token cancel) {
  return RunProcess(command, std::move(cancel), ProcessLimits());
}

}  // namespace palisade::auth

#include "provider/auth/run_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "provider/base/status.h"

extern char** environ;

namespace palisade::auth {
namespace {

using Steady = std::chrono::steady_clock;

/// A pipe whose ends close by themselves and are not inherited.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }
  bool ok() const { return ends_[0] >= 0; }
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void CloseRead() { Close(ends_[0]); }
  void CloseWrite() { Close(ends_[1]); }

 private:
  static void Close(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
  std::array<int, 2> ends_{-1, -1};
};

/// What posix_spawn is told: no input, our pipes, a group of its own, and no signal blocked or
/// ignored, since this process blocks some in all its threads.
class SpawnPlan {
 public:
  SpawnPlan(const Pipe& output, const Pipe& errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output.write_end(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors.write_end(), STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  int Spawn(const std::vector<std::string>& command, pid_t& child) const {
    std::vector<char*> arguments;
    // posix_spawn takes char* and does not write there.
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    return posix_spawnp(&child, arguments[0], &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// A child that is waited for, and killed with its group where nobody saw it end.
class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (exit_code_) return;
    kill(-id_, SIGKILL);
    while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  /// Its exit code once it has ended.
  std::optional<int> ExitCode() {
    int status = 0;
    if (!exit_code_ && waitpid(id_, &status, WNOHANG) == id_) {
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return exit_code_;
  }

 private:
  const pid_t id_;
  std::optional<int> exit_code_;
};

// Moves what is there from `pipe` to `text`; closes the pipe at its end. A little at a time,
// because who writes without end would otherwise keep us from looking at size, time and cancel.
void Drain(Pipe& pipe, std::string& text) {
  constexpr int kMostReads = 16;
  std::array<char, 8192> buffer;
  for (int reads = 0; reads < kMostReads && pipe.ok(); ++reads) {
    const ssize_t count = read(pipe.read_end(), buffer.data(), buffer.size());
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
      pipe.CloseRead();
    } else if (errno == EAGAIN) {
      return;
    }
  }
}

// Until something is readable or the child may have ended without a sign; -1 is ignored by poll.
void WaitForNews(const Pipe& output, const Pipe& errors, const Pipe& wake) {
  std::array<pollfd, 3> watched{{{output.read_end(), POLLIN, 0},
                                 {errors.read_end(), POLLIN, 0},
                                 {wake.read_end(), POLLIN, 0}}};
  const bool streams_ended = !output.ok() && !errors.ok();
  poll(watched.data(), watched.size(), streams_ended ? 2 : 50);
}

}  // namespace

absl::StatusOr<ProcessResult> RunProcess(const std::vector<std::string>& command,
                                         std::stop_token cancel, const ProcessLimits& limits) {
  if (command.empty()) return base::InvalidArgument("there is no program to run");
  const std::string& name = command[0];
  const absl::Status cancelled = base::Error(absl::StatusCode::kCancelled, name + " was cancelled");
  if (cancel.stop_requested()) return cancelled;
  Pipe output, errors, wake;
  if (!output.ok() || !errors.ok() || !wake.ok()) {
    return base::FailedPrecondition("no pipe could be made to run " + name);
  }
  fcntl(output.read_end(), F_SETFL, O_NONBLOCK);
  fcntl(errors.read_end(), F_SETFL, O_NONBLOCK);
  pid_t id = 0;
  if (const int error = SpawnPlan(output, errors).Spawn(command, id); error != 0) {
    return base::Error(
        error == ENOENT ? absl::StatusCode::kNotFound : absl::StatusCode::kFailedPrecondition,
        name + " cannot be started: " + std::generic_category().message(error));
  }
  Child child(id);
  output.CloseWrite();
  errors.CloseWrite();
  const std::stop_callback on_cancel(cancel, [&wake] {
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(wake.write_end(), &byte, 1);
  });

  const Steady::time_point end = Steady::now() + limits.time;
  std::string text, error_text;
  while (true) {
    const std::optional<int> exit_code = child.ExitCode();
    Drain(output, text);
    Drain(errors, error_text);
    // What it left running may hold the pipes open; that is not waited for.
    if (exit_code) {
      return ProcessResult{*exit_code, base::Redacted(std::move(text)), std::move(error_text)};
    }
    absl::Status failed;
    if (cancel.stop_requested()) {
      failed = cancelled;
    } else if (Steady::now() >= end) {
      failed = base::Error(
          absl::StatusCode::kDeadlineExceeded,
          name + " did not end within " + std::to_string(limits.time.count() / 1000) + " seconds");
    } else if (text.size() > limits.output_bytes || error_text.size() > limits.output_bytes) {
      failed =
          base::Error(absl::StatusCode::kResourceExhausted,
                      name + " wrote more than " + std::to_string(limits.output_bytes) + " bytes");
    }
    if (!failed.ok()) {
      base::Wipe(text);
      return failed;
    }
    WaitForNews(output, errors, wake);
  }
}

}  // namespace palisade::auth

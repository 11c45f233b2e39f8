#include "tests/bench/plugin_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>

namespace palisade::bench {
namespace {

constexpr int kStartLimitMilliseconds = 10'000;  // the engine's own
constexpr int kStopLimitMilliseconds = 5'000;

double Microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

std::string ReadLine(int fd) {
  std::string line;
  for (;;) {
    pollfd ready{.fd = fd, .events = POLLIN, .revents = 0};
    if (poll(&ready, 1, kStartLimitMilliseconds) != 1) Fail("the plugin printed no port line");
    char next = 0;
    if (read(fd, &next, 1) != 1) Fail("the plugin ended before its port line");
    if (next == '\n') return line;
    line.push_back(next);
  }
}

}  // namespace

void Fail(const std::string& message) {
  std::fprintf(stderr, "palisade_bench: %s\n", message.c_str());
  std::exit(1);
}

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

PluginProcess::PluginProcess(const std::vector<std::string>& command,
                             const std::string& engine_address) {
  std::vector<std::string> words = command;
  words.push_back(engine_address);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) Fail("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  started_ = Clock::now();
  if (posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) {
    Fail("cannot run " + command.front());
  }
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  stdin_ = in[1];
  stdout_ = out[0];
  const std::string line = ReadLine(stdout_);
  port_milliseconds_ = MillisecondsSince(started_);
  port_ = std::atoi(line.c_str());
  if (port_ <= 0) Fail("the plugin's first line is no port: " + line);
}

PluginProcess::~PluginProcess() { Stop(); }

double PluginProcess::Stop() {
  if (pid_ < 0) return 0;
  kill(pid_, SIGINT);
  rusage usage{};
  int status = 0;
  const Clock::time_point start = Clock::now();
  while (wait4(pid_, &status, WNOHANG, &usage) == 0) {
    if (MillisecondsSince(start) > kStopLimitMilliseconds) {
      kill(pid_, SIGKILL);
      Fail("the plugin did not end within 5 s of SIGINT");
    }
    usleep(1000);
  }
  pid_ = -1;
  close(stdin_);
  close(stdout_);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) Fail("the plugin did not end with status 0");
  return Microseconds(usage.ru_utime) + Microseconds(usage.ru_stime);
}

double PluginProcess::CpuMicroseconds() const {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &time) != 0) {
    Fail("no CPU clock of the plugin");
  }
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double PluginProcess::StatusMegabytes(const std::string& field) const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  std::string word;
  while (status >> word) {
    if (word != field) continue;
    double kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024 / 1e6;
  }
  Fail("no " + field + " in /proc");
}

}  // namespace palisade::bench

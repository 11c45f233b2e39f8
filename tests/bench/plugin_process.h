#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace palisade::bench {

using Clock = std::chrono::steady_clock;

double MillisecondsSince(Clock::time_point start);

/// The plugin as the engine runs it: the engine's address as the last argument, a pipe for stdin
/// that stays open, the port as the first line of stdout. Any failure ends the bench with a
/// message.
class PluginProcess {
 public:
  /// `command` is the program with what comes before it, such as `chroot DIR PROGRAM`.
  PluginProcess(const std::vector<std::string>& command, const std::string& engine_address);
  ~PluginProcess();
  PluginProcess(const PluginProcess&) = delete;
  PluginProcess& operator=(const PluginProcess&) = delete;

  int port() const { return port_; }
  Clock::time_point started() const { return started_; }
  /// Milliseconds from before the fork to the complete port line.
  double port_milliseconds() const { return port_milliseconds_; }

  /// Fields of /proc/PID/status, which are in KiB, as MB (10^6 bytes).
  double ResidentMegabytes() const { return StatusMegabytes("VmRSS:"); }
  double PeakMegabytes() const { return StatusMegabytes("VmHWM:"); }

  /// The process's CPU time so far, to the nanosecond; /proc has it in steps of 10 ms only.
  double CpuMicroseconds() const;

  /// SIGINT, as the engine ends a plugin; waits, and returns the process's whole CPU time in
  /// microseconds.
  double Stop();

 private:
  double StatusMegabytes(const std::string& field) const;

  pid_t pid_ = -1;
  int stdin_ = -1;
  int stdout_ = -1;
  int port_ = 0;
  Clock::time_point started_;
  double port_milliseconds_ = 0;
};

[[noreturn]] void Fail(const std::string& message);

}  // namespace palisade::bench

#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace palisade::rpc {

/// Notices that the engine which started this process is gone, so that no orphan stays behind: asks
/// its health service every `interval`, and at once and then every `hurried` after stdin has
/// ended, whose other end the engine holds open. A prior parent-death signal would not do: it fires
/// when the engine's thread ends.
class EngineWatch {
 public:
  struct Options {
    std::string target;
    int stdin_fd = 0;  ///< watched only if it is a pipe or a socket
    std::chrono::milliseconds interval{std::chrono::minutes(5)};
    std::chrono::milliseconds hurried{1000};
  };

  /// `gone` is called at most once, on the watch's thread.
  EngineWatch(Options options, std::function<void()> gone);
  ~EngineWatch();
  EngineWatch(const EngineWatch&) = delete;
  EngineWatch& operator=(const EngineWatch&) = delete;

 private:
  void Run();

  const Options options_;
  const std::function<void()> gone_;
  int stop_pipe_[2] = {-1, -1};
  std::thread thread_;  // last: it uses all of the above
};

/// Whether someone answers there. An engine without a health service counts, and so does a slow
/// one.
bool IsAlive(const std::shared_ptr<grpc::Channel>& channel, std::chrono::milliseconds patience);

}  // namespace palisade::rpc

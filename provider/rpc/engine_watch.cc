#include "provider/rpc/engine_watch.h"

#include <fcntl.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "provider/rpc/channel.h"

namespace palisade::rpc {
namespace {

using std::chrono::milliseconds;

bool IsPipe(int fd) {
  struct stat info = {};
  return fstat(fd, &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

// Consumes what there is; true at the end of the file.
bool Ended(int fd) {
  char ignored[256];
  const ssize_t count = read(fd, ignored, sizeof ignored);
  return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
}

}  // namespace

bool IsAlive(const std::shared_ptr<grpc::Channel>& channel, milliseconds patience) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + patience);
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const grpc::ByteBuffer request;  // an empty HealthCheckRequest: the whole server
  const auto call =
      stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", request, &queue);
  call->StartCall();
  grpc::ByteBuffer response;
  grpc::Status status;
  call->Finish(&response, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return status.error_code() != grpc::UNAVAILABLE;
}

EngineWatch::EngineWatch(Options options, std::function<void()> gone)
    : options_(std::move(options)), gone_(std::move(gone)) {
  if (pipe2(stop_pipe_, O_CLOEXEC) != 0) return;
  thread_ = std::thread([this] { Run(); });
}

EngineWatch::~EngineWatch() {
  if (!thread_.joinable()) return;
  close(stop_pipe_[1]);
  thread_.join();
  close(stop_pipe_[0]);
}

void EngineWatch::Run() {
  const auto channel = OpenChannel(options_.target);
  // poll() skips negative descriptors.
  pollfd watched[2] = {{stop_pipe_[0], POLLIN, 0},
                       {IsPipe(options_.stdin_fd) ? options_.stdin_fd : -1, POLLIN, 0}};
  bool hurry = false;
  while (true) {
    const milliseconds wait = hurry ? options_.hurried : options_.interval;
    const int ready = poll(watched, 2, static_cast<int>(wait.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || watched[0].revents != 0) return;
    if (watched[1].revents != 0) {
      if (!Ended(watched[1].fd)) continue;
      watched[1].fd = -1;
      hurry = true;
    }
    if (!IsAlive(channel, milliseconds(5000))) {
      gone_();
      return;
    }
  }
}

}  // namespace palisade::rpc

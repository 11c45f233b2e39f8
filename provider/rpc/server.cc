#include "provider/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <future>
#include <mutex>
#include <thread>

#include "provider/base/status.h"
#include "provider/rpc/limits.h"

namespace palisade::rpc {

absl::StatusOr<std::unique_ptr<Server>> Server::Start(grpc::Service& service) {
  static std::once_flag once;
  std::call_once(once, [] {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
  grpc::ServerBuilder builder;
  int port = 0;
  // A literal address: the resolver of a static binary must not be asked.
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.SetMaxSendMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // No ResourceQuota::SetMaxThreads: calls beyond it fail with RESOURCE_EXHAUSTED, and even below.
  auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return base::Error(absl::StatusCode::kUnavailable,
                       "cannot listen on 127.0.0.1: no free port, or loopback is not available");
  }
  return std::unique_ptr<Server>(new Server(std::move(server), port));
}

bool Server::Drain(std::chrono::milliseconds patience, const std::function<void()>& cancel) {
  constexpr std::chrono::milliseconds kStep(50);
  // Shutdown itself waits for handlers without a limit, hence the thread.
  auto drained = std::make_shared<std::promise<void>>();
  auto done = drained->get_future();
  std::thread([this, patience, drained] {
    server_->Shutdown(std::chrono::system_clock::now() + patience);
    server_->Wait();
    drained->set_value();
  }).detach();
  for (auto waited = kStep; waited <= patience; waited += kStep) {
    cancel();
    if (done.wait_for(kStep) == std::future_status::ready) return true;
  }
  return false;
}

}  // namespace palisade::rpc

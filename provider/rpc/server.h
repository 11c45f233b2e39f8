#pragma once

#include <grpcpp/server.h>

#include <chrono>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"

namespace palisade::rpc {

/// The gRPC server on a free port of 127.0.0.1, with health and reflection.
class Server {
 public:
  /// Serving when it returns; `service` outlives the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(grpc::Service& service);

  int port() const { return port_; }

  /// Takes no new calls and waits for those under way, calling `cancel` now and again so that the
  /// ones that had just begun end too. False if some handler is still running after `patience`:
  /// then the process has to end without it.
  bool Drain(std::chrono::milliseconds patience, const std::function<void()>& cancel);

 private:
  Server(std::unique_ptr<grpc::Server> server, int port)
      : server_(std::move(server)), port_(port) {}

  const std::unique_ptr<grpc::Server> server_;
  const int port_;
};

}  // namespace palisade::rpc

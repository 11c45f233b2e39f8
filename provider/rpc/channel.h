#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace palisade::rpc {

/// gRPC's target for `address` ("127.0.0.1:4321", "[::1]:4321", "localhost:4321", optionally after
/// "http://" or "grpc://"), or nullopt when it is no host and port. Literal addresses are passed so
/// that no resolver is asked: a static binary must not call the C library's.
std::optional<std::string> ToTarget(std::string_view address);

/// A plaintext channel with the engine's message limits that no proxy of the environment swallows.
/// Connects at the first call.
std::shared_ptr<grpc::Channel> OpenChannel(const std::string& target);

}  // namespace palisade::rpc

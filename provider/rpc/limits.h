#pragma once

namespace palisade::rpc {

/// What the engine sends and receives at most; gRPC's own limit for receiving is 4 MiB.
inline constexpr int kMaxMessageBytes = 400 << 20;

}  // namespace palisade::rpc

#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "provider/base/clock.h"
#include "provider/rpc/trace.h"

namespace palisade::rpc {

/// What every call passes through: nothing that a handler throws gets past it, every status becomes
/// gRPC's, and every answered call may become a span.
class Edge {
 public:
  /// `spans` may be null; both outlive the edge.
  Edge(const base::Clock& clock, SpanSink* spans) : clock_(clock), spans_(spans) {}

  /// `context` may be null. `subject` is an urn, a token or empty.
  grpc::Status Run(const grpc::ServerContext* context, std::string_view method,
                   std::string_view subject, const std::function<absl::Status()>& handler) const;

 private:
  const base::Clock& clock_;
  SpanSink* const spans_;
};

}  // namespace palisade::rpc

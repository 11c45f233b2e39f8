#pragma once

#include <grpcpp/client_context.h>
#include <opentelemetry/proto/collector/trace/v1/trace_service.grpc.pb.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "provider/base/random.h"
#include "provider/rpc/trace.h"

namespace palisade::rpc {

/// Sends spans to an OpenTelemetry collector over gRPC, in batches and from a thread of its own, so
/// that no call waits for it. Spans whose caller was not sampled are left out; spans beyond a full
/// queue, and those that a collector does not take, are lost.
class OtlpExporter final : public SpanSink {
 public:
  struct Options {
    std::string target;  ///< gRPC's, as ToTarget makes it
    std::string service_name, service_version;
    std::chrono::milliseconds interval{1000};
    std::chrono::milliseconds last_flush{1000};
  };

  OtlpExporter(Options options, base::Random& random);
  /// Sends what is left, for at most `last_flush`.
  ~OtlpExporter() override;

  void Record(Span span) override;

 private:
  void Run();
  void Send(const std::vector<Span>& batch);

  const Options options_;
  base::Random& random_;
  const std::unique_ptr<opentelemetry::proto::collector::trace::v1::TraceService::Stub> stub_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Span> queue_;
  bool stopping_ = false;
  std::chrono::system_clock::time_point last_deadline_;  ///< once stopping
  grpc::ClientContext* sending_ = nullptr;               ///< the export under way
  std::thread thread_;                                   // last: it uses all of the above
};

}  // namespace palisade::rpc

#pragma once

#include <pulumi/engine.grpc.pb.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "provider/resource/call.h"

namespace palisade::rpc {

/// The engine's Log service. Messages arrive before the answer of the call that sent them, because
/// each is waited for; an engine that does not answer costs a second once and then some
/// milliseconds each. Without an engine, and for messages that it did not take, there is stderr.
class EngineLog final : public resource::Reporter {
 public:
  /// From now on messages go to the engine at `address`; may be called again (attach mode). False
  /// when it is no host and port. Connects with the first message.
  bool Connect(std::string_view address);

  void Log(resource::Severity severity, std::string_view urn, std::string_view message) override;
  void Status(std::string_view urn, std::string_view message) override;

 private:
  bool Send(const pulumirpc::LogRequest& request);

  std::mutex mutex_;
  std::string target_;
  std::shared_ptr<pulumirpc::Engine::Stub> stub_;
  std::atomic<bool> silent_{false};
};

}  // namespace palisade::rpc

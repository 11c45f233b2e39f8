#include "provider/rpc/engine_log.h"

#include <chrono>
#include <cstdio>

#include "provider/base/utf8.h"
#include "provider/rpc/channel.h"

namespace palisade::rpc {
namespace {

using resource::Severity;
using std::chrono::milliseconds;

constexpr milliseconds kPatience(1000), kLittlePatience(100);

// ERROR is left out on purpose: the engine ends the deployment at it.
pulumirpc::LogSeverity ToWire(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return pulumirpc::DEBUG;
    case Severity::kInfo:
      return pulumirpc::INFO;
    case Severity::kWarning:
      break;
  }
  return pulumirpc::WARNING;
}

}  // namespace

bool EngineLog::Connect(std::string_view address) {
  const auto target = ToTarget(address);
  if (!target) return false;
  std::lock_guard lock(mutex_);
  if (target_ == *target) return true;
  target_ = *target;
  stub_ = pulumirpc::Engine::NewStub(OpenChannel(*target));
  silent_ = false;
  return true;
}

void EngineLog::Log(Severity severity, std::string_view urn, std::string_view message) {
  pulumirpc::LogRequest request;
  request.set_severity(ToWire(severity));
  request.set_urn(base::ToUtf8(urn));
  request.set_message(base::ToUtf8(message));
  if (Send(request)) return;
  std::fprintf(stderr, "%s%s%s\n", request.urn().c_str(), urn.empty() ? "" : ": ",
               request.message().c_str());
}

void EngineLog::Status(std::string_view urn, std::string_view message) {
  pulumirpc::LogRequest request;
  request.set_severity(pulumirpc::INFO);
  request.set_urn(base::ToUtf8(urn));
  request.set_message(base::ToUtf8(message));
  request.set_ephemeral(true);
  Send(request);
}

bool EngineLog::Send(const pulumirpc::LogRequest& request) {
  std::shared_ptr<pulumirpc::Engine::Stub> stub;
  {
    std::lock_guard lock(mutex_);
    stub = stub_;
  }
  if (!stub) return false;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + (silent_ ? kLittlePatience : kPatience));
  google::protobuf::Empty answer;
  const grpc::Status status = stub->Log(&context, request, &answer);
  silent_ = !status.ok();
  return status.ok();
}

}  // namespace palisade::rpc

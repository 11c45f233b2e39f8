#pragma once

#include <pulumi/provider.grpc.pb.h>

#include <atomic>

#include "provider/lifecycle/provider.h"
#include "provider/rpc/edge.h"
#include "provider/rpc/engine_log.h"
#include "provider/rpc/struct_codec.h"

namespace palisade::rpc {

/// The protocol's service in front of a provider: decodes requests, encodes answers, decides
/// nothing. Thread-safe.
class Service final : public pulumirpc::ResourceProvider::Service {
 public:
  /// All of them outlive the service.
  Service(lifecycle::Provider& provider, EngineLog& engine, const Edge& edge)
      : provider_(provider), engine_(engine), edge_(edge) {}

  using Context = grpc::ServerContext;
  using Empty = google::protobuf::Empty;

  // service_plugin.cc
  grpc::Status Handshake(Context*, const pulumirpc::ProviderHandshakeRequest*,
                         pulumirpc::ProviderHandshakeResponse*) override;
  grpc::Status Attach(Context*, const pulumirpc::PluginAttach*, Empty*) override;
  grpc::Status GetPluginInfo(Context*, const Empty*, pulumirpc::PluginInfo*) override;
  grpc::Status GetSchema(Context*, const pulumirpc::GetSchemaRequest*,
                         pulumirpc::GetSchemaResponse*) override;
  grpc::Status GetMapping(Context*, const pulumirpc::GetMappingRequest*,
                          pulumirpc::GetMappingResponse*) override;
  grpc::Status GetMappings(Context*, const pulumirpc::GetMappingsRequest*,
                           pulumirpc::GetMappingsResponse*) override;
  grpc::Status Cancel(Context*, const Empty*, Empty*) override;

  // service_config.cc
  grpc::Status CheckConfig(Context*, const pulumirpc::CheckRequest*,
                           pulumirpc::CheckResponse*) override;
  grpc::Status DiffConfig(Context*, const pulumirpc::DiffRequest*,
                          pulumirpc::DiffResponse*) override;
  grpc::Status Configure(Context*, const pulumirpc::ConfigureRequest*,
                         pulumirpc::ConfigureResponse*) override;

  // service_plan.cc
  grpc::Status Check(Context*, const pulumirpc::CheckRequest*, pulumirpc::CheckResponse*) override;
  grpc::Status Diff(Context*, const pulumirpc::DiffRequest*, pulumirpc::DiffResponse*) override;

  // service_state.cc
  grpc::Status Create(Context*, const pulumirpc::CreateRequest*,
                      pulumirpc::CreateResponse*) override;
  grpc::Status Read(Context*, const pulumirpc::ReadRequest*, pulumirpc::ReadResponse*) override;
  grpc::Status Update(Context*, const pulumirpc::UpdateRequest*,
                      pulumirpc::UpdateResponse*) override;
  grpc::Status Delete(Context*, const pulumirpc::DeleteRequest*, Empty*) override;

  // service_list.cc
  grpc::Status List(Context*, const pulumirpc::ListRequest*,
                    grpc::ServerWriter<pulumirpc::ListResponse>*) override;

  // service_invoke.cc
  grpc::Status Invoke(Context*, const pulumirpc::InvokeRequest*,
                      pulumirpc::InvokeResponse*) override;

  // service_unimplemented.cc
  grpc::Status Parameterize(Context*, const pulumirpc::ParameterizeRequest*,
                            pulumirpc::ParameterizeResponse*) override;
  grpc::Status Call(Context*, const pulumirpc::CallRequest*, pulumirpc::CallResponse*) override;
  grpc::Status Construct(Context*, const pulumirpc::ConstructRequest*,
                         pulumirpc::ConstructResponse*) override;

 private:
  /// For an answer that may (a plan) or may not (a fact) hold unknowns.
  EncodeOptions Encoding(bool plan) const {
    return {.byte_strings = engine_takes_bytes_, .outputs = false, .unknowns = plan};
  }

  lifecycle::Provider& provider_;
  EngineLog& engine_;
  const Edge& edge_;
  /// As the last handshake said.
  std::atomic<bool> engine_takes_bytes_{false};
};

}  // namespace palisade::rpc

// The plugin itself: who it is, what it can do, who its engine is.

#include <string>

#include "provider/base/status.h"
#include "provider/rpc/service.h"

namespace palisade::rpc {

grpc::Status Service::Handshake(Context* context,
                                const pulumirpc::ProviderHandshakeRequest* request,
                                pulumirpc::ProviderHandshakeResponse* response) {
  return edge_.Run(context, "Handshake", "", [&] {
    // Absent when the engine attached; the address then comes with Attach.
    if (!request->engine_address().empty() && !engine_.Connect(request->engine_address())) {
      return base::InvalidArgument("engine_address: expected host:port, found \"" +
                                   request->engine_address().substr(0, 200) + "\"");
    }
    engine_takes_bytes_ = request->accepts_byte_string();
    // Configure's answer says the same.
    response->set_accept_secrets(true);
    response->set_accept_resources(true);
    response->set_accept_outputs(true);
    response->set_supports_autonaming_configuration(true);
    response->set_accepts_byte_string(true);
    return absl::OkStatus();
  });
}

grpc::Status Service::Attach(Context* context, const pulumirpc::PluginAttach* request, Empty*) {
  return edge_.Run(context, "Attach", "", [&] {
    if (engine_.Connect(request->address())) return absl::OkStatus();
    return base::InvalidArgument("address: expected the engine's host:port, found \"" +
                                 request->address().substr(0, 200) + "\"");
  });
}

grpc::Status Service::GetPluginInfo(Context* context, const Empty*,
                                    pulumirpc::PluginInfo* response) {
  return edge_.Run(context, "GetPluginInfo", "", [&] {
    response->set_version(std::string(provider_.package().version()));
    return absl::OkStatus();
  });
}

grpc::Status Service::GetSchema(Context* context, const pulumirpc::GetSchemaRequest* request,
                                pulumirpc::GetSchemaResponse* response) {
  return edge_.Run(context, "GetSchema", "", [&] {
    if (request->version() != 0) {
      return base::InvalidArgument(
          "version: expected 0, the only version of the schema language; "
          "found " +
          std::to_string(request->version()));
    }
    if (!request->subpackage_name().empty() || !request->subpackage_version().empty()) {
      return base::InvalidArgument("subpackage_name: the package " +
                                   std::string(provider_.package().name()) +
                                   " is not parameterized, so it has no subpackages");
    }
    response->set_schema(std::string(provider_.package().published()));
    return absl::OkStatus();
  });
}

// There is no program of another tool that could be converted to these types.
grpc::Status Service::GetMapping(Context* context, const pulumirpc::GetMappingRequest*,
                                 pulumirpc::GetMappingResponse*) {
  return edge_.Run(context, "GetMapping", "", [] { return absl::OkStatus(); });
}

grpc::Status Service::GetMappings(Context* context, const pulumirpc::GetMappingsRequest*,
                                  pulumirpc::GetMappingsResponse*) {
  return edge_.Run(context, "GetMappings", "", [] { return absl::OkStatus(); });
}

// Comes at every normal close too, and must be answered at once: nothing is waited for here.
grpc::Status Service::Cancel(Context* context, const Empty*, Empty*) {
  return edge_.Run(context, "Cancel", "", [&] {
    provider_.Cancel();
    return absl::OkStatus();
  });
}

}  // namespace palisade::rpc

// What a provider of custom resources alone does not have.

#include "provider/base/status.h"
#include "provider/rpc/service.h"

namespace palisade::rpc {

grpc::Status Service::Parameterize(Context* context, const pulumirpc::ParameterizeRequest*,
                                   pulumirpc::ParameterizeResponse*) {
  return edge_.Run(context, "Parameterize", "", [&] {
    return base::Unimplemented("the package " + std::string(provider_.package().name()) +
                               " takes no parameters: all of its types are in its own schema");
  });
}

grpc::Status Service::Call(Context* context, const pulumirpc::CallRequest* request,
                           pulumirpc::CallResponse*) {
  return edge_.Run(context, "Call", request->tok(), [&] {
    return base::Unimplemented("the package " + std::string(provider_.package().name()) +
                               " has no resource methods; its functions are invoked instead");
  });
}

grpc::Status Service::Construct(Context* context, const pulumirpc::ConstructRequest* request,
                                pulumirpc::ConstructResponse*) {
  return edge_.Run(context, "Construct", request->type(), [&] {
    return base::Unimplemented("the package " + std::string(provider_.package().name()) +
                               " has no component resources, only custom ones");
  });
}

}  // namespace palisade::rpc

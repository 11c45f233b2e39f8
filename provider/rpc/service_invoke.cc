// Functions.

#include "provider/base/status.h"
#include "provider/rpc/check_codec.h"
#include "provider/rpc/service.h"

namespace palisade::rpc {

grpc::Status Service::Invoke(Context* context, const pulumirpc::InvokeRequest* request,
                             pulumirpc::InvokeResponse* response) {
  return edge_.Run(context, "Invoke", request->tok(), [&]() -> absl::Status {
    if (request->tok().empty()) {
      return base::InvalidArgument("tok: it is empty; expected the function's token, such as " +
                                   std::string(provider_.package().name()) +
                                   ":<module>:<function>");
    }
    PALISADE_ASSIGN_OR_RETURN(const auto args, Decode(request->args(), "args"));
    PALISADE_ASSIGN_OR_RETURN(const auto result,
                              provider_.Invoke(request->tok(), args, request->preview()));
    EncodeFailures(result.failures, response->mutable_failures());
    if (result.failures.empty()) {
      Encode(result.result, Encoding(false), response->mutable_return_());
    }
    return absl::OkStatus();
  });
}

}  // namespace palisade::rpc

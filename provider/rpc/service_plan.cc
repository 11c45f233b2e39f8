// What a deployment asks before it does anything.

#include "provider/base/status.h"
#include "provider/rpc/check_codec.h"
#include "provider/rpc/diff_codec.h"
#include "provider/rpc/requests.h"
#include "provider/rpc/service.h"
#include "provider/rpc/urn.h"

namespace palisade::rpc {

grpc::Status Service::Check(Context* context, const pulumirpc::CheckRequest* request,
                            pulumirpc::CheckResponse* response) {
  return edge_.Run(context, "Check", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(auto subject,
                              ToSubject(request->urn(), request->name(), request->type()));
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToCheckInput(*request, std::move(subject)));
    PALISADE_ASSIGN_OR_RETURN(const auto result, provider_.Check(input));
    EncodeCheck(result, Encoding(true), response);
    return absl::OkStatus();
  });
}

grpc::Status Service::Diff(Context* context, const pulumirpc::DiffRequest* request,
                           pulumirpc::DiffResponse* response) {
  return edge_.Run(context, "Diff", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(auto subject,
                              ToSubject(request->urn(), request->name(), request->type()));
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToDiffInput(*request, std::move(subject)));
    PALISADE_ASSIGN_OR_RETURN(const auto result, provider_.Diff(input));
    EncodeDiff(result, response);
    return absl::OkStatus();
  });
}

}  // namespace palisade::rpc

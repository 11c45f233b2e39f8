// What makes, reads, changes and removes objects.

#include "provider/base/status.h"
#include "provider/base/utf8.h"
#include "provider/rpc/requests.h"
#include "provider/rpc/service.h"
#include "provider/rpc/status_codec.h"

namespace palisade::rpc {

grpc::Status Service::Create(Context* context, const pulumirpc::CreateRequest* request,
                             pulumirpc::CreateResponse* response) {
  return edge_.Run(context, "Create", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToCreateInput(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto outcome, provider_.Create(input));
    const EncodeOptions encoding = Encoding(input.preview);
    if (!outcome.init_failures.empty()) return InitFailed(outcome, encoding);
    response->set_id(base::ToUtf8(outcome.id));
    Encode(outcome.properties, encoding, response->mutable_properties());
    response->set_refresh_before_update(outcome.refresh_before_update);
    return absl::OkStatus();
  });
}

grpc::Status Service::Read(Context* context, const pulumirpc::ReadRequest* request,
                           pulumirpc::ReadResponse* response) {
  return edge_.Run(context, "Read", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToReadInput(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto outcome, provider_.Read(input));
    const EncodeOptions encoding = Encoding(false);
    if (!outcome.init_failures.empty()) return InitFailed(outcome, encoding);
    // The empty id says that the object is gone; bags would contradict it.
    if (outcome.id.empty()) return absl::OkStatus();
    response->set_id(base::ToUtf8(outcome.id));
    Encode(outcome.properties, encoding, response->mutable_properties());
    if (outcome.inputs) Encode(*outcome.inputs, encoding, response->mutable_inputs());
    response->set_refresh_before_update(outcome.refresh_before_update);
    return absl::OkStatus();
  });
}

grpc::Status Service::Update(Context* context, const pulumirpc::UpdateRequest* request,
                             pulumirpc::UpdateResponse* response) {
  return edge_.Run(context, "Update", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToUpdateInput(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto outcome, provider_.Update(input));
    const EncodeOptions encoding = Encoding(input.preview);
    if (!outcome.init_failures.empty()) return InitFailed(outcome, encoding);
    Encode(outcome.properties, encoding, response->mutable_properties());
    response->set_refresh_before_update(outcome.refresh_before_update);
    return absl::OkStatus();
  });
}

grpc::Status Service::Delete(Context* context, const pulumirpc::DeleteRequest* request, Empty*) {
  return edge_.Run(context, "Delete", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToDeleteInput(*request));
    return provider_.Delete(input);
  });
}

}  // namespace palisade::rpc

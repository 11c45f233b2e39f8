// The provider's own configuration.

#include "provider/base/status.h"
#include "provider/rpc/check_codec.h"
#include "provider/rpc/diff_codec.h"
#include "provider/rpc/requests.h"
#include "provider/rpc/service.h"
#include "provider/rpc/status_codec.h"
#include "provider/rpc/urn.h"

namespace palisade::rpc {
namespace {

// Unlike a resource's calls, these have one subject only, so that an engine may leave it out.
template <typename Request>
absl::StatusOr<lifecycle::Subject> ProviderSubject(const Request& request) {
  if (request.urn().empty() && request.type().empty()) return lifecycle::Subject{};
  return ToSubject(request.urn(), request.name(), request.type());
}

}  // namespace

grpc::Status Service::CheckConfig(Context* context, const pulumirpc::CheckRequest* request,
                                  pulumirpc::CheckResponse* response) {
  return edge_.Run(context, "CheckConfig", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(auto subject, ProviderSubject(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToCheckInput(*request, std::move(subject)));
    PALISADE_ASSIGN_OR_RETURN(const auto result, provider_.CheckConfig(input));
    EncodeCheck(result, Encoding(true), response);
    return absl::OkStatus();
  });
}

grpc::Status Service::DiffConfig(Context* context, const pulumirpc::DiffRequest* request,
                                 pulumirpc::DiffResponse* response) {
  return edge_.Run(context, "DiffConfig", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(auto subject, ProviderSubject(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToDiffInput(*request, std::move(subject)));
    PALISADE_ASSIGN_OR_RETURN(const auto result, provider_.DiffConfig(input));
    EncodeDiff(result, response);
    return absl::OkStatus();
  });
}

grpc::Status Service::Configure(Context* context, const pulumirpc::ConfigureRequest* request,
                                pulumirpc::ConfigureResponse* response) {
  return edge_.Run(context, "Configure", request->urn(), [&]() -> absl::Status {
    PALISADE_ASSIGN_OR_RETURN(const auto input, ToConfigureInput(*request));
    PALISADE_ASSIGN_OR_RETURN(const auto result, provider_.Configure(input));
    if (!result.missing.empty()) return MissingKeys(result.missing);
    // The handshake says the same.
    response->set_acceptsecrets(true);
    response->set_supportspreview(true);
    response->set_acceptresources(true);
    response->set_acceptoutputs(true);
    response->set_supports_autonaming_configuration(true);
    return absl::OkStatus();
  });
}

}  // namespace palisade::rpc

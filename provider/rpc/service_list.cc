// `pulumi do <type> list`.

#include "provider/base/status.h"
#include "provider/base/utf8.h"
#include "provider/rpc/service.h"
#include "provider/value/transform.h"

namespace palisade::rpc {

grpc::Status Service::List(Context* context, const pulumirpc::ListRequest* request,
                           grpc::ServerWriter<pulumirpc::ListResponse>* writer) {
  return edge_.Run(context, "List", request->token(), [&]() -> absl::Status {
    if (request->token().empty()) {
      return base::InvalidArgument("token: it is empty; expected the type to list, such as " +
                                   std::string(provider_.package().name()) + ":<module>:<Type>");
    }
    lifecycle::ListInput input;
    input.token = request->token();
    PALISADE_ASSIGN_OR_RETURN(input.query, Decode(request->query(), "query"));
    input.limit = request->limit();
    input.page_size = request->page_size();
    input.continuation = request->continuation_token();
    pulumirpc::ListResponse response;
    if (value::ContainsUnknown(input.query)) {
      PALISADE_RETURN_IF_ERROR(provider_.NeedType(input.token));
      response.mutable_computed();
      writer->Write(response);
      return absl::OkStatus();
    }
    const auto emit = [&](const resource::ListPage::Item& item) {
      response.mutable_result()->set_id(base::ToUtf8(item.id));
      response.mutable_result()->set_name(base::ToUtf8(item.name));
      return writer->Write(response);
    };
    PALISADE_ASSIGN_OR_RETURN(const std::string continuation, provider_.List(input, emit));
    if (!continuation.empty()) {
      response.mutable_continuation()->set_continuation_token(base::ToUtf8(continuation));
      writer->Write(response);
    }
    return absl::OkStatus();
  });
}

}  // namespace palisade::rpc

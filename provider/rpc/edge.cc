#include "provider/rpc/edge.h"

#include <exception>
#include <new>
#include <string>

#include "provider/base/status.h"
#include "provider/rpc/status_codec.h"
#include "provider/rpc/urn.h"

namespace palisade::rpc {
namespace {

absl::Status Guarded(std::string_view method, const std::function<absl::Status()>& handler) {
  const auto bug = [method](std::string_view what) {
    return base::Internal(std::string(method) + " failed unexpectedly: " + std::string(what) +
                          "; this is a bug in the provider, please report it");
  };
  try {
    return handler();
  } catch (const std::bad_alloc&) {
    return base::Internal(std::string(method) + " ran out of memory");
  } catch (const std::exception& error) {
    return bug(error.what());
  } catch (...) {
    return bug("something that is no exception was thrown");
  }
}

std::string_view Header(const grpc::ServerContext& context, grpc::string_ref name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

}  // namespace

grpc::Status Edge::Run(const grpc::ServerContext* context, std::string_view method,
                       std::string_view subject,
                       const std::function<absl::Status()>& handler) const {
  if (spans_ == nullptr) return ToGrpc(Guarded(method, handler));
  Span span;
  span.start = clock_.Now();
  const grpc::Status status = ToGrpc(Guarded(method, handler));
  span.end = clock_.Now();
  span.method = method;
  const auto urn = ParseUrn(subject);
  span.resource_type = urn ? urn->type : std::string(subject);
  if (context != nullptr) {
    span.parent = ParseTraceParent(Header(*context, "traceparent"), Header(*context, "tracestate"));
  }
  span.code = status.error_code();
  span.message = status.error_message();
  spans_->Record(std::move(span));
  return status;
}

}  // namespace palisade::rpc

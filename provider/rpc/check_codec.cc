#include "provider/rpc/check_codec.h"

#include "provider/base/utf8.h"

namespace palisade::rpc {

void EncodeFailures(const std::vector<lifecycle::CheckFailure>& failures,
                    google::protobuf::RepeatedPtrField<pulumirpc::CheckFailure>* wire) {
  for (const lifecycle::CheckFailure& failure : failures) {
    auto& entry = *wire->Add();
    entry.set_property(base::ToUtf8(failure.property));
    entry.set_reason(base::ToUtf8(failure.reason));
  }
}

void EncodeCheck(const lifecycle::CheckResult& result, const EncodeOptions& options,
                 pulumirpc::CheckResponse* response) {
  Encode(result.inputs, options, response->mutable_inputs());
  EncodeFailures(result.failures, response->mutable_failures());
}

}  // namespace palisade::rpc

#pragma once

#include <pulumi/provider.pb.h>

#include <vector>

#include "provider/lifecycle/provider.h"
#include "provider/rpc/struct_codec.h"

namespace palisade::rpc {

/// Appends `failures`, as valid UTF-8.
void EncodeFailures(const std::vector<lifecycle::CheckFailure>& failures,
                    google::protobuf::RepeatedPtrField<pulumirpc::CheckFailure>* wire);

void EncodeCheck(const lifecycle::CheckResult& result, const EncodeOptions& options,
                 pulumirpc::CheckResponse* response);

}  // namespace palisade::rpc

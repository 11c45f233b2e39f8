#pragma once

#include <pulumi/provider.pb.h>

#include <chrono>
#include <optional>

#include "absl/status/statusor.h"
#include "provider/lifecycle/provider.h"

namespace palisade::rpc {

/// nullopt when the request has no such bag, which is not the same as an empty one.
absl::StatusOr<std::optional<value::PropertyMap>> DecodeOptional(
    bool present, const google::protobuf::Struct& wire, std::string_view field);

/// Zero is "the provider's own"; INVALID_ARGUMENT for negative and NaN. Anything above a century
/// is a century.
absl::StatusOr<std::chrono::milliseconds> ToTimeout(double seconds);

/// INVALID_ARGUMENT when it is empty, naming the call that needs it.
absl::Status NeedId(const std::string& id, std::string_view call);

// What lifecycle takes, from what the wire brings.
absl::StatusOr<lifecycle::CheckInput> ToCheckInput(const pulumirpc::CheckRequest& request,
                                                   lifecycle::Subject subject);
absl::StatusOr<lifecycle::DiffInput> ToDiffInput(const pulumirpc::DiffRequest& request,
                                                 lifecycle::Subject subject);
absl::StatusOr<lifecycle::ConfigureInput> ToConfigureInput(
    const pulumirpc::ConfigureRequest& request);
absl::StatusOr<lifecycle::CreateInput> ToCreateInput(const pulumirpc::CreateRequest& request);
absl::StatusOr<lifecycle::ReadInput> ToReadInput(const pulumirpc::ReadRequest& request);
absl::StatusOr<lifecycle::UpdateInput> ToUpdateInput(const pulumirpc::UpdateRequest& request);
absl::StatusOr<lifecycle::DeleteInput> ToDeleteInput(const pulumirpc::DeleteRequest& request);

}  // namespace palisade::rpc

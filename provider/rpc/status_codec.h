#pragma once

#include <grpcpp/support/status.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "provider/lifecycle/provider.h"
#include "provider/rpc/struct_codec.h"

namespace palisade::rpc {

/// The same code and message, valid UTF-8 and short enough for a trailer. Payloads whose URL begins
/// with "type.googleapis.com/" travel as details of a google.rpc.Status, where the engine looks.
grpc::Status ToGrpc(const absl::Status& status);

/// A creation, update or read that left an object which exists but is not finished: the engine
/// stores id and properties, and the next `up` calls Update to finish it.
absl::Status InitFailed(const lifecycle::Outcome& outcome, const EncodeOptions& options);

/// The error of a Configure call that lacks keys, which the CLI turns into `pulumi config set`.
absl::Status MissingKeys(const std::vector<lifecycle::MissingKey>& missing);

}  // namespace palisade::rpc

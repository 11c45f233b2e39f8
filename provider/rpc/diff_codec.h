#pragma once

#include <pulumi/provider.pb.h>

#include "provider/lifecycle/provider.h"

namespace palisade::rpc {

/// Never UNKNOWN: NONE or SOME. Every top-level name in `diffs` has a path in detailedDiff and the
/// other way round, once each; `replaces` holds the top-level names of the paths that replace. A
/// path goes as deep as it can be read.
void EncodeDiff(const lifecycle::DiffResult& result, pulumirpc::DiffResponse* response);

}  // namespace palisade::rpc

#pragma once

#include "provider/lifecycle/registry.h"
#include "provider/schema/package.h"

namespace palisade::rpc {

/// The whole process of a resource plugin: answers --version, --help and `schema`, or serves until
/// the engine ends it with SIGINT or is gone. Returns the exit code. To be called once, before any
/// thread was started.
int Main(int argc, char** argv, const schema::Embedded& embedded, lifecycle::Registry registry);

}  // namespace palisade::rpc

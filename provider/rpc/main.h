#pragma once

#include <functional>

#include "provider/lifecycle/registry.h"
#include "provider/resource/call.h"
#include "provider/schema/package.h"

namespace palisade::rpc {

/// What handlers may tell, and whether details of each request are wanted.
struct Telling {
  resource::Reporter& log;
  bool verbose = false;
};

/// The whole process of a resource plugin: answers --version, --help and `schema`, or makes the
/// registry by `make` and serves until the engine ends it with SIGINT or is gone. Returns the exit
/// code. To be called once, before any thread was started. `Telling::log` outlives the registry and
/// what it owns (Registry::Own), and nothing else: who tells from a thread of its own is to be
/// owned.
int Main(int argc, char** argv, const schema::Embedded& embedded,
         const std::function<lifecycle::Registry(const Telling&)>& make);

}  // namespace palisade::rpc

// The test package as a plugin: the provider's own rooms with handlers that need no cloud.

#include "provider/rpc/main.h"

#include "package.h"
#include "tests/behaviour/handlers.h"

int main(int argc, char** argv) {
  palisade::lifecycle::Registry registry;
  registry.Add(palisade::behaviour::Resources());
  registry.Add(palisade::behaviour::Functions());
  return palisade::rpc::Main(argc, argv, palisade::BehaviourPackage(),
                             [&](const palisade::rpc::Telling&) { return std::move(registry); });
}

#include "provider/registry.h"

#include <string>

#include "provider/clouds/aws/table.h"
#include "provider/tls/resources/settings.h"
#include "provider/tls/resources/table.h"

namespace palisade {

World::World(const Services& services)
    : transport_(services.transport),
      aws_({services.transport, services.clock, services.random, services.environment,
            "palisade/" + std::string(services.version), /*keep_markers=*/true, services.verbose}) {
}

lifecycle::Registry MakeRegistry(World& world) {
  lifecycle::Registry registry;
  registry.Add(tls::ResourceRows());
  registry.Add(tls::MakeFunctions(world.transport()));
  registry.Add(aws::MakeResources(world.aws()));
  registry.Add(aws::MakeFunctions(world.aws()));
  registry.OnCheckConfig(tls::CheckSettings);
  registry.OnCancel([&world] { world.aws().Close(); });
  return registry;
}

}  // namespace palisade

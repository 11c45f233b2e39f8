#include "provider/registry.h"

#include "provider/tls/resources/table.h"

namespace palisade {

lifecycle::Registry MakeRegistry() {
  lifecycle::Registry registry;
  registry.Add(tls::ResourceRows());
  registry.Add(tls::FunctionRows());
  return registry;
}

}  // namespace palisade

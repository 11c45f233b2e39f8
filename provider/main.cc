#include "provider/rpc/main.h"

#include <functional>
#include <memory>
#include <string>

#include "package.h"
#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/http/curl_transport.h"
#include "provider/registry.h"

namespace palisade {
namespace {

/// Has threads of its own (libcurl's, those that fetch credentials), which tell what they do.
struct Whole {
  explicit Whole(const rpc::Telling& telling)
      : transport({base::SystemClock(), base::SystemEnvironment, DebugOf(telling)}),
        world({transport, base::SystemClock(), base::SystemRandom(), base::SystemEnvironment,
               PalisadePackage().version, telling.verbose}) {}

  static std::function<void(const std::string&)> DebugOf(const rpc::Telling& telling) {
    if (!telling.verbose) return nullptr;
    return [&log = telling.log](const std::string& line) {
      log.Log(resource::Severity::kDebug, "", line);
    };
  }

  http::CurlTransport transport;
  World world;
};

lifecycle::Registry Make(const rpc::Telling& telling) {
  const auto whole = std::make_shared<Whole>(telling);
  lifecycle::Registry registry = MakeRegistry(whole->world);
  registry.Own(whole);
  return registry;
}

}  // namespace
}  // namespace palisade

int main(int argc, char** argv) {
  return palisade::rpc::Main(argc, argv, palisade::PalisadePackage(), palisade::Make);
}

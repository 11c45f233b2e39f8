#include "provider/rpc/main.h"

#include <optional>

#include "package.h"
#include "provider/base/clock.h"
#include "provider/base/environment.h"
#include "provider/base/random.h"
#include "provider/http/curl_transport.h"
#include "provider/registry.h"

int main(int argc, char** argv) {
  using namespace palisade;  // NOLINT: the composition root joins everything
  const base::Clock& clock = base::SystemClock();
  std::optional<http::CurlTransport> transport;
  std::optional<World> world;
  return rpc::Main(argc, argv, PalisadePackage(), [&](const rpc::Telling& telling) {
    std::function<void(const std::string&)> debug;
    if (telling.verbose) {
      debug = [&log = telling.log](const std::string& line) {
        log.Log(resource::Severity::kDebug, "", line);
      };
    }
    transport.emplace(http::CurlTransport::Options{clock, base::SystemEnvironment, debug});
    world.emplace(World::Services{*transport, clock, base::SystemRandom(), base::SystemEnvironment,
                                  PalisadePackage().version, telling.verbose});
    return MakeRegistry(*world);
  });
}

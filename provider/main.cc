#include "provider/rpc/main.h"

#include <cstdlib>
#include <optional>
#include <string>

#include "package.h"
#include "provider/base/clock.h"
#include "provider/base/random.h"
#include "provider/http/curl_transport.h"
#include "provider/registry.h"

namespace {

std::optional<std::string> Environment(const std::string& name) {
  const char* text = std::getenv(name.c_str());
  if (text == nullptr) return std::nullopt;
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace palisade;  // NOLINT: the composition root joins everything
  const base::Clock& clock = base::SystemClock();
  base::Random& random = base::SystemRandom();
  http::CurlTransport transport({clock, Environment});
  World world({transport, clock, random, Environment, PalisadePackage().version});
  return rpc::Main(argc, argv, PalisadePackage(), MakeRegistry(world));
}

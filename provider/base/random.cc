#include "provider/base/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace palisade::base {
namespace {

class OpensslRandom final : public Random {
 public:
  void Fill(std::span<std::uint8_t> bytes) override {
    // Without entropy no key and no serial number may be made: there is nothing sane to return.
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  }
};

}  // namespace

Random& SystemRandom() {
  static OpensslRandom random;
  return random;
}

}  // namespace palisade::base

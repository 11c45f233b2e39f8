#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {

/// Values with more than one spelling; what counts as the same is the fragment's alone.
std::unique_ptr<const resource::Resource> MakeSame() {
  return std::make_unique<const Stored>("same");
}

}  // namespace palisade::behaviour

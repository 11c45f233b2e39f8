#include "keys/test.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/world.h"

namespace palisade::behaviour {
namespace {

/// How often each verb reached an object: what a preview must not change.
class Counts final : public resource::Function {
 public:
  absl::StatusOr<value::PropertyMap> Invoke(resource::Call&,
                                            const resource::FunctionRequest&) const override {
    value::PropertyMap counts;
    for (const auto& [event, count] : World::Instance().counts()) {
      counts[event] = static_cast<double>(count);
    }
    return value::PropertyMap{{keys::test::kCounts, counts}};
  }
};

}  // namespace

std::unique_ptr<const resource::Function> MakeCounts() { return std::make_unique<const Counts>(); }

}  // namespace palisade::behaviour

#include "tests/behaviour/handlers.h"

namespace palisade::behaviour {
namespace {

class Echo final : public resource::Function {
 public:
  absl::StatusOr<value::PropertyMap> Invoke(
      resource::Call&, const resource::FunctionRequest& request) const override {
    return request.args;
  }
};

}  // namespace

std::unique_ptr<const resource::Function> MakeEcho() { return std::make_unique<const Echo>(); }

}  // namespace palisade::behaviour

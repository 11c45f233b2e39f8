#include "keys/test.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// An answer with a secret at the top and one at depth.
class SecretAnswer final : public resource::Function {
 public:
  absl::StatusOr<value::PropertyMap> Invoke(
      resource::Call&, const resource::FunctionRequest& request) const override {
    const std::string seed = value::View(request.args).String(key::kSeed).value_or("none");
    return value::PropertyMap{{key::kPassword, "password of " + seed},
                              {key::kGenerated, value::PropertyMap{{key::kNote, "made for you"},
                                                                   {key::kKey, "key of " + seed}}}};
  }
};

}  // namespace

std::unique_ptr<const resource::Function> MakeSecretAnswer() {
  return std::make_unique<const SecretAnswer>();
}

}  // namespace palisade::behaviour

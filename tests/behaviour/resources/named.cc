#include "keys/test.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

/// An object whose name is its id and unique, as in most clouds.
class Named final : public Stored {
 public:
  using Stored::Stored;

 protected:
  std::string NewId(Call&, const PropertyMap& inputs) const override {
    return kind() + "-" + value::View(inputs).String(keys::test::kName).value_or("");
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeNamed() {
  return std::make_unique<const Named>("named");
}

/// The same under a tight naming rule.
std::unique_ptr<const resource::Resource> MakeShortNamed() {
  return std::make_unique<const Named>("short");
}

}  // namespace palisade::behaviour

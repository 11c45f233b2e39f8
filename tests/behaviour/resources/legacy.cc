#include <string>

#include "keys/test.h"
#include "provider/value/number.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// A type whose state was written by another package (version 0, where the colour is `colour`) and
/// by an older version of this one (version 1, where the size is a text).
class Legacy final : public Stored {
 public:
  Legacy() : Stored("legacy") {}

  resource::Traits traits() const override {
    resource::Traits traits;
    traits.state_version = 2;
    return traits;
  }

  void Migrate(int version, PropertyMap& inputs, PropertyMap& outputs) const override {
    for (PropertyMap* bag : {&inputs, &outputs}) {
      if (version < 1) {
        if (auto node = bag->extract("colour")) {
          node.key() = key::kColor;
          bag->insert(std::move(node));
        }
        bag->erase("legacyNoise");
      }
      const auto size = bag->find(key::kSize);
      if (size == bag->end()) continue;
      if (const auto* text = size->second.If<std::string>()) {
        if (const auto number = value::ParseNumber(*text)) size->second = *number;
      }
    }
  }

 protected:
  PropertyMap Decided(Call& call, const PropertyMap&) const override {
    return {{key::kSerial, RandomHex(call, 8)}};
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeLegacy() { return std::make_unique<const Legacy>(); }

}  // namespace palisade::behaviour

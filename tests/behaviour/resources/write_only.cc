#include "keys/test.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// A password that the service takes and never gives back.
class WriteOnly final : public Stored {
 public:
  WriteOnly() : Stored("writeonly") {}

  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      Call& call, const resource::ReadRequest& request) const override {
    auto result = Stored::Read(call, request);
    if (result.ok() && *result) (*result)->inputs.erase(key::kPasswordWo);
    return result;
  }

 protected:
  PropertyMap Certain(const PropertyMap& inputs) const override {
    const value::View view(inputs);
    if (view.IsUnknown(key::kPasswordWo)) return {};
    const std::string password = view.String(key::kPasswordWo).value_or("");
    return {{key::kStrong, password.size() >= 8}};
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeWriteOnly() {
  return std::make_unique<const WriteOnly>();
}

}  // namespace palisade::behaviour

#include "keys/test.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Scalars; `length` follows from an input, `serial` is decided by the making, `revision` by each
/// change.
class Simple final : public Stored {
 public:
  Simple() : Stored("simple") {}

  PropertyMap Preview(const resource::PreviewRequest& request) const override {
    PropertyMap outputs = Certain(request.inputs);
    if (request.old_outputs != nullptr) {
      const auto serial = request.old_outputs->find(key::kSerial);
      if (serial != request.old_outputs->end()) outputs.insert(*serial);
    }
    return outputs;
  }

 protected:
  PropertyMap Certain(const PropertyMap& inputs) const override {
    const value::View view(inputs);
    if (view.IsUnknown(key::kText)) return {};
    const std::string text = view.String(key::kText).value_or("");
    return {{key::kLength, static_cast<double>(text.size())}};
  }
  PropertyMap Decided(Call& call, const PropertyMap&) const override {
    return {{key::kSerial, RandomHex(call, 8)}, {key::kRevision, 1}};
  }
  void Touch(PropertyMap& outputs) const override {
    outputs[key::kRevision] = value::View(outputs).Number(key::kRevision).value_or(0) + 1;
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeSimple() { return std::make_unique<const Simple>(); }

}  // namespace palisade::behaviour

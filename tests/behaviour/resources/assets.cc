#include "keys/test.h"
#include "provider/value/property_value.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Files, trees of files, bytes and references to other resources, all echoed.
class Assets final : public Stored {
 public:
  Assets() : Stored("assets") {}

  /// The engine restores contents by hash, so what state says is as good as the content.
  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      Call& call, const resource::ReadRequest& request) const override {
    auto result = Stored::Read(call, request);
    if (result.ok() && *result && request.old_inputs != nullptr && !request.old_inputs->empty()) {
      (*result)->inputs = *request.old_inputs;
    }
    return result;
  }

 protected:
  PropertyMap Certain(const PropertyMap& inputs) const override {
    PropertyMap outputs;
    if (const auto it = inputs.find(key::kFile); it != inputs.end()) {
      if (const auto* asset = it->second.If<value::Asset>()) {
        outputs[key::kFileHash] = asset->hash;
      }
    }
    if (const auto it = inputs.find(key::kData); it != inputs.end()) {
      if (const auto* bytes = it->second.If<value::Bytes>()) {
        outputs[key::kDataSize] = static_cast<double>(bytes->data.size());
      }
    }
    return outputs;
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeAssets() { return std::make_unique<const Assets>(); }

}  // namespace palisade::behaviour

#include <string>

#include "keys/test.h"
#include "provider/base/status.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// Somebody changes or removes an object behind Pulumi's back. A function with a side effect: a
/// preview holds it back.
class Drift final : public resource::Function {
 public:
  absl::StatusOr<PropertyMap> Invoke(resource::Call&,
                                     const resource::FunctionRequest& request) const override {
    if (request.preview) return PropertyMap{{key::kDone, false}};
    World& world = World::Instance();
    const value::View args(request.args);
    const std::string id = args.String(key::kTarget).value_or("");
    if (args.Bool(key::kRemove).value_or(false)) {
      PALISADE_RETURN_IF_ERROR(world.Remove(id));
      return PropertyMap{{key::kDone, true}};
    }
    auto object = world.Find(id);
    if (!object) return base::NotFound("there is no object with the id " + id);
    if (const PropertyMap* inputs = args.Object(key::kInputs)) {
      object->inputs = Merged(std::move(object->inputs), *inputs);
    }
    if (const PropertyMap* outputs = args.Object(key::kOutputs)) {
      object->outputs = Merged(std::move(object->outputs), *outputs);
    }
    PALISADE_RETURN_IF_ERROR(world.Replace(id, *object));
    return PropertyMap{{key::kDone, true}};
  }
};

}  // namespace

std::unique_ptr<const resource::Function> MakeDrift() { return std::make_unique<const Drift>(); }

}  // namespace palisade::behaviour

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "keys/test.h"
#include "provider/base/status.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;
using std::chrono::milliseconds;

/// Waits as long as `name` of `bag` says, with a status line at each step.
absl::Status Work(Call& call, const PropertyMap& bag, std::string_view name,
                  std::string_view what) {
  World::Instance().Count("begin " + std::string(what));
  milliseconds left(value::View(bag).Integer(name).value_or(0));
  while (left.count() > 0) {
    const milliseconds step = std::min(left, milliseconds(100));
    call.Status(std::string(what) + ", " + std::to_string(left.count()) + " ms to go");
    PALISADE_RETURN_IF_ERROR(call.WaitFor(step, what));
    left -= step;
  }
  return call.Proceed(what);
}

/// Every verb takes the time that the inputs say, and honours cancellation and timeouts.
class Slow final : public Stored {
 public:
  Slow() : Stored("slow") {}

  absl::StatusOr<resource::Created> Create(Call& call, const PropertyMap& inputs) const override {
    if (value::View(inputs).Bool(key::kRecordFirst).value_or(false)) {
      auto created = Stored::Create(call, inputs);
      if (!created.ok()) return created;
      PALISADE_RETURN_IF_ERROR(Work(call, inputs, key::kCreateMs, "creating"));
      return created;
    }
    PALISADE_RETURN_IF_ERROR(Work(call, inputs, key::kCreateMs, "creating"));
    return Stored::Create(call, inputs);
  }

  absl::StatusOr<PropertyMap> Await(Call& call, const std::string&, const PropertyMap& inputs,
                                    PropertyMap outputs) const override {
    PALISADE_RETURN_IF_ERROR(Work(call, inputs, key::kAwaitMs, "waiting"));
    outputs[key::kReady] = true;
    return outputs;
  }

  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      Call& call, const resource::ReadRequest& request) const override {
    if (request.old_inputs != nullptr) {
      PALISADE_RETURN_IF_ERROR(Work(call, *request.old_inputs, key::kReadMs, "reading"));
    }
    auto result = Stored::Read(call, request);
    if (result.ok() && *result) (*result)->outputs[key::kReady] = true;
    return result;
  }

  absl::StatusOr<PropertyMap> Update(Call& call,
                                     const resource::UpdateRequest& request) const override {
    PALISADE_RETURN_IF_ERROR(Work(call, request.new_inputs, key::kUpdateMs, "updating"));
    return Stored::Update(call, request);
  }

  absl::Status Delete(Call& call, const resource::DeleteRequest& request) const override {
    PALISADE_RETURN_IF_ERROR(Work(call, request.inputs, key::kDeleteMs, "deleting"));
    return Stored::Delete(call, request);
  }
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeSlow() { return std::make_unique<const Slow>(); }

}  // namespace palisade::behaviour

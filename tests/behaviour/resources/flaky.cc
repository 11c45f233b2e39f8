#include <cstdint>
#include <map>
#include <string>

#include "keys/test.h"
#include "provider/base/status.h"
#include "provider/value/view.h"
#include "tests/behaviour/handlers.h"
#include "tests/behaviour/stored.h"

namespace palisade::behaviour {
namespace {

namespace key = keys::test;

/// The failure that the inputs ask for, under the code that they name. Quotes the note, as services
/// quote what they refuse.
absl::Status Asked(const PropertyMap& inputs, std::string_view what) {
  static const std::map<std::string, absl::StatusCode, std::less<>> kCodes = {
      {"ABORTED", absl::StatusCode::kAborted},
      {"ALREADY_EXISTS", absl::StatusCode::kAlreadyExists},
      {"FAILED_PRECONDITION", absl::StatusCode::kFailedPrecondition},
      {"PERMISSION_DENIED", absl::StatusCode::kPermissionDenied},
      {"RESOURCE_EXHAUSTED", absl::StatusCode::kResourceExhausted},
      {"UNAUTHENTICATED", absl::StatusCode::kUnauthenticated},
      {"UNAVAILABLE", absl::StatusCode::kUnavailable},
  };
  const auto code = kCodes.find(value::View(inputs).String(key::kFailureCode).value_or(""));
  const auto note = value::View(inputs).String(key::kNote);
  return base::Error(code == kCodes.end() ? absl::StatusCode::kFailedPrecondition : code->second,
                     std::string(what) + " failed because the inputs ask for it; change failAt" +
                         (note ? " (noted: " + *note + ")" : ""));
}

bool FailsAt(const PropertyMap& inputs, std::string_view point) {
  return value::View(inputs).String(key::kFailAt) == point;
}

/// Fails where `failAt` says; a started object is finished after `failWaits` failed waits.
class Flaky final : public Stored {
 public:
  Flaky(std::string_view kind, bool refresh) : Stored(kind), refresh_(refresh) {}

  resource::Traits traits() const override {
    resource::Traits traits;
    traits.refresh_before_update = refresh_;
    return traits;
  }

  absl::StatusOr<resource::Created> Create(Call& call, const PropertyMap& inputs) const override {
    if (FailsAt(inputs, "createBefore")) return Asked(inputs, "creating");
    auto created = Stored::Create(call, inputs);
    if (created.ok() && FailsAt(inputs, "createAfter")) return Asked(inputs, "configuring");
    return created;
  }

  absl::StatusOr<PropertyMap> Await(Call&, const std::string& id, const PropertyMap& inputs,
                                    PropertyMap outputs) const override {
    const std::int64_t wanted = value::View(inputs).Integer(key::kFailWaits).value_or(0);
    auto object = World::Instance().Find(id);
    if (!object) return base::NotFound("the object " + id + " is gone; run `pulumi refresh`");
    const double waits = value::View(object->outputs).Number(key::kWaits).value_or(0) + 1;
    object->outputs[key::kWaits] = waits;
    object->outputs[key::kReady] = waits > static_cast<double>(wanted);
    PALISADE_RETURN_IF_ERROR(World::Instance().Replace(id, *object));
    if (waits <= static_cast<double>(wanted)) return Asked(inputs, "waiting for the object");
    return Merged(std::move(outputs), object->outputs);
  }

  absl::StatusOr<std::optional<resource::ReadResult>> Read(
      Call& call, const resource::ReadRequest& request) const override {
    auto result = Stored::Read(call, request);
    if (!result.ok() || !*result) return result;
    if (FailsAt((*result)->inputs, "read")) return Asked((*result)->inputs, "reading");
    if (!value::View((*result)->outputs).Bool(key::kReady).value_or(false)) {
      (*result)->init_failures = {"the object is not ready yet"};
    }
    return result;
  }

  absl::StatusOr<PropertyMap> Update(Call& call,
                                     const resource::UpdateRequest& request) const override {
    if (FailsAt(request.new_inputs, "updateBefore")) return Asked(request.new_inputs, "updating");
    auto outputs = Stored::Update(call, request);
    if (!outputs.ok() || !FailsAt(request.new_inputs, "updateAfter")) return outputs;
    call.RecordId(request.id, *outputs);
    return Asked(request.new_inputs, "finishing the update");
  }

  absl::Status Delete(Call& call, const resource::DeleteRequest& request) const override {
    if (FailsAt(request.inputs, "delete")) return Asked(request.inputs, "deleting");
    return Stored::Delete(call, request);
  }

 private:
  const bool refresh_;
};

}  // namespace

std::unique_ptr<const resource::Resource> MakeFlaky() {
  return std::make_unique<const Flaky>("flaky", false);
}

/// The same for a type that the engine reads before each update.
std::unique_ptr<const resource::Resource> MakeRefreshing() {
  return std::make_unique<const Flaky>("refreshing", true);
}

}  // namespace palisade::behaviour

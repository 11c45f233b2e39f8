#include "tests/behaviour/stored.h"

#include <cstdint>
#include <vector>

#include "provider/base/status.h"

namespace palisade::behaviour {

PropertyMap Merged(PropertyMap base, const PropertyMap& more) {
  for (const auto& [name, item] : more) base.insert_or_assign(name, item);
  return base;
}

std::string RandomHex(Call& call, std::size_t bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::vector<std::uint8_t> data(bytes);
  call.random().Fill(data);
  std::string text;
  for (const std::uint8_t byte : data) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string Stored::NewId(Call& call, const PropertyMap&) const {
  return kind_ + "-" + RandomHex(call, 8);
}

PropertyMap Stored::Preview(const resource::PreviewRequest& request) const {
  return Certain(request.inputs);
}

absl::StatusOr<resource::Created> Stored::Create(Call& call, const PropertyMap& inputs) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("creating the object"));
  const std::string id = NewId(call, inputs);
  const PropertyMap outputs = Merged(Decided(call, inputs), Certain(inputs));
  PALISADE_RETURN_IF_ERROR(World::Instance().Add(id, {kind_, inputs, outputs}));
  call.RecordId(id, outputs);
  return resource::Created{id, outputs};
}

absl::StatusOr<std::optional<resource::ReadResult>> Stored::Read(
    Call&, const resource::ReadRequest& request) const {
  World::Instance().Count("read");
  auto object = World::Instance().Find(request.id);
  if (!object || object->kind != kind_) return std::nullopt;
  resource::ReadResult result;
  result.id = request.id;
  result.inputs = std::move(object->inputs);
  result.outputs = std::move(object->outputs);
  return result;
}

absl::StatusOr<PropertyMap> Stored::Update(Call& call,
                                           const resource::UpdateRequest& request) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("updating the object"));
  auto object = World::Instance().Find(request.id);
  if (!object) {
    return base::NotFound("the object " + request.id + " is gone; run `pulumi refresh`");
  }
  object->inputs = request.new_inputs;
  object->outputs = Merged(std::move(object->outputs), Certain(request.new_inputs));
  Touch(object->outputs);
  PALISADE_RETURN_IF_ERROR(World::Instance().Replace(request.id, *object));
  return object->outputs;
}

absl::Status Stored::Delete(Call& call, const resource::DeleteRequest& request) const {
  PALISADE_RETURN_IF_ERROR(call.Proceed("deleting the object"));
  return World::Instance().Remove(request.id);
}

}  // namespace palisade::behaviour

#include "provider/tls/resources/stored.h"

#include <utility>

namespace palisade::tls {

ReadShape ShapeOf(const resource::ReadRequest& request, const char* core) {
  if (request.old_outputs == nullptr) return ReadShape::kImport;
  // A core output is no input, so only `.get()`, which has one bag for both, has it there.
  if (request.old_inputs != nullptr && TextOf(*request.old_inputs, core)) {
    return ReadShape::kStated;
  }
  return value::View(*request.old_outputs).Has(core) ? ReadShape::kRefresh : ReadShape::kImport;
}

resource::ReadResult Unchanged(const resource::ReadRequest& request) {
  resource::ReadResult result;
  result.id = request.id;
  if (request.old_inputs != nullptr) result.inputs = *request.old_inputs;
  if (request.old_outputs != nullptr) result.outputs = *request.old_outputs;
  for (const auto& [name, input] : result.inputs) {
    const auto shown = result.outputs.find(name);
    if (shown != result.outputs.end()) shown->second = input;
  }
  return result;
}

PropertyMap Completed(const PropertyMap& stated, PropertyMap derived) {
  for (const auto& [name, member] : stated) {
    if (!member.IsNull()) derived.insert_or_assign(name, member);
  }
  return derived;
}

void WarnOfLosses(const resource::Call& call, const std::string& what,
                  const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  std::string text = what + " was imported, but one made anew from its inputs would differ.";
  for (const std::string& sentence : sentences) text += " " + sentence;
  call.Warn(text);
}

}  // namespace palisade::tls

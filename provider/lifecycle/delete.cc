#include "provider/base/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"

namespace palisade::lifecycle {

absl::Status Provider::Delete(const DeleteInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  if (input.id.empty()) {
    return base::InvalidArgument("cannot delete " + input.subject.urn + ": the request has no id");
  }
  const OpenState state = OpenStored(type.shape, type.handler, input.old_inputs, input.properties);
  const Redactor redactor({&state.inputs, &state.outputs});
  resource::Call call = MakeCall(
      input.subject.urn, {"delete", input.timeout, type.handler.traits().delete_timeout}, redactor);
  const absl::Status status =
      type.handler.Delete(call, {input.id, state.inputs.values, state.outputs.values});
  if (status.code() == absl::StatusCode::kNotFound) return absl::OkStatus();
  return redactor.Status(status);
}

}  // namespace palisade::lifecycle

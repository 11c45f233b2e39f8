#include "provider/base/status.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/outcome.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

absl::StatusOr<Outcome> Provider::Create(const CreateInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  const Bag inputs = Open(input.properties);
  const OutcomeBuilder outcomes(type.shape, type.handler);
  if (input.preview) {
    return outcomes.Previewed(inputs, type.handler.Preview({inputs.values, nullptr, nullptr,
                                                            services_.clock, *state_->Current()}));
  }
  if (value::ContainsUnknown(inputs.values)) {
    return base::InvalidArgument(
        "cannot create " + input.subject.urn +
        ": an input is not known yet; only a preview may send such values");
  }

  const Redactor redactor({&inputs});
  resource::Call call = MakeCall(
      input.subject.urn, {"create", input.timeout, type.handler.traits().create_timeout}, redactor);
  call.set_filled(TextsOf(inputs.internals, kDefaultsName));
  absl::StatusOr<resource::Created> created =
      redactor.Answer(type.handler.Create(call, inputs.values));
  if (!created.ok()) {
    if (!call.recorded()) return created.status();
    return outcomes.Partial(call.recorded()->id, inputs, call.recorded()->outputs,
                            created.status());
  }
  if (created->id.empty()) {
    return base::Internal("creating " + input.subject.urn +
                          " gave no id; this is a bug in palisade");
  }
  const PropertyMap so_far = created->outputs;
  absl::StatusOr<PropertyMap> outputs = redactor.Answer(
      type.handler.Await(call, created->id, inputs.values, std::move(created->outputs)));
  if (!outputs.ok()) return outcomes.Partial(created->id, inputs, so_far, outputs.status());
  return outcomes.Made(created->id, inputs, *outputs);
}

}  // namespace palisade::lifecycle

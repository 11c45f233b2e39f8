#include "provider/base/status.h"
#include "provider/lifecycle/compare.h"
#include "provider/lifecycle/outcome.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/state.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

absl::StatusOr<Outcome> Provider::Update(const UpdateInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  const OpenState old = OpenStored(type.shape, type.handler, input.old_inputs, input.olds);
  const Bag news = Open(input.news);
  const OutcomeBuilder outcomes(type.shape, type.handler);
  if (input.preview) {
    Outcome preview =
        outcomes.Previewed(news, type.handler.Preview({news.values, &old.inputs.values,
                                                       &old.outputs.values, services_.clock}));
    preview.id = input.id;
    return preview;
  }
  if (value::ContainsUnknown(news.values)) {
    return base::InvalidArgument(
        "cannot update " + input.subject.urn +
        ": an input is not known yet; only a preview may send such values");
  }

  resource::Call call =
      MakeCall(input.subject.urn, input.timeout, type.handler.traits().update_timeout);
  PropertyMap computed = old.outputs.values;
  // Without a difference the engine only wants a creation finished that failed halfway; that has to
  // work for types that cannot be updated, too.
  if (!Compare(type.shape.inputs, old.inputs.values, news.values).empty()) {
    absl::StatusOr<PropertyMap> updated =
        type.handler.Update(call, {input.id, old.inputs.values, old.outputs.values, news.values});
    if (!updated.ok()) {
      if (!call.recorded()) return updated.status();
      return outcomes.Partial(input.id, news, call.recorded()->outputs, updated.status());
    }
    computed = *std::move(updated);
  }
  for (const auto& [name, unused] : type.shape.inputs.properties) {
    // Old values of inputs would hide the new ones.
    const auto old_value = old.inputs.values.find(name);
    const auto value = computed.find(name);
    if (value != computed.end() && old_value != old.inputs.values.end() &&
        value->second == old_value->second) {
      computed.erase(value);
    }
  }
  const PropertyMap so_far = computed;
  absl::StatusOr<PropertyMap> outputs =
      type.handler.Await(call, input.id, news.values, std::move(computed));
  if (!outputs.ok()) return outcomes.Partial(input.id, news, so_far, outputs.status());
  return outcomes.Made(input.id, news, *outputs);
}

}  // namespace palisade::lifecycle

#include "provider/base/status.h"
#include "provider/lifecycle/changes.h"
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
    Outcome preview = outcomes.Previewed(
        news, type.handler.Preview({news.values, &old.inputs.values, &old.outputs.values,
                                    services_.clock, *state_->Current()}));
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
  resource::Findings unheard;  // Diff has told the user.
  if (!FindChanges(type.shape, type.handler, input.id, old, news, services_.clock, call.settings(),
                   unheard)
           .empty()) {
    absl::StatusOr<PropertyMap> updated =
        type.handler.Update(call, {input.id, old.inputs.values, old.outputs.values, news.values});
    if (!updated.ok()) {
      if (!call.recorded()) return updated.status();
      return outcomes.Partial(input.id, news, call.recorded()->outputs, updated.status());
    }
    computed = *std::move(updated);
  }
  // A handler may answer old outputs as they were; their inputs would hide the new ones.
  const auto is_old = [](const PropertyMap& olds, const auto& entry) {
    const auto it = olds.find(entry.first);
    return it != olds.end() && it->second == entry.second;
  };
  std::erase_if(computed, [&](const auto& entry) {
    if (type.shape.inputs.Find(entry.first) == nullptr) return false;
    const bool managed =
        news.values.contains(entry.first) || old.inputs.values.contains(entry.first);
    return managed && (is_old(old.inputs.values, entry) || is_old(old.outputs.values, entry));
  });
  const PropertyMap so_far = computed;
  absl::StatusOr<PropertyMap> outputs =
      type.handler.Await(call, input.id, news.values, std::move(computed));
  if (!outputs.ok()) return outcomes.Partial(input.id, news, so_far, outputs.status());
  return outcomes.Made(input.id, news, *outputs);
}

}  // namespace palisade::lifecycle

#include <utility>
#include <vector>

#include "provider/base/status.h"
#include "provider/lifecycle/changes.h"
#include "provider/lifecycle/ignored.h"
#include "provider/lifecycle/normal.h"
#include "provider/lifecycle/outcome.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

namespace {

// A handler may answer old outputs as they were; their inputs would hide the new ones. What the
// program leaves out now and the service would do by itself is no old input but the present state.
void DropOldInputs(const schema::ObjectShape& shape, const OpenState& old, const Bag& news,
                   PropertyMap& computed) {
  const auto is_old = [](const PropertyMap& olds, const auto& entry) {
    const auto it = olds.find(entry.first);
    return it != olds.end() && it->second == entry.second;
  };
  std::erase_if(computed, [&](const auto& entry) {
    const schema::PropertyShape* input = shape.Find(entry.first);
    if (input == nullptr) return false;
    if (!news.values.contains(entry.first) && !Normal(*input, entry.second)) return false;
    const bool managed =
        news.values.contains(entry.first) || old.inputs.values.contains(entry.first);
    return managed && (is_old(old.inputs.values, entry) || is_old(old.outputs.values, entry));
  });
}

// What a handler would make of an output, had the user not asked to leave it alone, is not certain.
PropertyMap WithoutIgnored(const schema::ObjectShape& inputs, const PropertyMap& old_outputs,
                           const std::vector<value::PropertyPath>& ignored, PropertyMap computed) {
  for (const value::PropertyPath& path : ignored) {
    const auto now = computed.find(path.top());
    if (now == computed.end() || inputs.Find(path.top()) != nullptr) continue;
    const auto old = old_outputs.find(path.top());
    if (old == old_outputs.end() || old->second != now->second) computed.erase(now);
  }
  return computed;
}

}  // namespace

absl::StatusOr<Outcome> Provider::Update(const UpdateInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  const std::vector<value::PropertyPath> ignored = IgnoredPaths(input.ignore_changes);
  const OpenState old = OpenStored(type.shape, type.handler, input.old_inputs, input.olds);
  Bag news = Open(input.news);
  ResetIgnored(ignored, old.inputs, news);
  KeepSecretsOfUnsaid(type.shape, old, news);
  const OutcomeBuilder outcomes(type.shape, type.handler);
  if (input.preview) {
    PropertyMap certain =
        type.handler.Preview({news.values, &old.inputs.values, &old.outputs.values, services_.clock,
                              *state_->Current()});
    Outcome preview = outcomes.Previewed(
        news, WithoutIgnored(type.shape.inputs, old.outputs.values, ignored, std::move(certain)));
    preview.id = input.id;
    return preview;
  }
  if (value::ContainsUnknown(news.values)) {
    return base::InvalidArgument(
        "cannot update " + input.subject.urn +
        ": an input is not known yet; only a preview may send such values");
  }

  const Redactor redactor({&old.inputs, &old.outputs, &news});
  resource::Call call = MakeCall(
      input.subject.urn, {"update", input.timeout, type.handler.traits().update_timeout}, redactor);
  PropertyMap computed = old.outputs.values;
  resource::Findings unheard;  // Diff has told the user.
  resource::Changes changes = FindChanges(type.shape, type.handler, input.id, old, news,
                                          services_.clock, call.settings(), unheard);
  DropIgnored(ignored, changes);
  // Without a difference the engine only wants a creation finished that failed halfway; that has to
  // work for types that cannot be updated, too.
  if (!changes.empty()) {
    call.set_ignored(ignored);
    absl::StatusOr<PropertyMap> updated = redactor.Answer(type.handler.Update(
        call, {input.id, old.inputs.values, old.outputs.values, news.values, ignored}));
    if (!updated.ok()) {
      if (!call.recorded()) return updated.status();
      return outcomes.Partial(input.id, news, call.recorded()->outputs, updated.status());
    }
    computed = *std::move(updated);
  }
  DropOldInputs(type.shape.inputs, old, news, computed);
  const PropertyMap so_far = computed;
  absl::StatusOr<PropertyMap> outputs =
      redactor.Answer(type.handler.Await(call, input.id, news.values, std::move(computed)));
  if (!outputs.ok()) return outcomes.Partial(input.id, news, so_far, outputs.status());
  return outcomes.Made(input.id, news, *outputs);
}

}  // namespace palisade::lifecycle

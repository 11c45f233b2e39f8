#include "provider/base/status.h"
#include "provider/lifecycle/internal_names.h"
#include "provider/lifecycle/narrow.h"
#include "provider/lifecycle/outcome.h"
#include "provider/lifecycle/provider.h"
#include "provider/lifecycle/redactor.h"
#include "provider/lifecycle/state.h"

namespace palisade::lifecycle {
namespace {

bool IsEmpty(const std::optional<PropertyMap>& bag) { return !bag || bag->empty(); }

// An object that an interrupted run had begun bears the name that Check made then, not the one that
// it made for the run that took the object up. The outputs say so since: that is no drift.
void KeepMadeNames(const schema::ObjectShape& shape, const OpenState& old, PropertyMap& inputs) {
  for (const std::string& name : TextsOf(old.inputs.internals, kDefaultsName)) {
    const schema::PropertyShape* property = shape.Find(name);
    if (property == nullptr || !property->name_rule) continue;
    const auto made = old.inputs.values.find(name);
    const auto shown = old.outputs.values.find(name);
    const auto now = inputs.find(name);
    if (made != old.inputs.values.end() && shown != old.outputs.values.end() &&
        now != inputs.end() && now->second == shown->second) {
      now->second = made->second;
    }
  }
}

// What the handler could not tell keeps the value that the user gave, or is marked as untold.
PropertyMap KnownInputs(const schema::ResourceShape& shape, const resource::ReadResult& read,
                        const Bag* prior) {
  if (prior == nullptr) {
    PropertyMap inputs = WithoutDefaults(shape.inputs, read.inputs);
    value::PropertyArray unread;
    for (const std::string& name : read.unreadable) unread.emplace_back(name);
    if (!unread.empty()) inputs[kUnreadName] = std::move(unread);
    return inputs;
  }
  PropertyMap inputs = Narrow(shape.inputs, prior->values, read.inputs);
  for (const std::string& name : read.unreadable) {
    const auto given = prior->values.find(name);
    if (given != prior->values.end()) inputs.insert_or_assign(name, given->second);
  }
  inputs.insert(prior->internals.begin(), prior->internals.end());
  return inputs;
}

}  // namespace

absl::StatusOr<Outcome> Provider::Read(const ReadInput& input) const {
  PALISADE_ASSIGN_OR_RETURN(const Type type, Find(input.subject));
  if (input.id.empty()) {
    return base::InvalidArgument("cannot read " + input.subject.urn + ": the request has no id");
  }
  // An import and `pulumi do` send no bags or empty ones.
  const bool bare = IsEmpty(input.inputs) && IsEmpty(input.properties);
  const OpenState old =
      OpenStored(type.shape, type.handler, input.inputs, input.properties.value_or(PropertyMap{}));
  const Redactor redactor({&old.inputs, &old.outputs});
  resource::Call call = MakeCall(
      input.subject.urn, {"read", input.timeout, type.handler.traits().read_timeout}, redactor);
  PALISADE_ASSIGN_OR_RETURN(
      const std::optional<resource::ReadResult> read,
      redactor.Answer(type.handler.Read(call, {input.id, bare ? nullptr : &old.inputs.values,
                                               bare ? nullptr : &old.outputs.values})));
  if (!read) return Outcome{};

  const OutcomeBuilder outcomes(type.shape, type.handler);
  Bag inputs;
  inputs.values = KnownInputs(type.shape, *read, bare ? nullptr : &old.inputs);
  const auto secret_paths_in = [&old](const schema::ObjectShape& shape, const PropertyMap& now) {
    std::set<value::PropertyPath> paths = SecretPathsIn(shape, now, old.inputs);
    paths.merge(SecretPathsIn(shape, now, old.outputs));
    return paths;
  };
  if (!bare) KeepMadeNames(type.shape.inputs, old, inputs.values);
  inputs.secret_paths = secret_paths_in(type.shape.inputs, inputs.values);
  const PropertyMap found = Outputs(type.shape, type.handler, read->inputs, read->outputs);
  Outcome outcome = outcomes.Made(read->id.empty() ? input.id : read->id,
                                  Bag{read->inputs, {}, secret_paths_in(type.shape.outputs, found)},
                                  read->outputs);
  outcome.inputs = CloseInputs(type.shape, std::move(inputs.values), inputs.secret_paths);
  if (!read->init_failures.empty()) {
    outcome.init_failures = redactor.Texts(read->init_failures);
    outcome.code = absl::StatusCode::kFailedPrecondition;
  }
  return outcome;
}

}  // namespace palisade::lifecycle

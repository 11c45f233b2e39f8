#include "provider/lifecycle/outcome.h"

#include <utility>

#include "provider/base/status.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {

Outcome OutcomeBuilder::Made(std::string id, const Bag& inputs, const PropertyMap& computed) const {
  Outcome outcome;
  outcome.id = std::move(id);
  outcome.refresh_before_update = handler_.traits().refresh_before_update;
  PropertyMap outputs = Outputs(shape_, handler_, inputs.values, computed);
  std::erase_if(outputs, [&outcome](const auto& entry) {
    if (!value::ContainsUnknown(entry.second)) return false;
    outcome.init_failures.push_back("the output " + entry.first +
                                    " was left unknown; this is a bug in palisade");
    outcome.code = absl::StatusCode::kInternal;
    return true;
  });
  const auto secret_paths = SecretPathsIn(shape_.outputs, outputs, inputs);
  outcome.properties = Close(shape_.outputs, std::move(outputs), secret_paths);
  return outcome;
}

Outcome OutcomeBuilder::Partial(std::string id, const Bag& inputs, const PropertyMap& computed,
                                const absl::Status& why) const {
  Outcome outcome = Made(std::move(id), inputs, computed);
  outcome.init_failures.insert(outcome.init_failures.begin(), base::Message(why));
  outcome.code = why.code();
  return outcome;
}

Outcome OutcomeBuilder::Previewed(const Bag& inputs, const PropertyMap& computed) const {
  Outcome outcome;
  outcome.refresh_before_update = handler_.traits().refresh_before_update;
  outcome.properties =
      Close(shape_.outputs, PreviewOutputs(shape_, inputs.values, computed), inputs.secret_paths);
  return outcome;
}

}  // namespace palisade::lifecycle

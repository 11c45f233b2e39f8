#pragma once

#include <set>
#include <string>

#include "absl/status/status.h"
#include "provider/lifecycle/bags.h"
#include "provider/lifecycle/provider.h"

namespace palisade::lifecycle {

/// An outcome under construction, for the verbs that answer properties.
class OutcomeBuilder {
 public:
  OutcomeBuilder(const schema::ResourceShape& shape, const resource::Resource& handler)
      : shape_(shape), handler_(handler) {}

  /// The object exists: `outputs` are its inputs and what the handler computed. An unknown value
  /// among them becomes a reason, because the engine would refuse the whole answer.
  Outcome Made(std::string id, const Bag& inputs, const PropertyMap& computed) const;
  /// It exists, but `why` kept it from being finished.
  Outcome Partial(std::string id, const Bag& inputs, const PropertyMap& computed,
                  const absl::Status& why) const;
  Outcome Previewed(const Bag& inputs, const PropertyMap& computed) const;

 private:
  const schema::ResourceShape& shape_;
  const resource::Resource& handler_;
};

}  // namespace palisade::lifecycle

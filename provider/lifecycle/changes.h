#pragma once

#include <string>

#include "provider/lifecycle/bags.h"
#include "provider/resource/resource.h"
#include "provider/schema/shape.h"

namespace palisade::lifecycle {

/// What differs between a resource's state and its new inputs, after the handler's corrections.
/// Diff shows it to the user, and Update acts only if there is something.
resource::Changes FindChanges(const schema::ResourceShape& shape, const resource::Resource& handler,
                              const std::string& id, const OpenState& old, const Bag& news,
                              const base::Clock& clock, const resource::Settings& settings,
                              resource::Findings& findings);

}  // namespace palisade::lifecycle

#pragma once

#include <initializer_list>
#include <string>

#include "provider/resource/resource.h"

namespace palisade::aws::networkfirewall {

// What rule groups and policies share in their Diff.

/// The service keeps a rule order for ever: where it differs (absent is DEFAULT_ACTION_ORDER), the
/// change at `path` or around it replaces. The shape says so for the property itself; this also
/// sees an order that comes or goes inside a whole object, and a group that had `rules` before.
/// An order that is not known yet is left to the shape.
void ReplaceOnNewOrder(const resource::DiffRequest& request,
                       std::initializer_list<std::string_view> path, resource::Changes& changes);

/// Warns (`aws.nf.description-kept`) when the description is left out: an update with an empty one
/// is answered with an internal error, and one without it does not take it away.
void WarnOfDroppedDescription(const resource::Changes& changes, resource::Findings& findings);

}  // namespace palisade::aws::networkfirewall

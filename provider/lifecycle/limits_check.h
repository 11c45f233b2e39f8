#pragma once

#include "provider/lifecycle/check_report.h"
#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// Rules `pattern`, `length`, `range` and `items` on a known value of the right type; a value of
/// another type is left alone.
void CheckLimits(const schema::Limits& limits, const value::PropertyValue& value,
                 const Place& place, CheckReport& report);

/// Rules `const` and `enum`. A value that an open enum lacks fails only if it is near one that the
/// enum has; otherwise it is newer than this provider, and a warning says so.
void CheckAllowed(const schema::PropertyShape& shape, const value::PropertyValue& value,
                  const Place& place, CheckReport& report);

}  // namespace palisade::lifecycle

#pragma once

#include <string>

#include "provider/schema/shape.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// `text` in the one spelling that all texts of the same meaning share. A text that is not of the
/// form that `same` speaks of (no JSON, no PEM, no address range) stays as it is.
value::PropertyValue NormalText(schema::Same same, const std::string& text);

}  // namespace palisade::lifecycle

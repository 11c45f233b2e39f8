#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "provider/resource/findings.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

struct ShapeRules {
  /// What came in wrapped; may be null.
  const std::set<value::PropertyPath>* secret_paths = nullptr;
  /// No value is shown in any message, because nobody knows which of them are secret.
  bool hide_values = false;
  /// A sentence for an unknown top-level name, before the nearest known one is searched.
  std::function<std::optional<std::string>(std::string_view)> explain_unknown;
  /// "is not an input of this resource": what an unknown top-level name is not.
  std::string_view not_a = "is not an input of this resource";
  /// Top-level names that something else reports as missing.
  bool check_required_at_top = true;
};

/// All of the shape's rules on a bag that is unwrapped, has its defaults and no nulls: `type`,
/// `required`, `unknown-property`, `const`, `enum`, `pattern`, `length`, `range`, `items`, and
/// `deprecated`, which only warns. Unknown values pass. Names that begin with "__" are not looked
/// at.
void CheckShape(const schema::ObjectShape& shape, const value::PropertyMap& bag,
                const ShapeRules& rules, resource::Findings& findings);

/// Whether one value passes its shape's rules.
bool Fits(const schema::PropertyShape& shape, const value::PropertyValue& value);

}  // namespace palisade::lifecycle

#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/value/property_value.h"

namespace palisade::value {

/// Where a value stands inside a property bag, in the engine's own syntax: `a.b[0]["k.x"]`.
class PropertyPath {
 public:
  /// A property name, or a position in a list.
  using Step = std::variant<std::string, std::size_t>;

  PropertyPath() = default;
  explicit PropertyPath(std::string_view name) : steps_{std::string(name)} {}

  /// Reads the syntax above; `[*]` and a bare `*` are kept as the name "*" (see Covers). Dots that
  /// follow a dot mean nothing, as in the engine.
  static absl::StatusOr<PropertyPath> Parse(std::string_view text);

  PropertyPath Child(std::string_view name) const;
  PropertyPath Child(std::size_t index) const;

  const std::vector<Step>& steps() const { return steps_; }
  bool empty() const { return steps_.empty(); }
  /// The top-level property's name; empty for the empty path.
  std::string top() const;
  std::string Text() const;
  /// The longest beginning of it that can be read back from its text: the syntax has no way to
  /// write a name that ends in a backslash. The top-level name stays in any case.
  PropertyPath Readable() const;

  /// Whether this pattern, in which the name "*" stands for any one step, is `path` or leads to it.
  bool Covers(const PropertyPath& path) const;

  friend bool operator==(const PropertyPath&, const PropertyPath&) = default;
  friend auto operator<=>(const PropertyPath&, const PropertyPath&) = default;

 private:
  std::vector<Step> steps_;
};

/// The value at `path`, looking through secrets; null when there is none.
const PropertyValue* Find(const PropertyMap& bag, const PropertyPath& path);

}  // namespace palisade::value

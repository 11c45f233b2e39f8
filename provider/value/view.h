#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "provider/value/property_value.h"

namespace palisade::value {

/// Typed reading of a property bag whose secrets were unwrapped. Every reader answers nullopt for
/// absent, null, unknown and a wrong type alike; Has and IsUnknown tell them apart. Holds a
/// reference: the bag must outlive it.
class View {
 public:
  explicit View(const PropertyMap& bag) : bag_(&bag) {}

  /// Present and not null, be it known or not.
  bool Has(std::string_view name) const;
  /// The property, or something inside it, is not known yet.
  bool IsUnknown(std::string_view name) const;
  /// Has and not IsUnknown.
  bool IsKnown(std::string_view name) const { return Has(name) && !IsUnknown(name); }

  std::optional<std::string> String(std::string_view name) const;
  std::optional<bool> Bool(std::string_view name) const;
  std::optional<double> Number(std::string_view name) const;
  /// Also nullopt for a number that is no integer within 2^53.
  std::optional<std::int64_t> Integer(std::string_view name) const;
  /// nullopt unless every item is a known string.
  std::optional<std::vector<std::string>> Strings(std::string_view name) const;
  /// Null when there is no object of that name; lives as long as the bag.
  const PropertyMap* Object(std::string_view name) const;
  const PropertyArray* Array(std::string_view name) const;

  const PropertyMap& bag() const { return *bag_; }

 private:
  const PropertyValue* Get(std::string_view name) const;

  const PropertyMap* bag_;
};

}  // namespace palisade::value

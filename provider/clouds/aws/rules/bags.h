#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "provider/resource/findings.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::aws::rules {

using resource::Findings;
using value::PropertyArray;
using value::PropertyMap;
using value::PropertyPath;
using value::PropertyValue;

/// An object inside the inputs and where it stands. Every reader skips what is unknown, absent or
/// of a wrong type: those are the shape's to report.
struct Place {
  const PropertyMap& bag;
  PropertyPath path;
  Findings& findings;

  PropertyPath At(std::string_view name) const { return path.Child(name); }

  /// Calls `visit` with the object `name`, if it is one.
  void Object(std::string_view name, const std::function<void(const Place&)>& visit) const;
  /// Calls `visit` with each item of the list `name` that is an object.
  void Objects(std::string_view name, const std::function<void(const Place&)>& visit) const;
  /// Calls `visit` with each item of the list `name` that is a known text.
  void Texts(std::string_view name,
             const std::function<void(const std::string&, const PropertyPath&)>& visit) const;

  void Fail(std::string_view name, std::string_view rule, std::string_view reason) const {
    findings.Fail(At(name), rule, reason);
  }
  void Warn(std::string_view name, std::string_view rule, std::string_view reason) const {
    findings.Warn(At(name), rule, reason);
  }
};

/// Fails unless something failed at exactly this path before: the shape's rules run first, and what
/// they refuse (a range, a pattern) needs no second sentence.
void FailOnce(const PropertyPath& path, std::string_view rule, std::string_view reason,
              Findings& findings);

/// Fails once when the whole number `name` is outside `least` to `most`.
void CheckRange(const Place& place, std::string_view name, std::int64_t least, std::int64_t most,
                std::string_view rule);

}  // namespace palisade::aws::rules

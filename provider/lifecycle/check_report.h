#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "provider/resource/findings.h"
#include "provider/value/property_path.h"

namespace palisade::lifecycle {

/// Where a walk over a bag stands: a chain on the stack, of which a path is made only when there is
/// something to report.
struct Place {
  const Place* up = nullptr;
  std::variant<std::monostate, std::string_view, std::size_t> step;
  /// The shape marks it, or what it is part of, as secret.
  bool secret = false;

  value::PropertyPath Path() const;
};

/// Where the shape's rules put what they find.
class CheckReport {
 public:
  /// Beyond this many failures a reader learns nothing, and a hostile bag would cost memory.
  static constexpr std::size_t kMostFindings = 200;

  /// `secret_paths` is what came in wrapped; may be null. With `hide_values` no value is ever
  /// shown.
  CheckReport(resource::Findings& findings, const std::set<value::PropertyPath>* secret_paths,
              bool hide_values)
      : findings_(findings), secret_paths_(secret_paths), hide_values_(hide_values) {}

  void Fail(const Place& place, std::string_view rule, std::string_view reason);
  void Warn(const Place& place, std::string_view rule, std::string_view reason);

  /// Whether the value there must not appear in a message.
  bool Hides(const Place& place) const;
  bool Full() const { return findings_.failures().size() >= kMostFindings; }

 private:
  resource::Findings& findings_;
  const std::set<value::PropertyPath>* secret_paths_;
  const bool hide_values_;
};

}  // namespace palisade::lifecycle

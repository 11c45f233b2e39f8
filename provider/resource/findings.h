#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/value/property_path.h"

namespace palisade::resource {

/// One thing wrong with the inputs, or worth a warning.
struct Finding {
  value::PropertyPath path;
  /// What `skipChecks` takes to silence it: "pattern", "tls.ca-key-mismatch".
  std::string rule;
  /// A sentence without the path: what was found, what is expected, what to do. No secrets.
  std::string reason;
};

/// Collects every finding of one Check.
class Findings {
 public:
  void Fail(value::PropertyPath path, std::string_view rule, std::string_view reason) {
    failures_.push_back({std::move(path), std::string(rule), std::string(reason)});
  }
  void Warn(value::PropertyPath path, std::string_view rule, std::string_view reason) {
    warnings_.push_back({std::move(path), std::string(rule), std::string(reason)});
  }
  template <typename Predicate>
  void DropWarnings(Predicate is_dropped) {
    std::erase_if(warnings_, is_dropped);
  }
  const std::vector<Finding>& failures() const { return failures_; }
  const std::vector<Finding>& warnings() const { return warnings_; }

 private:
  std::vector<Finding> failures_, warnings_;
};

/// Fails (rule "exclusive") unless exactly one of `names`, or at most one if `optional`, is
/// present. Unknown values count as present.
void CheckOneOf(const value::PropertyMap& inputs, std::initializer_list<std::string_view> names,
                bool optional, Findings& findings);

/// Fails (rule "dependent") when `name` is present and `needed` is not.
void CheckNeeds(const value::PropertyMap& inputs, std::string_view name, std::string_view needed,
                Findings& findings);

}  // namespace palisade::resource

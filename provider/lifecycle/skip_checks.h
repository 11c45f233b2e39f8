#pragma once

#include <set>
#include <string>
#include <string_view>

#include "provider/resource/findings.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// The known strings of a bag's skipChecks; empty when it is absent or wrong.
std::set<std::string> SkipChecksOf(const value::PropertyMap& bag);

/// Which rules are silenced, by the provider's configuration or by the resource itself.
class SkipChecks {
 public:
  SkipChecks(const value::PropertyMap& inputs, const std::set<std::string>& provider);
  bool Skips(std::string_view rule) const;

 private:
  std::set<std::string, std::less<>> ids_;
};

/// Warns, under rule "skip-checks", of ids in a bag's own skipChecks that no rule has. Handlers'
/// ids are not listed anywhere, but hold a dot ("tls.ca-key-mismatch"): one with a dot is taken for
/// right unless it is nearly that of something just found.
void WarnOfUnknownIds(const value::PropertyMap& bag, resource::Findings& findings);

}  // namespace palisade::lifecycle

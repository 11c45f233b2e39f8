#pragma once

#include <set>
#include <string>
#include <vector>

#include "provider/resource/findings.h"
#include "provider/schema/shape.h"
#include "provider/value/property_path.h"
#include "provider/value/property_value.h"

namespace palisade::lifecycle {

/// Takes the secrets of a bag out of what a check says of it. Rules see plain values and quote what
/// they refuse: a part of it, or another spelling.
class FindingRedactor {
 public:
  /// `bag` (unwrapped) outlives this. What the shape marks is secret, too.
  FindingRedactor(const schema::ObjectShape& shape, const value::PropertyMap& bag,
                  const std::set<value::PropertyPath>& secret_paths);

  resource::Finding Redact(resource::Finding finding) const;

 private:
  struct Secret {
    value::PropertyPath path;
    std::vector<const std::string*> texts;
    std::vector<std::string> numbers;
  };
  std::vector<Secret> secrets_;
  std::vector<const std::string*> texts_;  // of all
};

}  // namespace palisade::lifecycle

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
/// they refuse: a part of it, or another spelling. A path ends at a map that is secret as a whole,
/// whose keys are the user's own words.
class FindingRedactor {
 public:
  /// `shape` and `bag` (unwrapped) outlive this. What the shape marks is secret, too.
  FindingRedactor(const schema::ObjectShape& shape, const value::PropertyMap& bag,
                  const std::set<value::PropertyPath>& secret_paths);

  resource::Finding Redact(resource::Finding finding) const;

 private:
  struct Secret {
    value::PropertyPath path;
    std::vector<const std::string*> texts;
    std::vector<std::string> numbers;
  };
  value::PropertyPath WithoutSecretKeys(const value::PropertyPath& path) const;

  const schema::ObjectShape& shape_;
  std::vector<Secret> secrets_;
  std::vector<const std::string*> texts_;  // of all
};

}  // namespace palisade::lifecycle

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

inline const PropertyValue kUnknown{value::Unknown{}};

/// What a rule found, as "path rule" and, apart, as its sentences.
struct Found {
  std::vector<std::string> failures, warnings, reasons;
};

inline Found In(const Findings& findings) {
  Found found;
  for (const auto& one : findings.failures()) {
    found.failures.push_back(one.path.Text() + " " + one.rule);
    found.reasons.push_back(one.reason);
  }
  for (const auto& one : findings.warnings()) {
    found.warnings.push_back(one.path.Text() + " " + one.rule);
    found.reasons.push_back(one.reason);
  }
  return found;
}

/// Runs a rule over a whole bag.
inline Found Check(void (*rule)(const PropertyMap&, Findings&), const PropertyMap& inputs) {
  Findings findings;
  rule(inputs, findings);
  return In(findings);
}

/// Runs a rule over one object.
inline Found CheckAt(const std::function<void(const Place&)>& rule, const PropertyMap& bag,
                     const PropertyPath& path = PropertyPath()) {
  Findings findings;
  rule({bag, path, findings});
  return In(findings);
}

/// Puts an unknown, then values of wrong types, in the place of each part below `here`, one at a
/// time, and calls `visit` with whether the part is unknown.
inline void ForEachChange(PropertyValue& here, const std::function<void(bool unknown)>& visit) {
  const PropertyValue kept = here;
  here = kUnknown;
  visit(true);
  for (const PropertyValue& wrong :
       {PropertyValue(7), PropertyValue("x"), PropertyValue(PropertyArray{"x", kUnknown, -1}),
        PropertyValue(PropertyMap{{"x", kUnknown}})}) {
    here = wrong;
    visit(false);
  }
  here = kept;
  if (auto* object = here.If<PropertyMap>()) {
    for (auto& [name, member] : *object) ForEachChange(member, visit);
  } else if (auto* list = here.If<PropertyArray>()) {
    for (PropertyValue& item : *list) ForEachChange(item, visit);
  }
}

/// Good inputs have no failures, whatever part of them is unknown, and no rule trips over a part
/// of a wrong type.
inline void ExpectUnknownsPass(void (*rule)(const PropertyMap&, Findings&), PropertyMap good) {
  EXPECT_THAT(Check(rule, good).failures, testing::IsEmpty());
  int changes = 0;
  for (auto& [name, member] : good) {
    ForEachChange(member, [&](bool unknown) {
      const Found found = Check(rule, good);
      if (unknown) {
        EXPECT_THAT(found.failures, testing::IsEmpty());
      }
      ++changes;
    });
  }
  EXPECT_GT(changes, 0);
}

}  // namespace palisade::aws::rules

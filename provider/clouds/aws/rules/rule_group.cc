#include "provider/clouds/aws/rules/rule_group.h"

#include <string>
#include <vector>

#include "provider/clouds/aws/rules/capacity.h"
#include "provider/clouds/aws/rules/domain_list.h"
#include "provider/clouds/aws/rules/five_tuple.h"
#include "provider/clouds/aws/rules/stateless.h"
#include "provider/clouds/aws/rules/suricata_check.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kStatelessSource = "statelessRulesAndCustomActions";
constexpr std::string_view kSources[] = {"rulesString", "rulesSourceList", "statefulRules",
                                         kStatelessSource};

void CheckSources(const Place& source) {
  std::vector<std::string_view> present;
  for (const std::string_view name : kSources) {
    if (View(source.bag).Has(name)) present.push_back(name);
  }
  if (present.empty()) {
    source.findings.Fail(source.path, "aws.nf.rules-source",
                         "holds no rules; set one of " + Listed(kSources));
  } else if (present.size() > 1) {
    source.Fail(present[1], "aws.nf.rules-source",
                "only one of " + Listed(kSources) + " may be set, but " + Listed(present, "and") +
                    " are; keep one and make another RuleGroup for the rest");
  }
}

// `type` is STATELESS, STATEFUL or newer.
void CheckType(const std::string& type, const Place& group) {
  const bool stateless = type == "STATELESS";
  const std::string start = "the type is " + type + ", ";
  group.Object("rulesSource", [&](const Place& source) {
    for (const std::string_view name : kSources) {
      if (!View(source.bag).Has(name) || stateless == (name == kStatelessSource)) continue;
      source.Fail(name, "aws.nf.rule-group-type",
                  start + "but these are " + (stateless ? "stateful" : "stateless") +
                      " rules; set type to " + (stateless ? "STATEFUL" : "STATELESS") +
                      ", or use " +
                      (stateless ? std::string(kStatelessSource)
                                 : "rulesString, rulesSourceList or statefulRules"));
    }
  });
  if (!stateless) return;
  for (const char* name : {"ruleVariables", "referenceSets", "statefulRuleOptions"}) {
    if (!View(group.bag).Has(name)) continue;
    group.Fail(name, "aws.nf.rule-group-type",
               start + "but only stateful groups have " + name + "; remove it");
  }
}

bool IsStrict(const Place& group) {
  const PropertyMap* options = View(group.bag).Object("statefulRuleOptions");
  return options != nullptr && View(*options).String("ruleOrder") == "STRICT_ORDER";
}

void CheckGroup(const Place& group) {
  const RuleNames names = CheckVariables(group);
  const bool strict = IsStrict(group);
  group.Object("rulesSource", [&](const Place& source) {
    CheckSources(source);
    if (const auto text = View(source.bag).String("rulesString")) {
      CheckSuricata(*text, source.At("rulesString"), names, strict, source.findings);
    }
    source.Object("rulesSourceList", CheckDomainList);
    CheckStatefulRules(source, names, strict);
    source.Object(kStatelessSource, CheckStatelessRules);
  });
}

}  // namespace

void CheckRuleGroup(const PropertyMap& inputs, Findings& findings) {
  const View view(inputs);
  const Place root{inputs, PropertyPath(), findings};
  const auto type = view.String("type");
  const bool rules = view.Has("rules");
  if (rules && view.Has("ruleGroup")) {
    root.Fail("rules", "aws.nf.rules-source",
              "rules and ruleGroup are both set; keep one of the two");
  } else if (!rules && !view.Has("ruleGroup")) {
    FailOnce(root.At("ruleGroup"), "aws.nf.rules-source",
             "is missing; the service takes no rule group without rules", findings);
  }
  if (rules && type == "STATELESS") {
    root.Fail("rules", "aws.nf.rule-group-type",
              "the type is STATELESS, but these are stateful rules; set type to STATEFUL");
  }
  if (const auto text = view.String("rules")) {
    const RuleNames none{std::set<std::string>{}, std::set<std::string>{}, std::set<std::string>{}};
    CheckSuricata(*text, root.At("rules"), none, false, findings);
  }
  root.Object("ruleGroup", [&](const Place& group) {
    if (type) CheckType(*type, group);
    CheckGroup(group);
  });
  CheckCapacity(inputs, findings);
}

}  // namespace palisade::aws::rules

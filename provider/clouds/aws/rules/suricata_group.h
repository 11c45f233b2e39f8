#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provider/clouds/aws/rules/bags.h"

namespace palisade::aws::rules {

/// The variables that the rules of one group may use; nullopt where what is defined is unknown.
struct RuleNames {
  std::optional<std::set<std::string>> ip_sets, port_sets, references;
};

/// The names under `ruleVariables.ipSets`, `ruleVariables.portSets` and
/// `referenceSets.ipSetReferences` of a `ruleGroup`. Fails (`aws.nf.variable-name`) at those that
/// are no names: a letter, then letters, digits and _, 32 at most (the API's pattern; the one of
/// CloudFormation is laxer), and checks what they hold (`aws.nf.variable-definition`). Warns of
/// more references than the service takes of a rule group (`aws.nf.references`).
RuleNames CheckVariables(const Place& rule_group);

/// One thing wrong with an address or port of a rule.
struct GroupProblem {
  /// "aws.nf.suricata-address", "aws.nf.suricata-port" or "aws.nf.suricata-variable".
  std::string rule;
  std::string reason;
};

/// An address or a list of them in Suricata's syntax: `any`, addresses, ranges (`a/n`, `a-b`),
/// `$HOME_NET`, `$EXTERNAL_NET` and other names of `names.ip_sets`, `@name` of `names.references`,
/// `!` before any of these, `[a,b]`.
std::vector<GroupProblem> JudgeAddresses(std::string_view text, const RuleNames& names);

/// The same for ports: `any`, `80`, `80:90`, `80:`, `:80`, `$name` of `names.port_sets`.
std::vector<GroupProblem> JudgePorts(std::string_view text, const RuleNames& names);

}  // namespace palisade::aws::rules

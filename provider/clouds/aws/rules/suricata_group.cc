#include "provider/clouds/aws/rules/suricata_group.h"

#include <re2/re2.h>

#include <algorithm>

#include "provider/base/status.h"
#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/ids.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kAddressRule = "aws.nf.suricata-address";
constexpr std::string_view kPortRule = "aws.nf.suricata-port";
constexpr std::string_view kVariableRule = "aws.nf.suricata-variable";
// A quota that cannot be raised, as the developer guide says.
constexpr std::size_t kMostReferences = 5;

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

bool IsPredefined(std::string_view name) { return name == "HOME_NET" || name == "EXTERNAL_NET"; }

// Reads a group and hands each of its leaves to Leaf.
class GroupReader {
 public:
  GroupReader(std::string_view text, bool ports, const RuleNames& names)
      : text_(text), rule_(ports ? kPortRule : kAddressRule), ports_(ports), names_(names) {}

  std::vector<GroupProblem> Read() {
    int depth = 0;
    // '!' that waits for what it negates.
    bool negated = false, expect_item = true;
    for (std::size_t at = 0; at < text_.size() && problems_.size() < kMostProblems;) {
      const char c = text_[at];
      if (c == ' ' || c == '\t') {
        ++at;
      } else if (c == ',' || c == ']') {
        if (expect_item)
          return Malformed(c == ',' ? "has nothing before a comma" : "has nothing before a ]");
        if (depth == 0)
          return Malformed(c == ',' ? "is a list; write it in brackets, [a,b]"
                                    : "has a ] without its [");
        if (c == ']') --depth;
        expect_item = c == ',';
        ++at;
      } else if (!expect_item) {
        return Malformed("lacks a comma between two items");
      } else if (c == '[') {
        if (++depth > kMostDepth) return Malformed("has brackets in too many levels");
        negated = false;
        ++at;
      } else if (c == '!') {
        if (negated) return Malformed("has ! twice in a row");
        negated = true;
        ++at;
      } else {
        const std::size_t end = std::min(text_.find_first_of("[],! \t", at), text_.size());
        Leaf(text_.substr(at, end - at), negated);
        negated = expect_item = false;
        at = end;
      }
    }
    if (problems_.size() >= kMostProblems) return std::move(problems_);
    if (expect_item)
      return Malformed(text_.empty() ? "is empty" : "ends where an item should follow");
    if (depth > 0) return Malformed("has a [ that is not closed");
    return std::move(problems_);
  }

 private:
  static constexpr int kMostDepth = 32;
  static constexpr std::size_t kMostProblems = 10;

  std::vector<GroupProblem> Malformed(std::string_view what) {
    Add(rule_, Quoted(text_) + " " + std::string(what));
    return std::move(problems_);
  }

  void Add(std::string_view rule, std::string reason) {
    problems_.push_back({std::string(rule), std::move(reason)});
  }

  void Leaf(std::string_view leaf, bool negated) {
    if (EqualIgnoringCase(leaf, "any")) {
      if (negated) Add(rule_, "!any matches nothing; remove the ! or name what is meant");
    } else if (leaf.starts_with('$')) {
      Variable(leaf.substr(1));
    } else if (leaf.starts_with('@')) {
      Reference(leaf.substr(1));
    } else if (ports_) {
      Port(leaf);
    } else {
      Single(leaf);
    }
  }

  void Variable(std::string_view name) {
    const auto& sets = ports_ ? names_.port_sets : names_.ip_sets;
    const auto& others = ports_ ? names_.ip_sets : names_.port_sets;
    if (!ports_ && IsPredefined(name)) return;
    const std::string key(name), place = ports_ ? "portSets" : "ipSets";
    if (!sets || sets->count(key) > 0) return;
    std::string reason = "$" + key + " is not defined; add " + key + " to ruleVariables." + place;
    if ((ports_ && IsPredefined(name)) || (others && others->count(key) > 0)) {
      reason = "$" + key + " holds " + (ports_ ? "addresses" : "ports") + ", but stands where " +
               (ports_ ? "a port" : "an address") + " is expected";
    } else if (const auto near = Near(name, *sets); !near.empty()) {
      reason += "; did you mean $" + near + "?";
    }
    Add(kVariableRule, std::move(reason));
  }

  void Reference(std::string_view name) {
    const std::string key(name);
    if (ports_) {
      Add(kVariableRule, "@" + key + " refers to addresses, but stands where a port is expected");
    } else if (names_.references && names_.references->count(key) == 0) {
      Add(kVariableRule, "@" + key + " is not defined; add " + key +
                             " to referenceSets.ipSetReferences, or write $" + key +
                             " for a set of ruleVariables.ipSets");
    }
  }

  std::string Near(std::string_view name, const std::set<std::string>& sets) const {
    std::vector<std::string_view> candidates(sets.begin(), sets.end());
    if (!ports_) candidates.insert(candidates.end(), {"HOME_NET", "EXTERNAL_NET"});
    return std::string(Nearest(name, candidates).value_or(""));
  }

  void Single(std::string_view text) {
    if (ParseAddress(text) || IsCidr(text)) return;
    // Suricata also takes a-b and a/255.255.0.0.
    if (const std::size_t at = text.find_first_of("-/"); at != text.npos) {
      const auto first = ParseAddress(text.substr(0, at));
      const auto last = ParseAddress(text.substr(at + 1));
      if (first && last && first->v6 == last->v6 && (text[at] == '-' || !first->v6)) {
        if (text[at] == '-' && last->bytes < first->bytes) {
          Add(rule_, Quoted(text) + " ends before it begins; swap the two addresses");
        }
        return;
      }
    }
    if (LooksLikeAddress(text)) {
      Add(rule_, base::Message(ParseCidr(text).status()));
    } else if (names_.ip_sets && names_.ip_sets->count(std::string(text)) > 0) {
      Add(rule_, Quoted(text) + " is a variable; write $" + std::string(text));
    } else {
      Add(rule_, Quoted(text) +
                     " is no address; expected any, an address, a range such as 10.0.0.0/16, a "
                     "variable such as $HOME_NET or a list of these; names are matched by options "
                     "(tls.sni, http.host) or by a domain list (rulesSourceList)");
    }
  }

  void Port(std::string_view text) {
    constexpr std::uint64_t kMost = 65535;
    const std::size_t colon = text.find(':');
    const auto number = [&](std::string_view part) { return ParseNumber(part, kMost); };
    if (colon == text.npos) {
      if (number(text)) return;
      const std::size_t dash = text.find('-');
      const bool range = dash != text.npos && number(text.substr(0, dash));
      Add(rule_, Quoted(text) + (range ? " is no port range; write it with a colon, 80:90"
                                       : " is no port; expected any, a number from 0 to 65535, a "
                                         "range such as 80:90, or a list of these"));
      return;
    }
    const std::string_view from = text.substr(0, colon), to = text.substr(colon + 1);
    const auto first = from.empty() ? std::optional<std::uint64_t>(0) : number(from);
    const auto last = to.empty() ? std::optional(kMost) : number(to);
    if (!first || !last || (from.empty() && to.empty())) {
      Add(rule_, Quoted(text) + " is no port range; expected two numbers from 0 to 65535, 80:90");
    } else if (*first > *last) {
      Add(rule_, Quoted(text) + " ends before it begins; swap the two numbers");
    }
  }

  const std::string_view text_;
  const std::string_view rule_;
  const bool ports_;
  const RuleNames& names_;
  std::vector<GroupProblem> problems_;
};

void CheckName(const std::string& name, const Place& sets) {
  static const re2::RE2 kName("[A-Za-z][A-Za-z0-9_]{0,31}");
  if (re2::RE2::FullMatch(Piece(name), kName)) return;
  sets.Fail(name, "aws.nf.variable-name",
            Quoted(name) +
                " is no name of a variable; expected a letter, then letters, digits "
                "and _, 32 in all" +
                (name.starts_with('$') || name.starts_with('@')
                     ? "; the sign stands only where a rule uses the name"
                     : ""));
}

// The names of a map from names to sets; nullopt when the map is unknown or of a wrong type.
std::optional<std::set<std::string>> CheckNames(const Place& parent, std::string_view name) {
  std::set<std::string> names;
  if (!View(parent.bag).Has(name)) return names;
  const PropertyMap* sets = View(parent.bag).Object(name);
  if (sets == nullptr) return std::nullopt;
  for (const auto& [key, unused] : *sets) {
    CheckName(key, {*sets, parent.At(name), parent.findings});
    names.insert(key);
  }
  return names;
}

using Judge = std::vector<GroupProblem> (*)(std::string_view, const RuleNames&);

void CheckDefinitions(const Place& variables, std::string_view name, Judge judge,
                      const RuleNames& names) {
  variables.Object(name, [&](const Place& sets) {
    for (const auto& [key, unused] : sets.bag) {
      sets.Object(key, [&](const Place& set) {
        set.Texts("definition", [&](const std::string& text, const PropertyPath& path) {
          for (const GroupProblem& problem : judge(Trimmed(text), names)) {
            set.findings.Fail(path, "aws.nf.variable-definition", problem.reason);
          }
        });
      });
    }
  });
}

}  // namespace

RuleNames CheckVariables(const Place& rule_group) {
  RuleNames names;
  const auto read = [&](std::string_view parent, std::string_view name) {
    std::optional<std::set<std::string>> read_names;
    if (!View(rule_group.bag).Has(parent)) read_names.emplace();
    rule_group.Object(parent, [&](const Place& place) { read_names = CheckNames(place, name); });
    return read_names;
  };
  names.ip_sets = read("ruleVariables", "ipSets");
  names.port_sets = read("ruleVariables", "portSets");
  names.references = read("referenceSets", "ipSetReferences");
  if (names.references && names.references->size() > kMostReferences) {
    rule_group.findings.Warn(
        rule_group.At("referenceSets").Child("ipSetReferences"), "aws.nf.references",
        "these are " + std::to_string(names.references->size()) +
            " references; the service takes " + std::to_string(kMostReferences) +
            " of a rule group: join prefix lists, or spread the rules over more groups");
  }
  rule_group.Object("ruleVariables", [&](const Place& variables) {
    CheckDefinitions(variables, "ipSets", JudgeAddresses, names);
    CheckDefinitions(variables, "portSets", JudgePorts, names);
  });
  rule_group.Object("referenceSets", [&](const Place& sets) {
    sets.Object("ipSetReferences", [&](const Place& references) {
      for (const auto& [key, unused] : references.bag) {
        references.Object(key, [&](const Place& reference) {
          const auto arn = View(reference.bag).String("referenceArn");
          if (!arn) return;
          if (const auto parsed = ParseArn(*arn); !parsed.ok()) {
            reference.Fail("referenceArn", "aws.arn",
                           base::Message(parsed.status()) +
                               "; use the ARN of a prefix list or a resource group");
          }
        });
      }
    });
  });
  return names;
}

std::vector<GroupProblem> JudgeAddresses(std::string_view text, const RuleNames& names) {
  return GroupReader(text, false, names).Read();
}

std::vector<GroupProblem> JudgePorts(std::string_view text, const RuleNames& names) {
  return GroupReader(text, true, names).Read();
}

}  // namespace palisade::aws::rules

#include "provider/lifecycle/autoname.h"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "provider/lifecycle/limits_check.h"
#include "provider/lifecycle/seed.h"
#include "provider/lifecycle/value_text.h"

namespace palisade::lifecycle {
namespace {

using schema::NameRule;
using schema::PropertyShape;
using value::PropertyPath;
using value::PropertyValue;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string Lowered(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// What is neither letter nor digit nor in `also` becomes one hyphen, or nothing if `drop`.
std::string Cleaned(std::string_view text, std::string_view also, bool drop) {
  std::string clean;
  for (const char c : text) {
    if (IsLetter(c) || IsDigit(c) || also.find(c) != std::string_view::npos) {
      clean += c;
    } else if (!drop && !clean.empty() && clean.back() != '-') {
      clean += '-';
    }
  }
  return clean;
}

// Why `name` is not possible; empty if it is.
std::string WhyNot(const PropertyShape& shape, const std::string& name) {
  const NameRule& rule = *shape.name_rule;
  if (name.empty()) return "it is empty";
  if (CodePoints(name) > rule.max_length) {
    return "it is longer than " + std::to_string(rule.max_length) + " characters";
  }
  if (rule.lower_case && name != Lowered(name)) return "it has to be in lower case";
  for (const std::string& prefix : rule.forbidden_prefixes) {
    if (name.starts_with(prefix)) return "it begins with " + prefix;
  }
  resource::Findings findings;
  CheckReport report(findings, nullptr, false);
  CheckLimits(shape.limits, name, Place{}, report);
  return findings.failures().empty() ? "" : findings.failures().front().reason;
}

// The spellings of `base` to try, the most faithful first: what a service allows in a name is known
// by its pattern and its forbidden beginnings alone. Another first letter is the last resort.
std::vector<std::string> Spellings(const std::string& base) {
  std::vector<std::string> spellings = {base, Cleaned(base, "-_.", false),
                                        Cleaned(base, "-_", false), Cleaned(base, "-", false),
                                        Cleaned(base, "", true)};
  const std::size_t count = spellings.size();
  for (std::size_t i = 1; i < count; ++i) {
    if (!spellings[i].empty()) spellings.push_back("n" + spellings[i]);
  }
  return spellings;
}

// The first name made from a spelling of `base` that the rules allow; if none is, the one from the
// cleanest, which the shape's rules will then explain.
std::string FirstPossible(const PropertyShape& shape, const std::string& base,
                          const std::function<std::string(const std::string&)>& make) {
  for (const std::string& spelling : Spellings(base)) {
    std::string name = make(spelling);
    if (WhyNot(shape, name).empty()) return name;
  }
  return make(Cleaned(base, "-", false));
}

class Namer {
 public:
  Namer(const PropertyShape& shape, const NameSources& sources, const PropertyPath& path)
      : shape_(shape), rule_(*shape.name_rule), sources_(sources), path_(path) {}

  std::string OwnScheme() const {
    const std::string random = RandomPart();
    return FirstPossible(shape_, Base(),
                         [&](const std::string& base) { return WithRandom(base, random); });
  }

  // The engine's proposal, spelt as the service wants it. One that is too long would lose the
  // random end that tells it from its neighbours, and gets ours.
  std::string From(const std::string& proposed) const {
    const std::string random = RandomPart();
    const std::string base = rule_.lower_case ? Lowered(proposed) : proposed;
    return FirstPossible(shape_, base, [&](const std::string& spelling) {
      return CodePoints(spelling) <= rule_.max_length ? spelling : WithRandom(spelling, random);
    });
  }

 private:
  std::string Base() const {
    std::string base = sources_.subject.name;
    if (base.empty()) {
      // `pulumi do` may give no name; the type says at least what it is.
      const std::string& type = sources_.subject.type;
      base = Lowered(type.substr(type.rfind(':') + 1));
    }
    return rule_.lower_case ? Lowered(base) : base;
  }

  std::string RandomPart() const {
    return SeededText(sources_.random_seed, "name:" + path_.Text(), rule_.random_length,
                      rule_.charset, sources_.random);
  }

  std::string WithRandom(const std::string& base, const std::string& random) const {
    const std::size_t taken = random.size() + rule_.separator.size();
    std::string start(FirstCodePoints(base, rule_.max_length - std::min(rule_.max_length, taken)));
    while (!rule_.separator.empty() && start.ends_with(rule_.separator)) {
      start.resize(start.size() - rule_.separator.size());
    }
    return start.empty() ? random : start + rule_.separator + random;
  }

  const PropertyShape& shape_;
  const NameRule& rule_;
  const NameSources& sources_;
  const PropertyPath& path_;
};

std::optional<std::string> MadeName(const PropertyShape& shape, const NameSources& sources,
                                    const PropertyPath& path, resource::Findings& findings) {
  const Namer namer(shape, sources, path);
  if (!sources.autonaming) return namer.OwnScheme();
  const std::string& proposed = sources.autonaming->proposed_name;
  switch (sources.autonaming->mode) {
    case Autonaming::Mode::kPropose:
      return proposed.empty() ? namer.OwnScheme() : namer.From(proposed);
    case Autonaming::Mode::kEnforce: {
      const std::string why = WhyNot(shape, proposed);
      if (why.empty() || sources.skip.Skips("name")) return proposed;
      findings.Fail(path, "name",
                    "pulumi:autonaming demands the name " + Shown(PropertyValue(proposed), false) +
                        ", which is not possible: " + why +
                        "; set the name in the program, or change the autonaming configuration");
      return std::nullopt;
    }
    case Autonaming::Mode::kDisable:
      if (sources.skip.Skips("name")) return namer.OwnScheme();
      findings.Fail(path, "name",
                    "is missing, and pulumi:autonaming forbids making one; set it in the program");
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

void FillNames(const schema::ObjectShape& shape, const NameSources& sources, PropertyMap& bag,
               std::set<PropertyPath>& filled, resource::Findings& findings) {
  for (const auto& [name, property] : shape.properties) {
    if (!property.name_rule) continue;
    const PropertyPath path(name);
    const auto old = sources.olds.find(name);
    const bool has_old = old != sources.olds.end() && old->second.Is<std::string>();
    if (const auto given = bag.find(name); given != bag.end()) {
      const bool same = !has_old || old->second == given->second;
      if (sources.new_listed.contains(path) && same && given->second.Is<std::string>()) {
        filled.insert(path);
      }
      continue;
    }
    if (has_old) {
      bag.emplace(name, old->second);
    } else if (auto made = MadeName(property, sources, path, findings)) {
      bag.emplace(name, *std::move(made));
    } else {
      continue;
    }
    filled.insert(path);
  }
}

}  // namespace palisade::lifecycle

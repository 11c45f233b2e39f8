#include "provider/clouds/aws/rules/domain_list.h"

#include <algorithm>
#include <set>
#include <utility>

#include "provider/clouds/aws/rules/cidr.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using Kind = TargetVerdict::Kind;

constexpr std::string_view kTargetTypes[] = {"TLS_SNI", "HTTP_HOST",
                                             "AWS_ROUTE_53_RESOLVED_DOMAIN"};
constexpr std::string_view kRulesTypes[] = {"ALLOWLIST", "DENYLIST", "REJECTLIST", "ALERTLIST"};

TargetVerdict Fails(std::string reason, std::string rule = "aws.nf.target-domain") {
  return {Kind::kFail, std::move(rule), std::move(reason)};
}

TargetVerdict Warns(std::string reason) {
  return {Kind::kWarn, "aws.nf.target-domain", std::move(reason)};
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

// The host of a URL or of "host:port/path".
std::string_view HostOf(std::string_view text) {
  if (const std::size_t scheme = text.find("://"); scheme != text.npos) {
    text.remove_prefix(scheme + 3);
  }
  return text.substr(0, text.find_first_of(":/?#"));
}

// Forms that people write in other tools.
TargetVerdict JudgeForm(std::string_view target) {
  const std::string shown = Quoted(target);
  if (target.find("://") != target.npos) {
    return Fails(shown + " is a URL; write only its host name, " + Quoted(HostOf(target)));
  }
  if (target.starts_with("*.") && target.find('*', 1) == target.npos) {
    return Fails(shown + " uses an asterisk; write " + Quoted(target.substr(1)) +
                 ", which matches that domain and all names below it");
  }
  if (target.find('*') != target.npos) {
    return Fails(shown + " uses an asterisk; the only wildcard is a dot at the start, such as " +
                 "\".example.com\"");
  }
  if (target.find_first_of("/?#") != target.npos) {
    return Fails(shown + " has a path; a domain list sees only the host name, " +
                 Quoted(HostOf(target)));
  }
  if (target.find(':') != target.npos) {
    return Fails(shown + " has a port; write only the host name, " + Quoted(HostOf(target)) +
                 ", or match ports with a 5-tuple rule (statefulRules)");
  }
  return {};
}

TargetVerdict JudgeLabels(std::string_view target) {
  constexpr std::size_t kLongestName = 253, kLongestLabel = 63;
  std::string_view name = target;
  if (name.starts_with('.')) name.remove_prefix(1);
  const bool last_dot = name.ends_with('.');
  if (last_dot) name.remove_suffix(1);
  if (name.empty()) return Fails(Quoted(target) + " holds no domain name");
  if (name.size() > kLongestName) {
    return Fails(Quoted(target) + " has " + std::to_string(name.size()) +
                 " characters; a domain name has at most 253");
  }
  for (const std::string_view label : Split(name, '.')) {
    if (label.empty()) return Fails(Quoted(target) + " has two dots in a row");
    if (label.size() > kLongestLabel) {
      return Fails(Quoted(label) + " in " + Quoted(target) +
                   " is longer than the 63 characters of a DNS label");
    }
  }
  if (last_dot) {
    return Warns(Quoted(target) + " ends with a dot, which no client sends as host name; write " +
                 Quoted(target.substr(0, target.size() - 1)));
  }
  return {};
}

// "HTTP" for HTTP_HOST and the like; empty when it is no known slip.
std::string_view MeantTargetType(std::string_view given) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"http", "HTTP_HOST"}, {"host", "HTTP_HOST"},    {"http_hosts", "HTTP_HOST"},
      {"https", "TLS_SNI"},  {"tls", "TLS_SNI"},       {"sni", "TLS_SNI"},
      {"ssl", "TLS_SNI"},    {"https_host", "TLS_SNI"}};
  for (const auto& [slip, meant] : kMeant) {
    if (EqualIgnoringCase(given, slip)) return meant;
  }
  return Nearest(given, kTargetTypes).value_or("");
}

std::string_view MeantRulesType(std::string_view given) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"allow", "ALLOWLIST"}, {"pass", "ALLOWLIST"},       {"whitelist", "ALLOWLIST"},
      {"deny", "DENYLIST"},   {"drop", "DENYLIST"},        {"blacklist", "DENYLIST"},
      {"block", "DENYLIST"},  {"blocklist", "DENYLIST"},   {"reject", "REJECTLIST"},
      {"alert", "ALERTLIST"}, {"allow_list", "ALLOWLIST"}, {"deny_list", "DENYLIST"}};
  for (const auto& [slip, meant] : kMeant) {
    if (EqualIgnoringCase(given, slip)) return meant;
  }
  return Nearest(given, kRulesTypes).value_or("");
}

bool IsOneOf(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The service adds kinds, so a word that stands for no known one is the shape's to warn of.
void CheckTargetType(std::string_view given, const PropertyPath& path, Findings& findings) {
  if (IsOneOf(given, kTargetTypes)) return;
  const std::string_view meant = MeantTargetType(given);
  if (meant.empty()) return;
  FailOnce(path, "aws.nf.target-type",
           Quoted(given) + " is no target type; write " + std::string(meant), findings);
}

void CheckRulesType(const Place& list) {
  const auto type = value::View(list.bag).String("generatedRulesType");
  if (!type || IsOneOf(*type, kRulesTypes)) return;
  const std::string_view meant = MeantRulesType(*type);
  if (meant.empty()) return;
  FailOnce(list.At("generatedRulesType"), "aws.nf.generated-rules-type",
           Quoted(*type) + " is no kind of generated rules; write " + std::string(meant),
           list.findings);
}

}  // namespace

TargetVerdict JudgeTarget(std::string_view target) {
  if (Trimmed(target) != target || target.find_first_of(" \t\r\n") != target.npos) {
    return Fails(Quoted(target) + " holds blanks; each target is one domain name");
  }
  if (target.empty()) return Fails("the text is empty; expected a domain name");
  if (LooksLikeAddress(target)) {
    return Fails(Quoted(target) + " is an address, but a domain list takes domain names, such as " +
                     "\"api.example.com\" or \".example.com\"; match addresses with a stateless " +
                     "rule (statelessRulesAndCustomActions) or a 5-tuple rule (statefulRules)",
                 "aws.nf.target-is-cidr");
  }
  if (TargetVerdict form = JudgeForm(target); form.kind != Kind::kGood) return form;
  const bool ascii = std::all_of(target.begin(), target.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) {
    return Warns(Quoted(target) +
                 " holds letters beyond ASCII, which no client sends; write the name's xn-- form");
  }
  if (!std::all_of(target.begin(), target.end(), IsHostCharacter)) {
    return Fails(Quoted(target) + " holds a character that no domain name has");
  }
  if (TargetVerdict labels = JudgeLabels(target); labels.kind != Kind::kGood) return labels;
  if (Lower(target) != target) {
    return Warns(Quoted(target) + " holds capitals, but names are compared in lower case; write " +
                 Quoted(Lower(target)));
  }
  return {};
}

void CheckDomainList(const Place& list) {
  std::set<std::string> seen;
  list.Texts("targets", [&](const std::string& target, const PropertyPath& path) {
    const TargetVerdict verdict = JudgeTarget(target);
    if (verdict.kind == Kind::kFail) list.findings.Fail(path, verdict.rule, verdict.reason);
    if (verdict.kind == Kind::kWarn) list.findings.Warn(path, verdict.rule, verdict.reason);
    if (!seen.insert(target).second) {
      list.findings.Warn(path, "aws.nf.duplicate", Quoted(target) + " is listed twice");
    }
  });
  list.Texts("targetTypes", [&](const std::string& given, const PropertyPath& path) {
    CheckTargetType(given, path, list.findings);
  });
  CheckRulesType(list);
}

}  // namespace palisade::aws::rules

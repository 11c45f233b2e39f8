#include "provider/clouds/aws/rules/suricata_check.h"

#include <algorithm>
#include <initializer_list>
#include <map>

#include "provider/clouds/aws/rules/suricata.h"
#include "provider/clouds/aws/rules/suricata_keywords.h"
#include "provider/clouds/aws/rules/text.h"

namespace palisade::aws::rules {
namespace {

constexpr std::uint64_t kMost32Bits = 4294967295;
// Suricata cuts a longer rule off.
constexpr std::size_t kLongestRule = 8192;

std::string Where(std::size_t line, std::optional<std::uint64_t> sid) {
  std::string where = "line " + std::to_string(line);
  if (sid) where += ", sid " + std::to_string(*sid);
  return where + ": ";
}

class Checker {
 public:
  Checker(const PropertyPath& path, const RuleNames& names, bool strict_order, Findings& findings)
      : path_(path), names_(names), strict_order_(strict_order), findings_(findings) {}

  void Check(std::string_view text) {
    const SuricataText parsed = ParseSuricata(text);
    for (const SuricataProblem& problem : parsed.problems) {
      if (Full()) return;
      Add(true, "aws.nf.suricata-syntax", Where(problem.line, problem.sid) + problem.reason);
    }
    for (const SuricataRule& rule : parsed.rules) {
      if (Full()) return;
      rule_ = &rule;
      CheckHeader(rule.header);
      CheckSid();
      for (const SuricataOption& option : rule.options) CheckOption(option);
      CheckExpressions();
    }
    for (std::size_t i = 0; i < parsed.joined.size() && !Full(); ++i) {
      if (parsed.joined[i].size() <= kLongestRule) continue;
      Add(false, "aws.nf.suricata-syntax",
          "rule " + std::to_string(i + 1) + " of the text has " +
              std::to_string(parsed.joined[i].size()) + " characters; Suricata reads 8192 of them");
    }
  }

 private:
  static constexpr std::size_t kMostFindings = 50;

  bool Full() const { return count_ >= kMostFindings; }

  void Add(bool fails, std::string_view rule, const std::string& reason) {
    if (Full()) return;
    ++count_;
    const std::string shown =
        Full() ? reason + " (there may be more; correct these first)" : reason;
    if (fails) {
      findings_.Fail(path_, rule, shown);
    } else {
      findings_.Warn(path_, rule, shown);
    }
  }

  void Tell(bool fails, std::string_view rule, const std::string& reason) {
    Add(fails, rule, Where(rule_->line, rule_->sid) + reason);
  }

  void CheckWord(const WordVerdict& verdict, std::string_view rule) {
    if (!verdict.reason.empty()) Tell(verdict.fails, rule, verdict.reason);
  }

  void CheckHeader(const SuricataHeader& header) {
    CheckWord(JudgeAction(header.action), "aws.nf.suricata-action");
    CheckWord(JudgeProtocol(header.protocol), "aws.nf.suricata-protocol");
    CheckWord(JudgeDirection(header.direction), "aws.nf.suricata-direction");
    // Words that are shifted by a wrong direction would all be found wrong.
    if (JudgeDirection(header.direction).fails && header.direction != "<-") return;
    CheckGroup("the source", JudgeAddresses(header.source, names_));
    CheckGroup("the source port", JudgePorts(header.source_port, names_));
    CheckGroup("the destination", JudgeAddresses(header.destination, names_));
    CheckGroup("the destination port", JudgePorts(header.destination_port, names_));
  }

  void CheckGroup(std::string_view part, const std::vector<GroupProblem>& problems) {
    for (const GroupProblem& problem : problems) {
      Tell(true, problem.rule, std::string(part) + ": " + problem.reason);
    }
  }

  void CheckSid() {
    int sids = 0;
    for (const SuricataOption& option : rule_->options) sids += option.keyword == "sid" ? 1 : 0;
    if (sids == 0) {
      Tell(true, "aws.nf.suricata-sid", "the rule has no sid; add sid: and a number of its own");
    } else if (sids > 1) {
      Tell(true, "aws.nf.suricata-sid", "the rule has more than one sid; keep one");
    }
    if (!rule_->sid) return;
    const auto [first, is_new] = sids_.emplace(*rule_->sid, rule_->line);
    if (!is_new) {
      Tell(true, "aws.nf.suricata-sid",
           "the sid is taken by the rule of line " + std::to_string(first->second) +
               "; each has to be unique in its group");
    }
  }

  void CheckOption(const SuricataOption& option) {
    const KeywordFacts facts = FactsOf(option.keyword);
    const std::string keyword(option.keyword);
    if (!facts.refused.empty()) {
      Tell(true, "aws.nf.suricata-keyword", keyword + ": " + std::string(facts.refused));
    } else if (!facts.doubtful.empty()) {
      Tell(false, "aws.nf.suricata-keyword",
           keyword + ": " + std::string(facts.doubtful) + " by Network Firewall");
    } else if (!facts.known) {
      Tell(false, "aws.nf.suricata-keyword",
           Quoted(keyword) + " is no keyword that this version knows" +
               DidYouMean(NearestKeyword(keyword)));
    }
    if (option.keyword == "sid" || option.keyword == "rev" || option.keyword == "gid") {
      CheckNumber(option);
    }
    if (facts.quoted) CheckQuoted(option);
    if (option.keyword == "pcre") CheckExpression(option);
    if (option.keyword == "priority" && strict_order_) {
      Tell(true, "aws.nf.suricata-option",
           "priority cannot be used in a group of the rule order STRICT_ORDER, where rules are "
           "evaluated as they stand; remove the option");
    }
    if (option.keyword == "xbits" || option.keyword == "hostbits") CheckTracking(option);
  }

  void CheckNumber(const SuricataOption& option) {
    const auto number = ParseNumber(option.value.value_or(""), kMost32Bits);
    if (number && (*number > 0 || option.keyword == "gid")) return;
    const std::string keyword(option.keyword);
    Tell(true, keyword == "sid" ? "aws.nf.suricata-sid" : "aws.nf.suricata-option",
         keyword + " is no number from 1 to 4294967295");
  }

  void CheckQuoted(const SuricataOption& option) {
    std::string_view value = option.value.value_or("");
    if (option.keyword != "msg" && value.starts_with('!')) value = Trimmed(value.substr(1));
    if (value.size() > 2 && value.starts_with('"')) return;
    Tell(true, "aws.nf.suricata-option",
         std::string(option.keyword) + " needs a text in double quotes as its value");
  }

  void CheckExpression(const SuricataOption& option) {
    std::string_view value = option.value.value_or("");
    if (value.starts_with('!')) value = Trimmed(value.substr(1));
    if (!value.empty() && value != "\"\"") return;
    Tell(true, "aws.nf.suricata-option",
         "pcre needs an expression between slashes as its value, such as \"/^a+$/i\"");
  }

  // The guide's page on limitations: pcre is supported only with these.
  void CheckExpressions() {
    const auto has = [this](std::initializer_list<std::string_view> keywords) {
      return std::ranges::any_of(rule_->options, [&](const SuricataOption& option) {
        return std::ranges::find(keywords, option.keyword) != keywords.end();
      });
    };
    if (!has({"pcre"}) || has({"content", "tls.sni", "http.host", "dns.query", "tls_sni",
                               "http_host", "dns_query"})) {
      return;
    }
    Tell(false, "aws.nf.suricata-option",
         "pcre is only supported by Network Firewall together with content, tls.sni, http.host or "
         "dns.query; add one of them to the rule");
  }

  void CheckTracking(const SuricataOption& option) {
    const std::string value = Lower(option.value.value_or(""));
    if (value.find("ip_src") == value.npos && value.find("ip_dst") == value.npos &&
        value.find("ip_pair") == value.npos) {
      return;
    }
    Tell(false, "aws.nf.suricata-option",
         std::string(option.keyword) +
             " that track by address are not supported by Network Firewall");
  }

  const PropertyPath& path_;
  const RuleNames& names_;
  const bool strict_order_;
  Findings& findings_;
  const SuricataRule* rule_ = nullptr;
  std::size_t count_ = 0;
  // sid -> line of the first rule that has it.
  std::map<std::uint64_t, std::size_t> sids_;
};

}  // namespace

void CheckSuricata(std::string_view text, const PropertyPath& path, const RuleNames& names,
                   bool strict_order, Findings& findings) {
  Checker(path, names, strict_order, findings).Check(text);
}

}  // namespace palisade::aws::rules

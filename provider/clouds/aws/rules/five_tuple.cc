#include "provider/clouds/aws/rules/five_tuple.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "provider/clouds/aws/rules/suricata_keywords.h"
#include "provider/clouds/aws/rules/text.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

constexpr std::string_view kActions[] = {"PASS", "DROP", "ALERT", "REJECT"};
constexpr std::string_view kDirections[] = {"FORWARD", "ANY"};
constexpr std::string_view kProtocols[] = {
    "IP",   "TCP",  "UDP", "ICMP", "HTTP",  "FTP",  "TLS", "SMB",  "DNS",   "DCERPC", "SSH",
    "SMTP", "IMAP", "MSN", "KRB5", "IKEV2", "TFTP", "NTP", "DHCP", "HTTP2", "QUIC"};
constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
    {"HTTPS", "TLS"},  {"SSL", "TLS"},   {"ALL", "IP"},     {"*", "IP"},
    {"->", "FORWARD"}, {"<>", "ANY"},    {"BOTH", "ANY"},   {"BIDIRECTIONAL", "ANY"},
    {"ALLOW", "PASS"}, {"DENY", "DROP"}, {"BLOCK", "DROP"}, {"LOG", "ALERT"}};

// Fails with the word that is meant when it can be guessed, or if the set is closed; in an open set
// a word that nobody knows is the shape's to warn of.
template <std::size_t size>
void CheckWord(const Place& place, std::string_view name, const std::string_view (&allowed)[size],
               std::string_view rule, bool open) {
  const auto word = View(place.bag).String(name);
  if (!word || std::find(allowed, allowed + size, *word) != allowed + size) return;
  std::optional<std::string_view> meant = Nearest(*word, allowed);
  for (const auto& [slip, right] : kMeant) {
    if (EqualIgnoringCase(*word, slip) &&
        std::find(allowed, allowed + size, right) != allowed + size) {
      meant = right;
    }
  }
  if (!meant && open) return;
  FailOnce(place.At(name), rule,
           Quoted(*word) + " is not one of " + Listed(allowed) +
               (meant ? "; write " + std::string(*meant) : ""),
           place.findings);
}

void CheckGroups(const Place& header, std::string_view name,
                 std::vector<GroupProblem> (*judge)(std::string_view, const RuleNames&),
                 const RuleNames& names) {
  const auto text = View(header.bag).String(name);
  if (!text) return;
  for (const GroupProblem& problem : judge(*text, names)) {
    header.Fail(name, problem.rule, problem.reason);
  }
}

void CheckHeader(const Place& header, const RuleNames& names) {
  CheckWord(header, "protocol", kProtocols, "aws.nf.suricata-protocol", true);
  CheckWord(header, "direction", kDirections, "aws.nf.suricata-direction", false);
  CheckGroups(header, "source", JudgeAddresses, names);
  CheckGroups(header, "destination", JudgeAddresses, names);
  CheckGroups(header, "sourcePort", JudgePorts, names);
  CheckGroups(header, "destinationPort", JudgePorts, names);
}

// "REJECT is available only for TCP traffic. This option doesn't support FTP or IMAP protocols."
// (the service's model)
void CheckReject(const Place& rule) {
  if (View(rule.bag).String("action") != "REJECT") return;
  rule.Object("header", [&](const Place& header) {
    const auto protocol = View(header.bag).String("protocol");
    if (!protocol) return;
    if (*protocol == "FTP" || *protocol == "IMAP") {
      rule.Fail("action", "aws.nf.suricata-action",
                "REJECT does not support the protocol " + *protocol + "; write DROP");
    } else if (*protocol == "UDP" || *protocol == "ICMP") {
      rule.Warn("action", "aws.nf.suricata-action",
                "REJECT works for TCP only; write DROP for " + *protocol);
    }
  });
}

struct Option {
  std::string keyword;
  /// Of the first setting, or behind the keyword's colon.
  std::optional<std::string> value;
  bool value_unknown = false;
};

std::optional<Option> ReadOption(const PropertyMap& bag) {
  const auto keyword = View(bag).String("keyword");
  if (!keyword) return std::nullopt;
  Option option;
  const std::size_t colon = keyword->find(':');
  option.keyword = Trimmed(std::string_view(*keyword).substr(0, colon));
  if (colon != std::string::npos) {
    option.value = std::string(Trimmed(std::string_view(*keyword).substr(colon + 1)));
    return option;
  }
  option.value_unknown = View(bag).IsUnknown("settings");
  const auto settings = View(bag).Strings("settings");
  if (settings && !settings->empty()) option.value = std::string(Trimmed(settings->front()));
  return option;
}

class RuleList {
 public:
  explicit RuleList(bool strict_order) : strict_order_(strict_order) {}

  void CheckOptions(const Place& rule) {
    const PropertyArray* items = View(rule.bag).Array("ruleOptions");
    if (items == nullptr) return;
    int sids = 0;
    bool all_known = true;
    for (std::size_t i = 0; i < items->size(); ++i) {
      const auto* bag = (*items)[i].If<PropertyMap>();
      const auto option = bag == nullptr ? std::nullopt : ReadOption(*bag);
      if (!option) {
        all_known = false;
        continue;
      }
      const Place at{*bag, rule.At("ruleOptions").Child(i), rule.findings};
      if (option->keyword == "sid") {
        if (++sids > 1) at.Fail("keyword", "aws.nf.suricata-sid", "the rule has a second sid");
        if (!option->value_unknown) CheckSid(*option, at, rule);
      } else {
        CheckKeyword(*option, at);
      }
    }
    if (sids == 0 && all_known) {
      rule.Fail("ruleOptions", "aws.nf.suricata-sid",
                "no option is a sid, which each rule needs; add the keyword sid with a number of "
                "the rule's own as its setting");
    }
  }

 private:
  void CheckSid(const Option& option, const Place& at, const Place& rule) {
    const auto number = ParseNumber(option.value.value_or(""), 4294967295);
    if (!number || *number == 0) {
      at.Fail("settings", "aws.nf.suricata-sid",
              "the setting of sid is no number from 1 to 4294967295");
      return;
    }
    const auto [first, is_new] = sids_.emplace(*number, rule.path.Text());
    if (is_new) return;
    at.Fail("settings", "aws.nf.suricata-sid",
            "the sid " + std::to_string(*number) + " is taken by " + first->second +
                "; each has to be unique in its group");
  }

  void CheckKeyword(const Option& option, const Place& at) {
    const KeywordFacts facts = FactsOf(option.keyword);
    if (!facts.refused.empty()) {
      at.Fail("keyword", "aws.nf.suricata-keyword",
              option.keyword + ": " + std::string(facts.refused));
    } else if (!facts.doubtful.empty()) {
      at.Warn("keyword", "aws.nf.suricata-keyword",
              option.keyword + ": " + std::string(facts.doubtful) + " by Network Firewall");
    } else if (!facts.known) {
      at.Warn("keyword", "aws.nf.suricata-keyword",
              Quoted(option.keyword) + " is no keyword that this version knows" +
                  DidYouMean(NearestKeyword(option.keyword)));
    }
    if (option.keyword == "priority" && strict_order_) {
      at.Fail("keyword", "aws.nf.suricata-option",
              "priority cannot be used in a group of the rule order STRICT_ORDER; remove the "
              "option");
    }
    const bool quoted = option.value && option.value->find('"') != std::string::npos;
    if (facts.quoted && !option.value_unknown && !quoted) {
      at.Warn("settings", "aws.nf.suricata-option",
              "the setting of " + option.keyword +
                  " is passed to Suricata as it is, which wants it in double quotes; put \\\" "
                  "around the text");
    }
  }

  const bool strict_order_;
  // sid -> the rule that has it.
  std::map<std::uint64_t, std::string> sids_;
};

}  // namespace

void CheckStatefulRules(const Place& source, const RuleNames& names, bool strict_order) {
  RuleList list(strict_order);
  source.Objects("statefulRules", [&](const Place& rule) {
    CheckWord(rule, "action", kActions, "aws.nf.suricata-action", true);
    rule.Object("header", [&](const Place& header) { CheckHeader(header, names); });
    CheckReject(rule);
    list.CheckOptions(rule);
  });
}

}  // namespace palisade::aws::rules

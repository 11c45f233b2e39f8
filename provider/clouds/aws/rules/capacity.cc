#include "provider/clouds/aws/rules/capacity.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>

#include "provider/clouds/aws/rules/suricata.h"
#include "provider/value/view.h"

namespace palisade::aws::rules {
namespace {

using value::View;

std::int64_t SizeOf(const PropertyMap& bag, std::string_view name) {
  const PropertyArray* items = View(bag).Array(name);
  return items == nullptr ? 0 : static_cast<std::int64_t>(items->size());
}

std::int64_t Product(std::int64_t a, std::int64_t b) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  return b != 0 && a > kMost / b ? kMost : a * b;
}

std::int64_t Sum(std::int64_t a, std::int64_t b) {
  return a > std::numeric_limits<std::int64_t>::max() - b ? a : a + b;
}

std::int64_t RuleNeed(const PropertyValue& item) {
  const auto* rule = item.If<PropertyMap>();
  const PropertyMap* definition = rule == nullptr ? nullptr : View(*rule).Object("ruleDefinition");
  const PropertyMap* match =
      definition == nullptr ? nullptr : View(*definition).Object("matchAttributes");
  if (match == nullptr) return 1;
  std::int64_t need = 1;
  for (const char* name :
       {"sources", "destinations", "sourcePorts", "destinationPorts", "protocols", "tcpFlags"}) {
    need = Product(need, std::max<std::int64_t>(1, SizeOf(*match, name)));
  }
  return need;
}

void Compare(std::int64_t capacity, std::int64_t need, const std::string& how, Findings& findings) {
  if (capacity >= need) return;
  findings.Fail(PropertyPath("capacity"), "aws.nf.capacity",
                std::to_string(capacity) + " is lower than the " + std::to_string(need) +
                    " that the rules need (" + how + "); set at least " + std::to_string(need) +
                    ", and more if rules are to be added later: it cannot be changed in place");
}

// Those whose arithmetic is known.
std::int64_t CountedTypes(const PropertyMap& list) {
  std::int64_t count = 0;
  if (const PropertyArray* types = View(list).Array("targetTypes")) {
    for (const char* known : {"TLS_SNI", "HTTP_HOST"}) {
      count += std::find(types->begin(), types->end(), PropertyValue(known)) != types->end();
    }
  }
  return count;
}

void CompareList(std::int64_t capacity, const PropertyMap& list, Findings& findings) {
  const std::int64_t need = DomainListNeed(list), types = CountedTypes(list);
  Compare(capacity, need, "one for each target and target type", findings);
  if (capacity < need || capacity >= need + types) return;
  findings.Warn(PropertyPath("capacity"), "aws.nf.capacity",
                std::to_string(capacity) + " is just what the targets need, but the service was " +
                    "seen to add a rule for each target type; set at least " +
                    std::to_string(need + types));
}

}  // namespace

std::int64_t StatelessNeed(const PropertyMap& source) {
  std::int64_t need = 0;
  if (const PropertyArray* rules = View(source).Array("statelessRules")) {
    for (const PropertyValue& rule : *rules) need = Sum(need, RuleNeed(rule));
  }
  return need;
}

std::int64_t SuricataNeed(std::string_view text) {
  return static_cast<std::int64_t>(ParseSuricata(text).count);
}

std::int64_t StatefulRulesNeed(const PropertyMap& source) {
  return SizeOf(source, "statefulRules");
}

std::int64_t DomainListNeed(const PropertyMap& list) {
  // A target that is listed twice may be counted once.
  std::set<std::string> texts;
  std::int64_t others = 0;
  if (const PropertyArray* targets = View(list).Array("targets")) {
    for (const PropertyValue& target : *targets) {
      if (const auto* text = target.If<std::string>()) {
        texts.insert(*text);
      } else {
        ++others;
      }
    }
  }
  return Product(static_cast<std::int64_t>(texts.size()) + others,
                 std::max<std::int64_t>(1, CountedTypes(list)));
}

void CheckCapacity(const PropertyMap& inputs, Findings& findings) {
  const auto capacity = View(inputs).Integer("capacity");
  if (!capacity) return;
  const std::string each_rule = "one for each rule";
  if (const auto rules = View(inputs).String("rules")) {
    Compare(*capacity, SuricataNeed(*rules), each_rule, findings);
  }
  const PropertyMap* group = View(inputs).Object("ruleGroup");
  const PropertyMap* source = group == nullptr ? nullptr : View(*group).Object("rulesSource");
  if (source == nullptr) return;
  if (const auto text = View(*source).String("rulesString")) {
    Compare(*capacity, SuricataNeed(*text), each_rule, findings);
  }
  Compare(*capacity, StatefulRulesNeed(*source), each_rule, findings);
  if (const PropertyMap* list = View(*source).Object("rulesSourceList")) {
    CompareList(*capacity, *list, findings);
  }
  if (const PropertyMap* stateless = View(*source).Object("statelessRulesAndCustomActions")) {
    Compare(*capacity, StatelessNeed(*stateless),
            "for each rule the product of the sizes of its match settings", findings);
  }
}

}  // namespace palisade::aws::rules

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "provider/clouds/aws/rules/domain_list.h"
#include "provider/clouds/aws/rules/suricata.h"
#include "provider/clouds/aws/rules/suricata_check.h"

namespace {

using namespace palisade::aws::rules;

std::string Written(const SuricataRule& rule) {
  const SuricataHeader& header = rule.header;
  std::string text;
  for (const std::string_view word :
       {header.action, header.protocol, header.source, header.source_port, header.direction,
        header.destination, header.destination_port}) {
    text += std::string(word) + " ";
  }
  text += "(";
  for (const SuricataOption& option : rule.options) {
    text += option.keyword;
    if (option.value) text += ":" + std::string(*option.value);
    text += " ;";  // Apart, or a backslash at the end of a value would escape it.
  }
  return text + ")";
}

}  // namespace

/// Any text as rules. Beyond not crashing: what could be read can be written and read again as the
/// same, every rule is either read or explained, and the check reports no more than it promises.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const SuricataText parsed = ParseSuricata(text);
  if (parsed.rules.size() + parsed.problems.size() != parsed.count) std::abort();
  for (const SuricataRule& rule : parsed.rules) {
    const std::string written = Written(rule);
    const SuricataText again = ParseSuricata(written);
    if (again.rules.size() != 1 || Written(again.rules[0]) != written) std::abort();
    if (again.rules[0].sid != rule.sid) std::abort();
  }
  palisade::resource::Findings findings;
  const RuleNames names{std::set<std::string>{"WEB"}, std::nullopt, std::set<std::string>{}};
  CheckSuricata(text, palisade::value::PropertyPath("rules"), names, true, findings);
  if (findings.failures().size() + findings.warnings().size() > 50) std::abort();
  const std::string_view line = text.substr(0, text.find('\n'));
  (void)JudgeTarget(line);
  (void)JudgeAddresses(line, names);
  (void)JudgePorts(line, names);
  return 0;
}

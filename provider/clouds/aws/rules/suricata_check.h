#pragma once

#include <string_view>

#include "provider/clouds/aws/rules/bags.h"
#include "provider/clouds/aws/rules/suricata_group.h"

namespace palisade::aws::rules {

/// How one word of a rule's header is judged.
struct WordVerdict {
  bool fails = false;
  /// Empty when the word is right.
  std::string reason;
};

/// pass, drop, alert and reject: all that Network Firewall takes, by its developer guide. Words of
/// Suricata's firewall mode (`accept:flow`) are only warned of: that is another engine's grammar.
WordVerdict JudgeAction(std::string_view action);
/// Protocols are an open set: those that the guide names as unsupported and slips fail, others that
/// are not known are warned of.
WordVerdict JudgeProtocol(std::string_view protocol);
/// -> and <> are right; => is newer than the engine that is known here and warned of.
WordVerdict JudgeDirection(std::string_view direction);

/// Rules of a text of Suricata rules at `path`; each reason begins with line and sid. Never quotes
/// the value of an option. Stops after 50 findings. Rule ids: `aws.nf.suricata-syntax`,
/// `-action`, `-protocol`, `-address`, `-port`, `-direction`, `-variable`, `-sid`, `-option`,
/// `-keyword`. `strict_order`: whether the group's rules are evaluated in their own order.
void CheckSuricata(std::string_view text, const PropertyPath& path, const RuleNames& names,
                   bool strict_order, Findings& findings);

}  // namespace palisade::aws::rules

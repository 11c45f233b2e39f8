#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace palisade::aws::rules {

/// One `keyword:value;` or `keyword;` of a rule. The value is as written, without blanks around it.
struct SuricataOption {
  std::string_view keyword;
  std::optional<std::string_view> value;
};

/// The seven words in front of a rule's options.
struct SuricataHeader {
  std::string_view action, protocol, source, source_port, direction, destination, destination_port;
};

/// One rule of a text. Its views show into `SuricataText::joined`.
struct SuricataRule {
  /// Of the rule's first line, from 1.
  std::size_t line = 0;
  SuricataHeader header;
  std::vector<SuricataOption> options;
  /// The first `sid` option that is a number above zero.
  std::optional<std::uint64_t> sid;
};

/// What is wrong with the form of a rule.
struct SuricataProblem {
  std::size_t line = 0;
  std::optional<std::uint64_t> sid;
  std::string reason;
};

/// A text of rules, taken apart.
struct SuricataText {
  /// How many rules there are, those included that cannot be read.
  std::size_t count = 0;
  /// Those whose form is right.
  std::vector<SuricataRule> rules;
  /// Why others are not among `rules`. One per rule at most.
  std::vector<SuricataProblem> problems;
  /// The rules' text, lines that end with a backslash joined. Holds what `rules` shows; move only.
  std::vector<std::string> joined;

  SuricataText() = default;
  SuricataText(SuricataText&&) = default;
  SuricataText& operator=(SuricataText&&) = default;
  SuricataText(const SuricataText&) = delete;
  SuricataText& operator=(const SuricataText&) = delete;
};

/// Reads rules as Suricata's own parser does: one per line, `#` lines are comments, a backslash at
/// the end of a line continues it, options end with `;` also inside quotes unless a backslash
/// stands before it, and the last option needs its `;` too. Stricter than Suricata in one point:
/// the options have to stand in parentheses.
SuricataText ParseSuricata(std::string_view text);

}  // namespace palisade::aws::rules

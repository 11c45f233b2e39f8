#include "provider/clouds/aws/rules/suricata.h"

#include "absl/status/statusor.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/rules/text.h"

namespace palisade::aws::rules {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::uint64_t kMostSid = 4294967295;

struct Line {
  std::size_t number = 0;
  std::string text;
};

// Lines with those that end in a backslash joined to the next, without comments and blank ones.
std::vector<Line> LogicalLines(std::string_view text) {
  std::vector<Line> lines;
  std::size_t number = 0;
  bool continued = false;
  for (std::string_view part : Split(text, '\n')) {
    ++number;
    if (part.ends_with('\r')) part.remove_suffix(1);
    if (!continued) {
      const std::string_view trimmed = Trimmed(part);
      if (trimmed.empty() || trimmed.starts_with('#')) continue;
      lines.push_back({number, ""});
    }
    continued = part.ends_with('\\');
    if (continued) part.remove_suffix(1);
    lines.back().text += part;
  }
  return lines;
}

// The next word of a header; a list in brackets may hold blanks.
std::string_view NextWord(std::string_view& rest) {
  const std::size_t begin = rest.find_first_not_of(kBlanks);
  if (begin == rest.npos) {
    rest = {};
    return {};
  }
  rest.remove_prefix(begin);
  int depth = 0;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    const char c = rest[end];
    if (c == '[') ++depth;
    if (c == ']') --depth;
    if (depth <= 0 && kBlanks.find(c) != kBlanks.npos) break;
    // What follows is the options: a bracket was not closed.
    if (c == '(') break;
  }
  const std::string_view word = Trimmed(rest.substr(0, end));
  rest.remove_prefix(end);
  return word;
}

absl::Status TakeHeader(std::string_view& rest, SuricataHeader& header) {
  struct Part {
    std::string_view SuricataHeader::* word;
    const char* name;
  };
  constexpr Part kParts[] = {
      {&SuricataHeader::action, "the action"},
      {&SuricataHeader::protocol, "the protocol"},
      {&SuricataHeader::source, "the source address"},
      {&SuricataHeader::source_port, "the source port"},
      {&SuricataHeader::direction, "the direction"},
      {&SuricataHeader::destination, "the destination address"},
      {&SuricataHeader::destination_port, "the destination port"},
  };
  for (const Part& part : kParts) {
    header.*part.word = NextWord(rest);
    if ((header.*part.word).empty()) {
      return base::InvalidArgument(std::string(part.name) +
                                   " is missing; a rule reads: action protocol source port -> "
                                   "destination port (options)");
    }
  }
  return absl::OkStatus();
}

// Where the option that begins `rest` ends: its ';' that no backslash escapes.
std::size_t OptionEnd(std::string_view rest) {
  for (std::size_t at = rest.find(';'); at != rest.npos; at = rest.find(';', at + 1)) {
    if (at == 0 || rest[at - 1] != '\\') return at;
  }
  return rest.npos;
}

// OK unless a value that begins with a quote lacks the one at its end. Quotes further inside are
// the keyword's own business.
absl::Status CheckQuotes(const SuricataOption& option) {
  std::string_view value = option.value.value_or("");
  if (value.starts_with('!')) value = Trimmed(value.substr(1));
  if (!value.starts_with('"') || (value.size() > 1 && value.ends_with('"'))) {
    return absl::OkStatus();
  }
  return base::InvalidArgument(
      "the value of " + Quoted(option.keyword) +
      " begins with a quote that is not closed; each option ends with ;, and a ; inside quotes "
      "has to be written as \\;");
}

absl::StatusOr<SuricataOption> ReadOption(std::string_view text) {
  SuricataOption option;
  const std::size_t colon = text.find(':');
  option.keyword = Trimmed(text.substr(0, colon));
  if (colon != text.npos) option.value = Trimmed(text.substr(colon + 1));
  if (option.keyword.empty()) {
    return base::InvalidArgument("an option has no keyword before its " +
                                 std::string(colon == text.npos ? ";" : ":"));
  }
  PALISADE_RETURN_IF_ERROR(CheckQuotes(option));
  return option;
}

absl::Status TakeOptions(std::string_view rest, SuricataRule& rule) {
  rest = Trimmed(rest);
  if (!rest.starts_with('(')) {
    return base::InvalidArgument(
        rest.empty() ? "the options are missing; end the rule with (msg:\"...\"; sid:...;)"
                     : Quoted(rest) + " stands where the options should open with (");
  }
  if (!rest.ends_with(')') || rest.size() == 1) {
    return base::InvalidArgument(
        "the parenthesis that opens the options is not closed at the end of the rule");
  }
  rest = Trimmed(rest.substr(1, rest.size() - 2));
  while (!rest.empty()) {
    const std::size_t end = OptionEnd(rest);
    if (end == rest.npos) {
      return base::InvalidArgument("the last option does not end with ; before the )");
    }
    PALISADE_ASSIGN_OR_RETURN(SuricataOption option, ReadOption(rest.substr(0, end)));
    rule.options.push_back(option);
    rest = Trimmed(rest.substr(end + 1));
  }
  return absl::OkStatus();
}

void FindSid(SuricataRule& rule) {
  for (const SuricataOption& option : rule.options) {
    if (rule.sid || option.keyword != "sid" || !option.value) continue;
    const auto number = ParseNumber(*option.value, kMostSid);
    if (number && *number > 0) rule.sid = number;
  }
}

// For the message about a rule that cannot be read.
std::optional<std::uint64_t> GuessSid(std::string_view text) {
  const std::size_t at = text.rfind("sid:");
  if (at == text.npos) return std::nullopt;
  std::string_view rest = Trimmed(text.substr(at + 4));
  return ParseNumber(rest.substr(0, rest.find_first_not_of("0123456789")), kMostSid);
}

}  // namespace

SuricataText ParseSuricata(std::string_view text) {
  SuricataText parsed;
  std::vector<Line> lines = LogicalLines(text);
  parsed.count = lines.size();
  // Reserved, so that views into short strings stay good.
  parsed.joined.reserve(lines.size());
  for (Line& line : lines) {
    parsed.joined.push_back(std::move(line.text));
    std::string_view rest = Trimmed(parsed.joined.back());
    SuricataRule rule;
    rule.line = line.number;
    absl::Status status = TakeHeader(rest, rule.header);
    if (status.ok()) status = TakeOptions(rest, rule);
    FindSid(rule);
    if (status.ok()) {
      parsed.rules.push_back(std::move(rule));
    } else {
      parsed.problems.push_back({line.number, rule.sid ? rule.sid : GuessSid(parsed.joined.back()),
                                 base::Message(status)});
    }
  }
  return parsed;
}

}  // namespace palisade::aws::rules

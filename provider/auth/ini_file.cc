#include "provider/auth/ini_file.h"

#include <algorithm>

#include "provider/base/status.h"

namespace palisade::auth {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }
bool IsComment(char c) { return c == '#' || c == ';'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Up to a `#` or `;` that follows a blank: one inside a word is part of a value.
std::string_view WithoutComment(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (IsComment(text[i]) && IsBlank(text[i - 1])) return text.substr(0, i);
  }
  return text;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

// The words between the brackets; `profile "my name"` is the profile my name.
std::string SectionName(std::string_view inside) {
  std::string name;
  bool blank = false;
  char quote = 0;
  for (const char c : Trim(inside)) {
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? static_cast<char>(0) : c;
      continue;
    }
    if (quote == 0 && IsBlank(c)) {
      blank = true;
      continue;
    }
    if (blank && !name.empty()) name += ' ';
    blank = false;
    name += c;
  }
  return name;
}

class Parser {
 public:
  explicit Parser(const std::string& name) : name_(name) {}

  absl::Status Line(std::string_view line) {
    ++number_;
    const std::string_view text = Trim(line);
    if (text.empty() || IsComment(text.front())) return absl::OkStatus();
    const std::size_t indent = line.find_first_not_of(" \t");
    // Indented ones are headers, too, as the established readers have it; a list that goes on the
    // value above (`[1, 2` or `[x] = y`) is none.
    if (text.front() == '[' && (indent == 0 || Trim(WithoutComment(text)).ends_with(']'))) {
      return Header(text);
    }
    if (sections_.empty()) return absl::OkStatus();
    if (!key_.empty() && indent > key_indent_) {
      Deeper(text);
      return absl::OkStatus();
    }
    const std::size_t equals = text.find('=');
    key_.clear();
    if (equals == std::string_view::npos || equals == 0) return absl::OkStatus();
    key_ = Lower(Trim(text.substr(0, equals)));
    key_indent_ = indent;
    const std::string_view value = Trim(WithoutComment(text.substr(equals + 1)));
    nests_ = value.empty();
    sections_.back().values[key_] = value;
    return absl::OkStatus();
  }

  std::vector<IniSection> Take() { return std::move(sections_); }

 private:
  absl::Status Header(std::string_view text) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) {
      return base::InvalidArgument(name_ + ", line " + std::to_string(number_) +
                                   ": a section header needs a closing bracket, as in [default]");
    }
    sections_.push_back({SectionName(text.substr(1, close - 1)), {}});
    key_.clear();
    return absl::OkStatus();
  }

  void Deeper(std::string_view text) {
    auto& values = sections_.back().values;
    const std::size_t equals = text.find('=');
    if (!nests_) {
      values[key_].append("\n").append(Trim(WithoutComment(text)));
    } else if (equals != std::string_view::npos && equals > 0) {
      values[key_ + "." + Lower(Trim(text.substr(0, equals)))] =
          Trim(WithoutComment(text.substr(equals + 1)));
    }
  }

  const std::string& name_;
  std::vector<IniSection> sections_;
  std::string key_;
  std::size_t key_indent_ = 0;
  std::size_t number_ = 0;
  bool nests_ = false;
};

}  // namespace

absl::StatusOr<std::vector<IniSection>> ParseIni(std::string_view text, const std::string& name) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Parser parser(name);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    PALISADE_RETURN_IF_ERROR(parser.Line(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parser.Take();
}

}  // namespace palisade::auth

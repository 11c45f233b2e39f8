#include "provider/auth/command_words.h"

#include "provider/base/status.h"

namespace palisade::auth {

absl::StatusOr<std::vector<std::string>> SplitCommand(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\' && quote != '\'') {
      const bool more = i + 1 < line.size();
      if (!more) return base::InvalidArgument("it ends with a backslash");
      const char next = line[i + 1];
      in_word = true;
      if (quote == '"' && next != '"' && next != '\\') {
        word += c;
      } else {
        word += next;
        ++i;
      }
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quote != 0) return base::InvalidArgument(std::string("a quote ") + quote + " is not closed");
  if (in_word) words.push_back(std::move(word));
  return words;
}

}  // namespace palisade::auth

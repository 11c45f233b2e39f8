#include "provider/auth/scrub.h"

#include "provider/base/utf8.h"

namespace palisade::auth {

std::string Scrub(std::string text, std::initializer_list<const base::Redacted*> secrets) {
  // A shorter one hits innocent words, and is no secret worth the name.
  constexpr std::size_t kShortest = 4;
  for (const base::Redacted* secret : secrets) {
    if (secret == nullptr || secret->Reveal().size() < kShortest) continue;
    std::size_t at = 0;
    while ((at = text.find(secret->Reveal(), at)) != std::string::npos) {
      text.replace(at, secret->Reveal().size(), "(hidden)");
    }
  }
  return text;
}

std::string Excerpt(const std::string& text, std::size_t limit) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    if (blank) {
      out += ' ';
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      out += c;
    }
    if (out.size() > limit) break;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  if (out.size() > limit) out = out.substr(0, limit) + "...";
  return base::ToUtf8(out);
}

}  // namespace palisade::auth

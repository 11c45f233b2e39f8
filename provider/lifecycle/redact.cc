#include "provider/lifecycle/redact.h"

#include <algorithm>

#include "provider/value/number.h"

namespace palisade::lifecycle {
namespace {

// A shorter text is part of ordinary words; it is hidden only where it stands alone in quotes.
constexpr std::size_t kLeast = 6;
// Messages cut what they quote, but never shorter than this.
constexpr std::size_t kCut = 60;

void Collect(const value::PropertyValue& value, std::vector<const std::string*>& texts) {
  if (const auto* text = value.If<std::string>()) {
    if (!text->empty()) texts.push_back(text);
  } else if (const auto* list = value.If<value::PropertyArray>()) {
    for (const value::PropertyValue& item : *list) Collect(item, texts);
  } else if (const auto* object = value.If<value::PropertyMap>()) {
    for (const auto& entry : *object) Collect(entry.second, texts);
  }
}

void CollectNumbers(const value::PropertyValue& value, std::vector<std::string>& numbers) {
  if (const auto* number = value.If<double>()) {
    numbers.push_back(value::NumberText(*number));
  } else if (const auto* list = value.If<value::PropertyArray>()) {
    for (const value::PropertyValue& item : *list) CollectNumbers(item, numbers);
  } else if (const auto* object = value.If<value::PropertyMap>()) {
    for (const auto& entry : *object) CollectNumbers(entry.second, numbers);
  }
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsWordCharacter(char c) { return (Lower(c) >= 'a' && Lower(c) <= 'z') || IsDigit(c); }

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' '; }

std::string_view Stripped(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

struct Common {
  std::size_t of_secret = 0, of_shown = 0;
};

// How much of `secret` stands at the start of `shown`. Services write line ends and runs of blanks
// in other ways, and quoting makes `?` of control characters.
Common CommonStart(std::string_view shown, std::string_view secret) {
  Common common;
  std::size_t& i = common.of_secret;
  std::size_t& at = common.of_shown;
  while (i < secret.size() && at < shown.size()) {
    if (!IsBlank(secret[i])) {
      if (!IsShownAs(secret[i], shown[at])) break;
      ++i, ++at;
      continue;
    }
    std::size_t marks = 0;
    while (i + marks < secret.size() && IsBlank(secret[i + marks])) ++marks;
    const std::size_t begin = at, next = i + marks;
    while (at < shown.size() && (IsBlank(shown[at]) || (shown[at] == '?' && marks > 0))) {
      if (shown[at++] == '?') --marks;
    }
    if (at == begin) break;
    i = next;
  }
  return common;
}

void HideQuoted(std::string& message, char quote, std::string_view secret) {
  const std::string quoted = quote + std::string(secret) + quote;
  for (std::size_t at = 0; (at = FindShown(message, quoted, at)) != std::string::npos;) {
    message.replace(at, quoted.size(), kHidden);
    at += kHidden.size();
  }
}

// The first line of a PEM block is no secret, and messages name it. It may be all of one line with
// the rest.
std::string_view WithoutPemHead(std::string_view secret) {
  constexpr std::string_view kBegin = "-----BEGIN", kDashes = "-----";
  if (!secret.starts_with(kBegin)) return secret;
  secret.remove_prefix(kBegin.size());
  if (const auto end = secret.find(kDashes); end != std::string_view::npos) {
    secret.remove_prefix(end + kDashes.size());
  }
  return Stripped(secret);
}

void Hide(std::string& message, std::string_view whole) {
  const std::string_view secret = WithoutPemHead(Stripped(whole));
  if (secret.size() < kLeast) {
    for (const char quote : {'"', '\''}) {
      if (whole.size() < kLeast) HideQuoted(message, quote, whole);
      if (!secret.empty()) HideQuoted(message, quote, secret);
    }
    return;
  }
  for (std::size_t at = 0; at < message.size(); ++at) {
    const Common common = CommonStart(std::string_view(message).substr(at), secret);
    if (common.of_secret < std::min(secret.size(), kCut)) continue;
    message.replace(at, common.of_shown, kHidden);
    at += kHidden.size() - 1;
  }
}

bool IsBase64(char c) { return IsWordCharacter(c) || c == '+' || c == '/' || c == '='; }

// How much of `rest`, which follows the head of a private key, belongs to the key.
std::size_t KeySize(std::string_view rest) {
  // Ordinary words are shorter; lines of a key are not.
  constexpr std::size_t kLine = 16;
  constexpr std::string_view kEnds = "\" \t\r\n";
  if (rest.starts_with('"')) return 0;
  const std::size_t foot = rest.find("-----");
  if (foot != std::string_view::npos && rest.substr(foot).starts_with("-----END ") &&
      rest.substr(0, foot).find('"') == std::string_view::npos) {
    return foot;
  }
  std::size_t size = std::min(rest.find_first_of(kEnds), rest.size());
  for (;;) {
    std::size_t begin = size;
    while (begin < rest.size() && (IsBlank(rest[begin]) || rest[begin] == '?')) ++begin;
    std::size_t end = begin;
    while (end < rest.size() && IsBase64(rest[end])) ++end;
    if (end - begin < kLine) return size;
    size = end;
  }
}

// A key may stand in a place that nobody marked as secret.
void HideKeys(std::string& message) {
  constexpr std::string_view kHead = "PRIVATE KEY-----";
  for (std::size_t at = 0; (at = message.find(kHead, at)) != std::string::npos;) {
    at += kHead.size();
    const std::size_t size = KeySize(std::string_view(message).substr(at));
    if (size > 0) message.replace(at, size, kHidden);
  }
}

}  // namespace

bool IsShownAs(char secret, char shown) {
  return Lower(secret) == Lower(shown) ||
         (shown == '?' && static_cast<unsigned char>(secret) < 0x20);
}

std::size_t FindShown(std::string_view message, std::string_view secret, std::size_t from) {
  if (from > message.size()) return std::string_view::npos;
  const auto found = std::search(message.begin() + from, message.end(), secret.begin(),
                                 secret.end(), [](char a, char b) { return IsShownAs(b, a); });
  return found == message.end() ? std::string_view::npos : found - message.begin();
}

std::size_t FindWord(std::string_view message, std::string_view word, std::size_t from) {
  for (std::size_t at = from; (at = FindShown(message, word, at)) != std::string_view::npos; ++at) {
    const std::string_view rest = message.substr(at + word.size());
    const bool ends = rest.empty() || !IsWordCharacter(rest[0]);
    // "10" is no word of "10.5".
    const bool goes_on = rest.size() > 1 && rest[0] == '.' && IsDigit(rest[1]);
    if (ends && !goes_on && (at == 0 || !IsWordCharacter(message[at - 1]))) return at;
  }
  return std::string_view::npos;
}

void HideWord(std::string& message, std::string_view word) {
  for (std::size_t at = 0; (at = FindWord(message, word, at)) != std::string::npos;) {
    message.replace(at, word.size(), kHidden);
    at += kHidden.size();
  }
}

std::vector<const std::string*> SecretTexts(const value::PropertyMap& bag,
                                            const std::set<value::PropertyPath>& secret_paths) {
  std::vector<const std::string*> texts;
  for (const value::PropertyPath& path : secret_paths) {
    if (const value::PropertyValue* value = value::Find(bag, path)) Collect(*value, texts);
  }
  std::stable_sort(texts.begin(), texts.end(), [](const std::string* a, const std::string* b) {
    return a->size() > b->size();
  });
  return texts;
}

std::vector<std::string> SecretNumbers(const value::PropertyMap& bag,
                                       const std::set<value::PropertyPath>& secret_paths) {
  std::vector<std::string> numbers;
  for (const value::PropertyPath& path : secret_paths) {
    if (const auto* value = value::Find(bag, path)) CollectNumbers(*value, numbers);
  }
  return numbers;
}

std::string Redacted(std::string message, const std::vector<const std::string*>& secrets) {
  for (const std::string* secret : secrets) Hide(message, *secret);
  HideKeys(message);
  return message;
}

}  // namespace palisade::lifecycle

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

// How many bytes of `secret` stand at the start of `shown`.
std::size_t Common(std::string_view shown, std::string_view secret) {
  const std::size_t most = std::min(shown.size(), secret.size());
  std::size_t size = 0;
  while (size < most && IsShownAs(secret[size], shown[size])) ++size;
  return size;
}

void HideQuoted(std::string& message, char quote, std::string_view secret) {
  const std::string quoted = quote + std::string(secret) + quote;
  for (std::size_t at = 0; (at = FindShown(message, quoted, at)) != std::string::npos;) {
    message.replace(at, quoted.size(), kHidden);
    at += kHidden.size();
  }
}

void Hide(std::string& message, std::string_view secret) {
  if (secret.size() < kLeast) {
    for (const char quote : {'"', '\''}) HideQuoted(message, quote, secret);
    return;
  }
  // The first line of a PEM block is no secret, and messages name it.
  if (secret.starts_with("-----BEGIN ")) {
    secret.remove_prefix(std::min(secret.find('\n'), secret.size() - 1) + 1);
    if (secret.empty()) return;
  }
  for (std::size_t at = 0; at < message.size(); ++at) {
    const std::size_t size = Common(std::string_view(message).substr(at), secret);
    if (size < std::min(secret.size(), kCut)) continue;
    message.replace(at, size, kHidden);
    at += kHidden.size() - 1;
  }
}

// "...PRIVATE KEY-----" followed by anything but the end of a quotation.
void HideKeys(std::string& message) {
  constexpr std::string_view kHead = "PRIVATE KEY-----";
  for (std::size_t at = 0; (at = message.find(kHead, at)) != std::string::npos;) {
    at += kHead.size();
    const std::size_t end = std::min(message.find_first_of("\" ", at), message.size());
    if (end > at) message.replace(at, end - at, kHidden);
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

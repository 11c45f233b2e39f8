#include "provider/lifecycle/redact.h"

#include <algorithm>
#include <string_view>

namespace palisade::lifecycle {
namespace {

constexpr std::string_view kHidden = "[secret]";
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

// How many bytes of `secret` stand at the start of `shown`.
std::size_t Common(std::string_view shown, std::string_view secret) {
  const std::size_t most = std::min(shown.size(), secret.size());
  std::size_t size = 0;
  while (size < most && (shown[size] == secret[size] ||
                         (shown[size] == '?' && static_cast<unsigned char>(secret[size]) < 0x20))) {
    ++size;
  }
  return size;
}

void Hide(std::string& message, std::string_view secret) {
  if (secret.size() < kLeast) {
    const std::string quoted = '"' + std::string(secret) + '"';
    for (std::size_t at = 0; (at = message.find(quoted, at)) != std::string::npos;) {
      message.replace(at, quoted.size(), kHidden);
      at += kHidden.size();
    }
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

std::string Redacted(std::string message, const std::vector<const std::string*>& secrets) {
  for (const std::string* secret : secrets) Hide(message, *secret);
  HideKeys(message);
  return message;
}

}  // namespace palisade::lifecycle

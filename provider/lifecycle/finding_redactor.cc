#include "provider/lifecycle/finding_redactor.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

#include "provider/lifecycle/redact.h"
#include "provider/lifecycle/shape_secrets.h"
#include "provider/value/transform.h"

namespace palisade::lifecycle {
namespace {

using Texts = std::vector<const std::string*>;

// A shorter part of a secret is part of other words, too.
constexpr std::size_t kLeastPart = 3;

bool StandsIn(std::string_view part, const Texts& texts) {
  constexpr std::string_view kCut = "…";
  if (part.ends_with(kCut)) part.remove_suffix(kCut.size());
  return part.size() >= kLeastPart && std::ranges::any_of(texts, [part](const std::string* text) {
           return std::search(text->begin(), text->end(), part.begin(), part.end(), IsShownAs) !=
                  text->end();
         });
}

// Messages name what a PEM block is, and the lines around it, which tells nothing of the block.
bool IsPemLabel(std::string_view text) {
  constexpr std::string_view kKinds[] = {"PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE",
                                         "CERTIFICATE REQUEST"};
  return text.size() < 40 &&
         std::ranges::all_of(
             text, [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); }) &&
         std::ranges::any_of(
             kKinds, [text](std::string_view kind) { return text.ends_with(kind); });
}
bool NamesPem(std::string_view text) {
  if (IsPemLabel(text)) return true;
  return (text.starts_with("-----BEGIN ") || text.starts_with("-----END ")) &&
         text.ends_with("-----") && text.size() < 60;
}

// Hides what stands between two `quote`s where `hides` says so.
template <typename Hides>
void HideRuns(std::string& message, char quote, const Hides& hides) {
  for (std::size_t open = 0; (open = message.find(quote, open)) != std::string::npos;) {
    const std::size_t begin = open + 1;
    const std::size_t end = message.find(quote, begin);
    if (end == std::string::npos) return;
    const std::string_view run = std::string_view(message).substr(begin, end - begin);
    open = end + 1;
    if (NamesPem(run) || !hides(run)) continue;
    open = begin + kHidden.size() + 1;
    message.replace(begin, end - begin, kHidden);
  }
}

void HideQuotations(std::string& message, const Texts& texts) {
  const bool quotes = std::ranges::any_of(
      texts, [](const std::string* text) { return text->find('"') != std::string::npos; });
  const std::size_t first = message.find('"'), last = message.rfind('"');
  if (quotes && first != last) {
    // Which of them are the message's own cannot be told.
    message.replace(first + 1, last - first - 1, kHidden);
  } else {
    HideRuns(message, '"', [](std::string_view) { return true; });
  }
}

bool IsBetweenWords(char c) {
  return static_cast<unsigned char>(c) <= ' ' ||
         std::string_view("\"'`()[]{},;").find(c) != std::string_view::npos;
}

// Numbers, addresses and names of hosts, which messages do not always quote; ordinary words stay.
bool IsPartOfSecret(std::string_view word, const Texts& texts) {
  if (word.size() < 2) return false;
  if (!std::ranges::all_of(word, IsDigit)) {
    return word.find_first_of("0123456789.-_/:@") != std::string_view::npos &&
           StandsIn(word, texts);
  }
  return std::ranges::any_of(texts, [word](const std::string* text) {
    return FindWord(*text, word, 0) != std::string_view::npos;
  });
}

void HideWords(std::string& message, const Texts& texts) {
  for (std::size_t begin = 0; begin < message.size();) {
    const auto rest = message.begin() + static_cast<std::ptrdiff_t>(begin);
    std::size_t end = begin + (std::find_if(rest, message.end(), IsBetweenWords) - rest);
    const std::size_t next = end + 1;
    while (end > begin && (message[end - 1] == '.' || message[end - 1] == ':')) --end;
    const std::size_t size = end - begin;
    if (!IsPartOfSecret(std::string_view(message).substr(begin, size), texts)) {
      begin = next;
      continue;
    }
    message.replace(begin, size, kHidden);
    begin = next + kHidden.size() - size;
  }
}

// The shape's own rules, whose ids have no dot, know what is secret, and name what is allowed.
bool KnowsSecrets(const resource::Finding& finding) {
  return finding.rule.find('.') == std::string::npos;
}

}  // namespace

FindingRedactor::FindingRedactor(const schema::ObjectShape& shape, const value::PropertyMap& bag,
                                 const std::set<value::PropertyPath>& secret_paths)
    : shape_(shape) {
  std::set<value::PropertyPath> paths = secret_paths;
  value::Unwrapped(WithShapeSecrets(shape, bag), &paths);
  texts_ = SecretTexts(bag, paths);
  for (const value::PropertyPath& path : paths) {
    secrets_.push_back({path, SecretTexts(bag, {path}), SecretNumbers(bag, {path})});
  }
}

value::PropertyPath FindingRedactor::WithoutSecretKeys(const value::PropertyPath& path) const {
  using Kind = schema::PropertyShape::Kind;
  const auto is_secret = [this](const value::PropertyPath& place) {
    return std::ranges::any_of(
        secrets_, [&place](const Secret& secret) { return secret.path.Covers(place); });
  };
  value::PropertyPath shown;
  const schema::PropertyShape* shape = nullptr;
  for (const value::PropertyPath::Step& step : path.steps()) {
    if (const auto* name = std::get_if<std::string>(&step)) {
      const bool named = shape != nullptr && shape->kind == Kind::kObject && shape->object;
      if (!named && !shown.empty() && is_secret(shown)) return shown;
      const schema::PropertyShape* element = shape == nullptr ? nullptr : shape->element.get();
      shape = shown.empty() ? shape_.Find(*name) : named ? shape->object->Find(*name) : element;
      shown = shown.Child(*name);
    } else {
      shape = shape == nullptr ? nullptr : shape->element.get();
      shown = shown.Child(std::get<std::size_t>(step));
    }
  }
  return shown;
}

resource::Finding FindingRedactor::Redact(resource::Finding finding) const {
  std::string& reason = finding.reason;
  reason = Redacted(std::move(reason), texts_);
  for (const Secret& secret : secrets_) {
    const bool here = secret.path.Covers(finding.path);
    if (!here && !finding.path.Covers(secret.path)) continue;
    const auto stands_in = [&](std::string_view run) { return StandsIn(run, secret.texts); };
    if (here && !KnowsSecrets(finding)) HideQuotations(reason, secret.texts);
    HideRuns(reason, '"', stands_in);
    if (here) {
      HideRuns(reason, '`', stands_in);
      HideWords(reason, secret.texts);
    }
    for (const std::string& number : secret.numbers) HideWord(reason, number);
  }
  finding.path = WithoutSecretKeys(finding.path);
  return finding;
}

}  // namespace palisade::lifecycle

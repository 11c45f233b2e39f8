#include "provider/lifecycle/redactor.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>

#include "provider/base/status.h"
#include "provider/lifecycle/redact.h"

namespace palisade::lifecycle {
namespace {

// A shorter number is a port, a size or a status code as often as the secret.
constexpr std::ptrdiff_t kLeastDigits = 4;

}  // namespace

Redactor::Redactor(std::initializer_list<const Bag*> bags) {
  // The bags of one request say mostly the same.
  std::set<std::string> texts, numbers;
  for (const Bag* bag : bags) {
    for (const auto* text : SecretTexts(bag->values, bag->secret_paths)) texts.insert(*text);
    for (auto& number : SecretNumbers(bag->values, bag->secret_paths)) {
      if (std::ranges::count_if(number, IsDigit) >= kLeastDigits) numbers.insert(std::move(number));
    }
  }
  texts_.assign(texts.begin(), texts.end());
  numbers_.assign(numbers.begin(), numbers.end());
  std::ranges::stable_sort(texts_, std::greater<>(), [](const auto& text) { return text.size(); });
}

std::string Redactor::Text(std::string message) const {
  std::vector<const std::string*> texts;
  for (const std::string& text : texts_) texts.push_back(&text);
  message = Redacted(std::move(message), texts);
  for (const std::string& number : numbers_) HideWord(message, number);
  return message;
}

std::vector<std::string> Redactor::Texts(std::vector<std::string> messages) const {
  for (std::string& message : messages) message = Text(std::move(message));
  return messages;
}

absl::Status Redactor::Status(const absl::Status& status) const {
  if (status.ok()) return status;
  absl::Status redacted = base::Error(status.code(), Text(base::Message(status)));
  status.ForEachPayload([&redacted](absl::string_view url, const absl::Cord& payload) {
    redacted.SetPayload(url, payload);
  });
  return redacted;
}

}  // namespace palisade::lifecycle

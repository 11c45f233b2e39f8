#include "provider/base/redacted.h"

#include <openssl/crypto.h>

namespace palisade::base {

void Wipe(std::string& text) {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

Redacted& Redacted::operator=(const Redacted& other) {
  if (this != &other) {
    Wipe(text_);
    text_ = other.text_;
  }
  return *this;
}

// A short text is copied by std::string's move, so the source has to be wiped too.
Redacted::Redacted(Redacted&& other) noexcept : text_(std::move(other.text_)) { Wipe(other.text_); }

Redacted& Redacted::operator=(Redacted&& other) noexcept {
  if (this != &other) {
    Wipe(text_);
    text_ = std::move(other.text_);
    Wipe(other.text_);
  }
  return *this;
}

Redacted::~Redacted() { Wipe(text_); }

std::ostream& operator<<(std::ostream& out, const Redacted& secret) {
  return out << "*" << secret.Reveal().size() << " bytes*";
}

}  // namespace palisade::base

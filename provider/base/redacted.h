#pragma once

#include <ostream>
#include <string>
#include <utility>

namespace palisade::base {

/// A secret text that prints as its length, so that a careless log line is harmless, and that is
/// overwritten when it goes.
class Redacted {
 public:
  Redacted() = default;
  explicit Redacted(std::string text) : text_(std::move(text)) {}
  Redacted(const Redacted&) = default;
  Redacted& operator=(const Redacted& other);
  Redacted(Redacted&& other) noexcept;
  Redacted& operator=(Redacted&& other) noexcept;
  ~Redacted();

  /// The text itself; keep it out of messages.
  const std::string& Reveal() const { return text_; }
  bool empty() const { return text_.empty(); }

 private:
  std::string text_;
};

/// Overwrites the whole capacity of `text` and empties it.
void Wipe(std::string& text);

std::ostream& operator<<(std::ostream& out, const Redacted& secret);

}  // namespace palisade::base

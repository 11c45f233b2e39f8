#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "provider/lifecycle/bags.h"

namespace palisade::lifecycle {

/// Takes the secrets of one request out of everything that its handler tells: services quote what
/// they refuse. Holds copies, so that it may outlive the request.
class Redactor {
 public:
  /// What is secret in these bags.
  explicit Redactor(std::initializer_list<const Bag*> bags);

  /// Nothing is secret.
  bool empty() const { return texts_.empty() && numbers_.empty(); }

  std::string Text(std::string message) const;
  std::vector<std::string> Texts(std::vector<std::string> messages) const;
  /// The same code and payloads.
  absl::Status Status(const absl::Status& status) const;
  template <typename T>
  absl::StatusOr<T> Answer(absl::StatusOr<T> answer) const {
    if (answer.ok()) return answer;
    return Status(answer.status());
  }

 private:
  std::vector<std::string> texts_;    // the longest first
  std::vector<std::string> numbers_;  // as messages write them
};

}  // namespace palisade::lifecycle

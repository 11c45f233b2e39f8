#include "provider/lifecycle/check_report.h"

#include <algorithm>
#include <vector>

namespace palisade::lifecycle {

value::PropertyPath Place::Path() const {
  std::vector<const Place*> chain;
  for (const Place* place = this; place != nullptr; place = place->up) chain.push_back(place);
  value::PropertyPath path;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    if (const auto* name = std::get_if<std::string_view>(&(*it)->step)) path = path.Child(*name);
    if (const auto* index = std::get_if<std::size_t>(&(*it)->step)) path = path.Child(*index);
  }
  return path;
}

void CheckReport::Fail(const Place& place, std::string_view rule, std::string_view reason) {
  if (!Full()) findings_.Fail(place.Path(), rule, reason);
}

void CheckReport::Warn(const Place& place, std::string_view rule, std::string_view reason) {
  if (findings_.warnings().size() < kMostFindings) findings_.Warn(place.Path(), rule, reason);
}

bool CheckReport::Hides(const Place& place) const {
  if (hide_values_ || place.secret) return true;
  if (secret_paths_ == nullptr || secret_paths_->empty()) return false;
  const value::PropertyPath path = place.Path();
  return std::any_of(secret_paths_->begin(), secret_paths_->end(),
                     [&](const value::PropertyPath& secret) { return secret.Covers(path); });
}

}  // namespace palisade::lifecycle

#include "provider/clouds/aws/core/creations.h"

#include <utility>

#include "provider/clouds/aws/core/digest.h"

namespace palisade::aws {
namespace {

// An attached process serves one run after the other; a few more are kept for calls that overlap.
constexpr std::size_t kMostRuns = 4;

}  // namespace

Run::Attempt Run::Begin(const std::string& urn, const std::string& inputs, base::Random& random) {
  std::lock_guard lock(mutex_);
  Attempt& attempt = attempts_[{urn, inputs}];
  if (attempt.client_token.empty()) attempt.client_token = RandomHex(random, 16);
  return attempt;
}

void Run::Unclear(const std::string& urn, const std::string& inputs) {
  std::lock_guard lock(mutex_);
  attempts_[{urn, inputs}].unclear = true;
}

void Run::Made(const std::string& urn, const std::string& inputs, const std::string& id) {
  std::lock_guard lock(mutex_);
  attempts_.erase({urn, inputs});
  fresh_.insert({urn, id});
}

bool Run::IsFresh(const std::string& urn, const std::string& id) const {
  std::lock_guard lock(mutex_);
  return fresh_.contains({urn, id});
}

void Run::Finished(const std::string& urn, const std::string& id) {
  std::lock_guard lock(mutex_);
  fresh_.erase({urn, id});
}

void Run::Adopted(ObjectKey object) {
  std::lock_guard lock(mutex_);
  adopted_.insert(std::move(object));
}

bool Run::WasAdopted(const ObjectKey& object) const {
  std::lock_guard lock(mutex_);
  return adopted_.contains(object);
}

void Run::Deleted(ObjectKey object) {
  std::lock_guard lock(mutex_);
  deleted_.insert(std::move(object));
}

bool Run::WasDeleted(const ObjectKey& object) const {
  std::lock_guard lock(mutex_);
  return deleted_.contains(object);
}

SingleFlight<MarkedList>& Run::Leftovers(const std::string& place) {
  std::lock_guard lock(mutex_);
  auto& found = leftovers_[place];
  if (found == nullptr) found = std::make_unique<SingleFlight<MarkedList>>();
  return *found;
}

std::shared_ptr<Run> Runs::Of(const std::shared_ptr<const resource::Settings>& settings) {
  std::lock_guard lock(mutex_);
  for (const auto& run : runs_) {
    if (run->settings() == settings.get()) return run;
  }
  if (runs_.size() == kMostRuns) runs_.erase(runs_.begin());
  runs_.push_back(std::make_shared<Run>(settings));
  return runs_.back();
}

}  // namespace palisade::aws

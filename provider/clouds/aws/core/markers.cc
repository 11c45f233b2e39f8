#include "provider/clouds/aws/core/markers.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/tags.h"

namespace palisade::aws {
namespace {

using std::chrono::milliseconds;

// DeleteTags takes a thousand; fewer keep a request small.
constexpr std::size_t kMostAtOnce = 200;
constexpr milliseconds kSweepLimit{10'000};

absl::Status TakeOffEc2(Session& session, const std::vector<const Finished*>& objects) {
  Params params;
  int number = 0;
  for (const Finished* each : objects) {
    params.Add("ResourceId." + std::to_string(++number), each->tagged_name);
  }
  params.Add("Tag.1.Key", kMarkerKey);
  return session.Ec2("DeleteTags", params, http::Idempotency::kIdempotent).status();
}

void TakeOffOne(Session& session, const Finished& object) {
  const AwsTraits& type = *object.object.type;
  const absl::Status taken = TakeOffMarker(session, type, object.tagged_name);
  if (taken.ok() || HasCode(taken, type.not_found)) return;
  object.call->Warn(
      "the tag " + std::string(kMarkerKey) + " of " + object.object.id +
      ", which says that it is being made, could not be taken off: " + base::Message(taken));
}

}  // namespace

void Markers::Add(Finished finished) {
  std::lock_guard lock(mutex_);
  const auto same = [&finished](const Entry& entry) {
    return entry.finished.object == finished.object;
  };
  if (std::ranges::any_of(entries_, same)) return;
  const base::SteadyTime now = cloud_.services().clock.Steady();
  entries_.push_back({std::move(finished), now});
}

void Markers::Forget(const ObjectKey& object) {
  std::lock_guard lock(mutex_);
  std::erase_if(entries_,
                [&object](const Entry& entry) { return entry.finished.object == object; });
}

void Markers::Recorded(ObjectKey object) {
  std::lock_guard lock(mutex_);
  recorded_.insert(std::move(object));
}

bool Markers::IsRecorded(const ObjectKey& object) const {
  std::lock_guard lock(mutex_);
  return recorded_.contains(object);
}

void Markers::Sweep() {
  std::vector<Entry> due;
  {
    std::lock_guard lock(mutex_);
    if (entries_.empty()) return;
    const base::SteadyTime now = cloud_.services().clock.Steady();
    const auto is_young = [now](const Entry& entry) { return now - entry.since < kStays; };
    const auto first_due = std::stable_partition(entries_.begin(), entries_.end(), is_young);
    due.assign(std::make_move_iterator(first_due), std::make_move_iterator(entries_.end()));
    entries_.erase(first_due, entries_.end());
  }
  TakeOff(std::move(due), kSweepLimit);
}

void Markers::Flush(milliseconds limit) {
  std::vector<Entry> all;
  {
    std::lock_guard lock(mutex_);
    all.swap(entries_);
  }
  TakeOff(std::move(all), limit);
}

void Markers::TakeOff(std::vector<Entry> entries, milliseconds limit) {
  using Place = std::tuple<std::string, std::string, bool>;
  std::map<Place, std::vector<const Finished*>> groups;
  for (const Entry& entry : entries) {
    const Finished& finished = entry.finished;
    const Placement& at = finished.placement;
    const bool together = finished.object.type->tagging == Tagging::kEc2Id;
    groups[{at.account, at.region, together}].push_back(&finished);
  }
  const base::SteadyTime end = cloud_.services().clock.Steady() + limit;
  for (const auto& [place, objects] : groups) {
    for (std::size_t at = 0; at < objects.size(); at += kMostAtOnce) {
      const auto left = std::chrono::ceil<milliseconds>(end - cloud_.services().clock.Steady());
      if (left.count() <= 0) return;
      const auto begin = objects.begin() + static_cast<std::ptrdiff_t>(at);
      const std::vector<const Finished*> some(
          begin, begin + static_cast<std::ptrdiff_t>(std::min(kMostAtOnce, objects.size() - at)));
      resource::Call call = some.front()->call->Aftermath(left);
      auto session = Session::Open(cloud_, call, some.front()->placement);
      if (!session.ok()) continue;
      // One that is gone spoils the request for all.
      if (std::get<bool>(place) && some.size() > 1 && TakeOffEc2(*session, some).ok()) continue;
      for (const Finished* each : some) TakeOffOne(*session, *each);
    }
  }
}

}  // namespace palisade::aws

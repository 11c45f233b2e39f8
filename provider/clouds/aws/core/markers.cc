#include "provider/clouds/aws/core/markers.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
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

// Not now, but perhaps later: what is over, is slow or has too much to do says nothing of the tag.
bool IsForLater(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kUnavailable:
      return true;
    default:
      return false;
  }
}

// By one request. NOT_FOUND where each has to be asked for alone: one that is gone spoils the
// request for all.
template <typename Entries>
absl::Status TakeOffEc2(Session& session, const Entries& entries) {
  if (entries.size() == 1 || entries.front()->finished.object.type->tagging != Tagging::kEc2Id) {
    return base::NotFound("each is taken off by itself");
  }
  Params params;
  int number = 0;
  for (const auto* each : entries) {
    params.Add("ResourceId." + std::to_string(++number), each->finished.tagged_name);
  }
  params.Add("Tag.1.Key", kMarkerKey);
  return session.Ec2("DeleteTags", params, http::Idempotency::kIdempotent).status();
}

// False where it is to be tried again later.
bool TakeOffOne(Session& session, const Finished& object) {
  const AwsTraits& type = *object.object.type;
  const absl::Status taken = TakeOffMarker(session, type, object.tagged_name);
  if (taken.ok() || HasCode(taken, type.not_found)) return true;
  if (IsForLater(taken)) return false;
  object.call->Warn(
      "the tag " + std::string(kMarkerKey) + " of " + object.object.id +
      ", which says that it is being made, could not be taken off: " + base::Message(taken));
  return true;
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

void Markers::Sweep(const std::stop_token& cancel) {
  std::vector<Entry> due;
  {
    std::lock_guard lock(mutex_);
    if (entries_.empty()) return;
    const base::SteadyTime now = cloud_.services().clock.Steady();
    const auto is_young = [now](const Entry& entry) { return now - entry.since < kStays; };
    const auto first_due = std::stable_partition(entries_.begin(), entries_.end(), is_young);
    if (first_due == entries_.end()) return;
    due.assign(std::make_move_iterator(first_due), std::make_move_iterator(entries_.end()));
    entries_.erase(first_due, entries_.end());
    ++sweeps_;
  }
  TakeOff(std::move(due), kSweepLimit, cancel);
  std::lock_guard lock(mutex_);
  --sweeps_;
  swept_.notify_all();
}

void Markers::Flush(milliseconds limit) {
  const base::SteadyTime end = cloud_.services().clock.Steady() + limit;
  std::vector<Entry> all;
  {
    std::unique_lock lock(mutex_);
    // A sweep that the same cancel ends puts back what it did not come to.
    swept_.wait_for(lock, limit, [this] { return sweeps_ == 0; });
    all.swap(entries_);
  }
  const auto left = std::chrono::ceil<milliseconds>(end - cloud_.services().clock.Steady());
  TakeOff(std::move(all), left, {});
}

void Markers::TakeOff(std::vector<Entry> entries, milliseconds limit,
                      const std::stop_token& cancel) {
  using Place = std::tuple<std::string, std::string, bool>;
  std::map<Place, std::vector<Entry*>> groups;
  for (Entry& entry : entries) {
    const Placement& at = entry.finished.placement;
    const bool together = entry.finished.object.type->tagging == Tagging::kEc2Id;
    groups[{at.account, at.region, together}].push_back(&entry);
  }
  const base::SteadyTime end = cloud_.services().clock.Steady() + limit;
  for (const auto& [place, group] : groups) TakeOffTogether(group, end, cancel);

  std::erase_if(entries, [](const Entry& entry) { return entry.is_done; });
  const base::SteadyTime now = cloud_.services().clock.Steady();
  // Not with every call of the run: a service that has too much to do would get more.
  for (Entry& entry : entries) entry.since = now;
  std::lock_guard lock(mutex_);
  std::ranges::move(entries, std::back_inserter(entries_));
}

void Markers::TakeOffTogether(const std::vector<Entry*>& entries, base::SteadyTime end,
                              const std::stop_token& cancel) {
  for (std::size_t at = 0; at < entries.size(); at += kMostAtOnce) {
    const auto left = std::chrono::ceil<milliseconds>(end - cloud_.services().clock.Steady());
    if (left.count() <= 0 || cancel.stop_requested()) return;
    const std::span<Entry* const> some =
        std::span(entries).subspan(at, std::min(kMostAtOnce, entries.size() - at));
    const Finished& first = some.front()->finished;
    resource::Call call = first.call->Aftermath(left, cancel);
    auto session = Session::Open(cloud_, call, first.placement);
    const absl::Status taken = session.ok() ? TakeOffEc2(*session, some) : session.status();
    // Whether those of a request that was cut off are gone is not known; they are asked for again.
    if (IsForLater(taken)) continue;
    for (Entry* each : some) {
      each->is_done = taken.ok() || !session.ok() || TakeOffOne(*session, each->finished);
    }
  }
}

}  // namespace palisade::aws

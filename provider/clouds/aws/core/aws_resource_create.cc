#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/creator.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/resource/wait.h"

namespace palisade::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using value::PropertyMap;

// A fresh object may be unknown to other servers of the service for this long.
constexpr seconds kFreshUnseen{120};
// Below the second within which a cancelled call has to end.
constexpr milliseconds kAfterCancel{800};

// Where an object has as many tags as AWS takes, there is no place for the marker.
bool Marks(const AwsTraits& traits, const AccountSettings& settings, const Tags& all) {
  return traits.tagging != Tagging::kNone && settings.creation_marker && all.size() < kMostTags;
}

}  // namespace

absl::StatusOr<resource::Created> AwsResource::Create(resource::Call& call,
                                                      const PropertyMap& inputs) const {
  PALISADE_ASSIGN_OR_RETURN(Session session, Session::Open(cloud_, call, PlacementOf(inputs)));
  session.set_subject(NameOf(call.urn()));
  PALISADE_ASSIGN_OR_RETURN(const std::string account_id, session.AccountId());
  PALISADE_ASSIGN_OR_RETURN(const auto account,
                            cloud_.impl().AccountOf(call.settings(), session.placement().account));
  const bool tagged = aws().tagging != Tagging::kNone;
  const Tags all = AllTags(account->settings(), inputs).value_or(Tags{});
  CreateSteps steps;
  steps.make = [&](const Tags& tags) { return Make(session, inputs, tags); };
  steps.find = [&](const std::string& marker) { return FindMarked(session, marker, inputs); };
  steps.tagged_name = [&](const std::string& id) { return TaggedName(id); };
  Creator creator(session, aws(), cloud_.impl().RunOf(call.shared_settings()), account_id,
                  CreationIdOf(call, inputs, session.placement()),
                  Marks(aws(), account->settings(), all), std::move(steps));
  PALISADE_ASSIGN_OR_RETURN(std::string id, creator.Create(tagged ? all : Tags{}));

  resource::Created created;
  if (!account_id.empty()) created.outputs[kAccountIdKey] = account_id;
  if (tagged) created.outputs[kTagsAllKey] = TagsValue(all);
  created.id = id;
  call.RecordId(std::move(id), created.outputs);
  return created;
}

absl::StatusOr<PropertyMap> AwsResource::Await(resource::Call& call, const std::string& id,
                                               const PropertyMap& inputs,
                                               PropertyMap outputs) const {
  Placement placement = PlacementOfState(&inputs, &outputs);
  PALISADE_ASSIGN_OR_RETURN(Session session, Session::Open(cloud_, call, std::move(placement)));
  session.set_subject(id);
  const auto run = cloud_.impl().RunOf(call.shared_settings());
  const bool fresh = run->IsFresh(call.urn(), id);
  if (!fresh) {
    PALISADE_RETURN_IF_ERROR(GuardAccount(session, id, &outputs, "nothing was changed"));
  }
  PALISADE_ASSIGN_OR_RETURN(const auto account,
                            cloud_.impl().AccountOf(call.settings(), session.placement().account));

  absl::Status status = Settle(session, id, inputs, fresh);
  std::optional<Found> found;
  if (status.ok()) status = LookUntilSeen(session, id, inputs, fresh, found);
  const bool marked = found && found->tags.contains(kMarkerKey);
  const bool may_be_marked = fresh && Marks(aws(), account->settings(),
                                            AllTags(account->settings(), inputs).value_or(Tags{}));
  if (marked || may_be_marked) {
    absl::Status taken = EndMarker(session, id);
    if (status.ok()) status = std::move(taken);
  }
  run->Finished(call.urn(), id);
  PALISADE_RETURN_IF_ERROR(status);

  const auto known = outputs.find(kAccountIdKey);
  const auto* account_id = known == outputs.end() ? nullptr : known->second.If<std::string>();
  PropertyMap result =
      OutputsOf(*found, account->settings(), aws(), account_id == nullptr ? "" : *account_id);
  // A description that is a step behind would bring back the tags of before.
  if (const auto said = outputs.find(kTagsAllKey); said != outputs.end()) {
    result[kTagsAllKey] = TagsValue(VisibleTags(account->settings(), TagsOf(outputs, kTagsAllKey)));
  }
  // What the program leaves to the service: a refresh shows it, too, and must show nothing new.
  for (const auto& [name, item] : found->inputs) {
    if (!inputs.contains(name)) result.emplace(name, item);
  }
  // An object that was taken up again may have been named by the run that had begun it.
  for (const std::string& path : call.filled()) {
    const auto named = found->inputs.find(path);
    if (named != found->inputs.end()) result.emplace(named->first, named->second);
  }
  return result;
}

absl::Status AwsResource::EndMarker(Session& session, const std::string& id) const {
  resource::Call& call = session.call();
  if (cloud_.services().keep_markers) {
    cloud_.impl().markers().Add({{&aws(), id},
                                 TaggedName(id),
                                 session.placement(),
                                 std::make_shared<const resource::Call>(call.Aftermath({}))});
    return absl::OkStatus();
  }
  const auto take_off = [&](Session& with) { return TakeOffMarker(with, aws(), TaggedName(id)); };
  absl::Status taken;
  if (call.cancel().stop_requested()) {
    resource::Call after = call.Aftermath(kAfterCancel);
    auto last = Session::Open(cloud_, after, session.placement());
    taken = last.ok() ? take_off(*last) : last.status();
  } else {
    taken = take_off(session);
  }
  if (taken.ok()) return taken;
  return base::Annotate(taken, std::string("the object is made, but its tag ") + kMarkerKey +
                                   " could not be taken off");
}

absl::Status AwsResource::LookUntilSeen(Session& session, const std::string& id,
                                        const PropertyMap& inputs, bool fresh,
                                        std::optional<Found>& found) const {
  resource::Call& call = session.call();
  const base::SteadyTime start = call.clock().Steady();
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      call, {"waiting for " + id + " to be seen"}, [&]() -> absl::StatusOr<resource::Sight> {
        PALISADE_ASSIGN_OR_RETURN(found, AbsenceOrFound(aws(), Look(session, id, &inputs)));
        const bool over = !fresh || call.clock().Steady() - start >= kFreshUnseen;
        return resource::Sight{found.has_value() || over, "made, not visible everywhere yet"};
      }));
  if (!found) {
    return base::FailedPrecondition(
        fresh ? id + " was made, but cannot be seen two minutes later"
              : id + " does not exist any more; pulumi refresh takes note of that");
  }
  if (!found->failures.empty()) {
    return base::FailedPrecondition(id + " is not ready: " + Joined(found->failures));
  }
  return absl::OkStatus();
}

}  // namespace palisade::aws

#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/tags.h"

namespace palisade::aws {

using value::PropertyMap;

namespace {

// The tags of an update in which the user ignores tagsAll: the program's own changes are made,
// those of default tags are not.
Tags OwnChangesOnly(const AccountSettings& settings, const Tags& before,
                    const resource::UpdateRequest& request) {
  const auto own = [&settings](const PropertyMap& inputs) {
    return VisibleTags(settings, TagsOf(inputs, kTagsKey));
  };
  const TagChange change = TagChangeBetween(own(request.old_inputs), own(request.new_inputs));
  Tags now = before;
  for (const std::string& key : change.remove) now.erase(key);
  for (const auto& [key, text] : change.set) now.insert_or_assign(key, text);
  return now;
}

}  // namespace

absl::StatusOr<PropertyMap> AwsResource::Update(resource::Call& call,
                                                const resource::UpdateRequest& request) const {
  cloud_.impl().markers().Recorded({&aws(), request.id});
  PALISADE_ASSIGN_OR_RETURN(
      Session session,
      Session::Open(cloud_, call, PlacementOfState(&request.new_inputs, &request.old_outputs)));
  session.set_subject(request.id);
  PALISADE_RETURN_IF_ERROR(
      GuardAccount(session, request.id, &request.old_outputs, "nothing was changed"));
  PALISADE_RETURN_IF_ERROR(Change(session, request));
  if (aws().tagging == Tagging::kNone) return request.old_outputs;

  PALISADE_ASSIGN_OR_RETURN(const auto account,
                            cloud_.impl().AccountOf(call.settings(), session.placement().account));
  const AccountSettings& settings = account->settings();
  const Tags before = TagsOfState(settings, request.old_inputs, request.old_outputs);
  const Tags now = request.Ignores(kTagsAllKey)
                       ? OwnChangesOnly(settings, before, request)
                       : AllTags(settings, request.new_inputs).value_or(before);
  const TagChange change = TagChangeBetween(before, now);
  PropertyMap outputs = request.old_outputs;
  if (!change.empty()) {
    const absl::Status changed = ChangeTags(session, aws(), TaggedName(request.id), change);
    if (!changed.ok()) {
      // What Change did stays done.
      call.RecordId(request.id, outputs);
      return changed;
    }
  }
  outputs[kTagsAllKey] = TagsValue(now);
  return outputs;
}

absl::Status AwsResource::Delete(resource::Call& call,
                                 const resource::DeleteRequest& request) const {
  const ObjectKey object{&aws(), request.id};
  const auto run = cloud_.impl().RunOf(call.shared_settings());
  if (run->WasAdopted(object)) {
    call.Warn(request.id +
              " was found in place and taken up for the new resource, so it is not deleted for the "
              "old one");
    return absl::OkStatus();
  }
  PALISADE_ASSIGN_OR_RETURN(
      Session session,
      Session::Open(cloud_, call, PlacementOfState(&request.inputs, &request.outputs)));
  session.set_subject(request.id);
  PALISADE_RETURN_IF_ERROR(
      GuardAccount(session, request.id, &request.outputs, "nothing was deleted"));
  cloud_.impl().markers().Forget(object);
  run->Deleted(object);
  const absl::Status removed = Remove(session, request);
  return HasCode(removed, aws().not_found) ? absl::OkStatus() : removed;
}

}  // namespace palisade::aws

#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/tags.h"

namespace palisade::aws {

using value::PropertyMap;

absl::StatusOr<PropertyMap> AwsResource::Update(resource::Call& call,
                                                const resource::UpdateRequest& request) const {
  cloud_.impl().markers().Recorded(request.id);
  PALISADE_ASSIGN_OR_RETURN(
      Session session,
      Session::Open(cloud_, call, PlacementOfState(&request.new_inputs, &request.old_outputs)));
  session.set_subject(request.id);
  PALISADE_RETURN_IF_ERROR(base::Annotate(
      GuardAccount(session, &request.old_outputs, "nothing was changed"), request.id));
  PALISADE_RETURN_IF_ERROR(Change(session, request));
  if (aws().tagging == Tagging::kNone) return request.old_outputs;

  PALISADE_ASSIGN_OR_RETURN(const auto account,
                            cloud_.impl().AccountOf(call.settings(), session.placement().account));
  const AccountSettings& settings = account->settings();
  // State of other packages may lack tagsAll; then the inputs say what there was.
  const Tags before = VisibleTags(settings, request.old_outputs.contains(kTagsAllKey)
                                                ? TagsOf(request.old_outputs, kTagsAllKey)
                                                : TagsOf(request.old_inputs, kTagsKey));
  const Tags now = AllTags(settings, request.new_inputs).value_or(before);
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
  if (cloud_.impl().RunOf(call.shared_settings())->WasAdopted(request.id)) {
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
      base::Annotate(GuardAccount(session, &request.outputs, "nothing was deleted"), request.id));
  cloud_.impl().markers().Forget(request.id);
  cloud_.impl().RunOf(call.shared_settings())->Deleted(request.id);
  const absl::Status removed = Remove(session, request);
  return HasCode(removed, aws().not_found) ? absl::OkStatus() : removed;
}

}  // namespace palisade::aws

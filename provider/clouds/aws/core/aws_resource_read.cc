#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/clouds/aws/core/tags.h"

namespace palisade::aws {
namespace {

using value::PropertyMap;

constexpr char kInterrupted[] =
    "making it was interrupted before it was finished; the next update finishes it";

// On import a region is only worth writing down when the program would not get it anyway.
void AddPlace(const Session& session, const std::optional<RegionChoice>& usual, bool import,
              PropertyMap& inputs) {
  const Placement& place = session.placement();
  const bool as_usual = usual && usual->region == place.region;
  if (!import || !as_usual) inputs[kRegionKey] = place.region;
  if (!place.account.empty()) inputs[kAccountKey] = place.account;
}

}  // namespace

absl::StatusOr<std::optional<resource::ReadResult>> AwsResource::Read(
    resource::Call& call, const resource::ReadRequest& request) const {
  const bool import = request.old_inputs == nullptr && request.old_outputs == nullptr;
  const ImportId asked = import ? SplitImportId(request.id) : ImportId{request.id, ""};
  Placement placement = PlacementOfState(request.old_inputs, request.old_outputs);
  if (placement.region.empty()) placement.region = asked.region;
  PALISADE_ASSIGN_OR_RETURN(Session session, Session::Open(cloud_, call, std::move(placement)));
  session.set_subject(asked.id);
  PALISADE_ASSIGN_OR_RETURN(const auto account,
                            cloud_.impl().AccountOf(call.settings(), session.placement().account));

  PALISADE_ASSIGN_OR_RETURN(std::optional<Found> found,
                            AbsenceOrFound(aws(), Look(session, asked.id, request.old_inputs)));
  if (request.old_outputs != nullptr) {
    // What is seen there may be shared from here: its state would pass to an account that may not
    // change it.
    PALISADE_RETURN_IF_ERROR(
        GuardAccount(session, asked.id, request.old_outputs,
                     found ? "that it is seen from there does not make it theirs"
                           : "that it is not found there does not mean that it is gone"));
  }
  if (!found) return std::optional<resource::ReadResult>();
  PALISADE_ASSIGN_OR_RETURN(const std::string account_id, session.AccountId());
  const AccountSettings& settings = account->settings();
  resource::ReadResult read;
  read.id = found->id.empty() ? asked.id : std::move(found->id);
  read.inputs = std::move(found->inputs);
  AddPlace(session, cloud_.impl().RegionOf(call.settings(), session.placement().account), import,
           read.inputs);
  if (aws().tagging != Tagging::kNone) {
    const Tags own = OwnTags(settings, VisibleTags(settings, found->tags), request.old_inputs);
    if (!own.empty()) read.inputs[kTagsKey] = TagsValue(own);
    if (found->tags.contains(kMarkerKey)) {
      // Where markers outlive a create, an object of the state may only have lost the end of its
      // run: then it goes at the end of this one.
      if (!import && cloud_.services().keep_markers) {
        PALISADE_RETURN_IF_ERROR(EndMarker(session, read.id));
      } else {
        found->failures.emplace_back(kInterrupted);
      }
    }
  }
  read.outputs = OutputsOf(*found, settings, aws(), account_id);
  read.outputs[kRegionKey] = session.region();
  read.unreadable = std::move(found->unreadable);
  read.init_failures = std::move(found->failures);
  return read;
}

}  // namespace palisade::aws

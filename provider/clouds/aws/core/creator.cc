#include "provider/clouds/aws/core/creator.h"

#include "absl/strings/cord.h"
#include "provider/base/status.h"
#include "provider/clouds/aws/core/advice.h"
#include "provider/clouds/aws/core/cloud_impl.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/http/exchange.h"
#include "provider/resource/wait.h"

namespace palisade::aws {
namespace {

using std::chrono::seconds;
using Id = std::optional<std::string>;

// How long an object may take to show up in listings after a reply was lost.
constexpr seconds kLookFor{10};

// The same failure, what it carries included, with more to say.
absl::Status WithMore(const absl::Status& failure, absl::StatusCode code, const std::string& more) {
  absl::Status longer = base::Error(code, base::Message(failure) + more);
  failure.ForEachPayload([&longer](absl::string_view url, const absl::Cord& payload) {
    longer.SetPayload(url, payload);
  });
  return longer;
}

bool IsOver(const absl::Status& status) {
  return status.code() == absl::StatusCode::kCancelled ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

absl::StatusOr<std::string> Creator::Create(Tags tags) {
  const std::string& urn = session_.call().urn();
  const Run::Attempt attempt = run_->Begin(urn, creation_.inputs, session_.call().random());
  session_.set_client_token(attempt.client_token);
  PALISADE_ASSIGN_OR_RETURN(const Id left, LeftOver(attempt.unclear));
  if (left) {
    session_.call().Warn("found " + *left +
                         ", which an interrupted run had begun to make for this resource with "
                         "these inputs; it is finished instead of made again");
    run_->Adopted({&traits_, *left});
    run_->Made(urn, creation_.inputs, *left);
    return *left;
  }

  if (mark_) tags.insert_or_assign(kMarkerKey, creation_.marker());
  absl::StatusOr<std::string> made = steps_.make(tags);
  if (!made.ok() && http::MayHaveHappened(made.status())) {
    run_->Unclear(urn, creation_.inputs);
    if (IsOver(made.status())) return made.status();
    if (!mark_ && traits_.tagging != Tagging::kNone) return Unsure(made.status());
    const auto found = AfterLostReply();
    if (!found.ok()) return IsOver(found.status()) ? made.status() : Unsure(made.status());
    if (*found) {
      made = **found;
    } else {
      // Ten seconds on it is nowhere to be seen: it was not carried out.
      made = steps_.make(tags);
      if (!made.ok() && http::MayHaveHappened(made.status())) return Unsure(made.status());
    }
  }
  if (!made.ok()) return Explained(made.status());
  run_->Made(urn, creation_.inputs, *made);
  return made;
}

bool Creator::IsFree(const std::string& id) const {
  const ObjectKey object{&traits_, id};
  if (run_->WasAdopted(object) || run_->WasDeleted(object)) return false;
  Markers& markers = session_.cloud().impl().markers();
  if (!markers.IsRecorded(object)) return true;
  // It stands in a state: its create had ended, only its marker was not taken off any more.
  markers.Add({object, steps_.tagged_name(id), session_.placement(),
               std::make_shared<const resource::Call>(session_.call().Aftermath({}))});
  return false;
}

absl::StatusOr<Id> Creator::LeftOver(bool unclear) {
  if (!mark_) return Id();
  // A call of this run has tried before: what the run saw at its beginning is too old.
  if (traits_.tagging != Tagging::kEc2Id || unclear) {
    auto found = steps_.find(creation_.marker());
    if (!found.ok()) return Explained(found.status());
    if (*found && !IsFree(**found)) found = Id();
    if (*found || traits_.tagging != Tagging::kEc2Id) return found;
  }
  const auto marked = MarkedObjects(session_, *run_, account_id_);
  if (!marked.ok()) return Explained(marked.status());
  Id ours;
  for (const Marked& each : **marked) {
    // What this run has taken up already is not to be had twice.
    if (each.resource_type != traits_.resource_type || !IsFree(each.id)) continue;
    if (each.marker == creation_.marker()) {
      if (!ours) ours = each.id;
    } else if (each.marker.starts_with(creation_.owner + "-")) {
      session_.call().Warn("an interrupted run has left " + each.id +
                           " behind, which it had begun to make for this resource with other "
                           "inputs; delete it if it is not needed");
    }
  }
  return ours;
}

absl::StatusOr<Id> Creator::AfterLostReply() {
  const base::SteadyTime start = session_.call().clock().Steady();
  Id found;
  PALISADE_RETURN_IF_ERROR(resource::WaitUntil(
      session_.call(), {"looking for what a call has made whose reply was lost"},
      [&]() -> absl::StatusOr<resource::Sight> {
        auto looked = steps_.find(Marker());
        if (!looked.ok()) return looked.status();
        found = *std::move(looked);
        const bool over = session_.call().clock().Steady() - start >= kLookFor;
        return resource::Sight{found.has_value() || over, "the reply was lost, looking for it"};
      }));
  return found;
}

absl::Status Creator::Explained(const absl::Status& failure) const {
  if (!mark_ || !IsDenied(failure)) return failure;
  const bool ec2 = traits_.tagging == Tagging::kEc2Id;
  return WithMore(
      failure, failure.code(),
      std::string(". While an object is made it carries the tag ") + kMarkerKey + ", which needs " +
          (ec2 ? std::string("ec2:CreateTags, ec2:DeleteTags and ec2:DescribeTags")
               : std::string(traits_.service.signing_name) +
                     ":TagResource and UntagResource, and the type's List and Describe to find "
                     "what an interrupted run has left") +
          "; where these cannot be granted, set creationMarker to false in the configuration "
          "palisade:aws");
}

absl::Status Creator::Unsure(const absl::Status& failure) const {
  const std::string what_to_do =
      mark_
          ? "The next run looks for it by its tag and goes on with it"
          : "Look whether it is there: then import it (pulumi import) or delete it, and run again";
  return WithMore(failure, absl::StatusCode::kAborted,
                  ". Whether the object was made is not known, and it was not asked for again, so "
                  "that there are not two. " +
                      what_to_do);
}

}  // namespace palisade::aws

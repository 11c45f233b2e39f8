#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/findings.h"
#include "provider/resource/resource.h"
#include "provider/value/property_value.h"

namespace palisade::aws {

/// Where a bag of inputs or outputs says that its object lives.
Placement PlacementOf(const value::PropertyMap& bag);

/// The same from state: the outputs' word first, they tell where the object was made.
Placement PlacementOfState(const value::PropertyMap* inputs, const value::PropertyMap* outputs);

/// What `pulumi import` was given: an id, and perhaps "@region" behind it. An ARN tells its region
/// itself.
struct ImportId {
  std::string id, region;
};
ImportId SplitImportId(const std::string& text);

/// Region and account of the inputs: present, known to the configuration and to AWS.
void CheckPlacement(Cloud& cloud, const resource::CheckRequest& request,
                    resource::Findings& findings);

/// The same for a function, whose Check is not told the configuration: INVALID_ARGUMENT when the
/// session's region is not known to AWS; a warning where the configuration skips that.
absl::Status CheckRegionOf(Session& session);

/// FAILED_PRECONDITION when the session's credentials are those of another account than the one
/// that made the object, by the word of `outputs` or of `id`, if it is an ARN; or of one that the
/// configuration does not allow. `consequence` ends the message: "nothing was deleted". Asks for
/// the identity only where there is something to hold it against: state of other packages and of
/// skipRequestingAccountId may not tell the account.
absl::Status GuardAccount(Session& session, const std::string& id,
                          const value::PropertyMap* outputs, const std::string& consequence);

}  // namespace palisade::aws

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/clouds/aws/core/settings.h"
#include "provider/resource/findings.h"
#include "provider/value/property_value.h"

namespace palisade::aws {

/// The tag of an object that is being made (ADR 0014). No finished object carries it, and neither
/// Read nor Diff ever shows it.
inline constexpr char kMarkerKey[] = "palisade:creating";

/// How many tags AWS takes of an object.
inline constexpr std::size_t kMostTags = 50;

/// What tagsAll is: the account's default tags, overlaid by the resource's own, without ignored
/// ones. nullopt when some of it is not known yet.
std::optional<Tags> AllTags(const AccountSettings& settings, const value::PropertyMap& inputs);

/// Of an object's tags those that are the user's to see: not AWS's own, not the marker, not
/// ignored.
Tags VisibleTags(const AccountSettings& settings, const Tags& found);

/// Of those the ones that the program writes or would have to write: without default tags that are
/// as configured, unless the program wrote them, too.
Tags OwnTags(const AccountSettings& settings, const Tags& visible,
             const value::PropertyMap* prior_inputs);

value::PropertyValue TagsValue(const Tags& tags);
/// The texts of a map property; other values are left out.
Tags TagsOf(const value::PropertyMap& bag, std::string_view name);

/// The tags that an object has as its state tells it: tagsAll, or, since state of other packages
/// may lack it, the inputs' own.
Tags TagsOfState(const AccountSettings& settings, const value::PropertyMap& inputs,
                 const value::PropertyMap& outputs);

/// Keys that AWS keeps for itself, and ours; lengths; how many there are. Default tags count, and
/// are told of at `tags`; `settings` is null when the account is not known.
void CheckTags(const value::PropertyMap& inputs, const AccountSettings* settings,
               resource::Findings& findings);

/// What has to be done to an object's tags.
struct TagChange {
  std::vector<std::string> remove;
  Tags set;
  bool empty() const { return remove.empty() && set.empty(); }
};
TagChange TagChangeBetween(const Tags& old_tags, const Tags& new_tags);

/// Carries it out on `name`, the id or ARN. Idempotent.
absl::Status ChangeTags(Session& session, const AwsTraits& traits, const std::string& name,
                        const TagChange& change);

/// Takes the marker off; idempotent.
absl::Status TakeOffMarker(Session& session, const AwsTraits& traits, const std::string& name);

}  // namespace palisade::aws

#include <algorithm>

#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/clouds/aws/core/tags.h"
#include "provider/value/property_path.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

using value::PropertyMap;
using value::PropertyPath;

// State of an import, or of another package, lacks what Check fills in: nothing has changed when
// the object is there already, or when nobody knows where it is.
void DropAddedPlace(const resource::DiffRequest& request, const char* name,
                    resource::Changes& changes) {
  const auto it = changes.find(PropertyPath(name));
  if (it == changes.end() || it->second.kind != resource::ChangeKind::kAdd) return;
  const auto given = request.new_inputs.find(name);
  const auto old = request.old_outputs.find(name);
  if (given != request.new_inputs.end() && given->second.IsUnknown()) return;
  if (old == request.old_outputs.end() ||
      (given != request.new_inputs.end() && given->second == old->second)) {
    changes.erase(it);
  }
}

// Default tags belong to no input, so that the comparison of inputs cannot see them.
void AddTagsAll(const resource::DiffRequest& request, const AccountSettings& settings,
                resource::Changes& changes) {
  if (!request.old_outputs.contains(kTagsAllKey)) return;
  for (const auto& [path, unused] : changes) {
    if (path.top() == kTagsKey) return;
  }
  const auto now = AllTags(settings, request.new_inputs);
  const Tags before = VisibleTags(settings, TagsOf(request.old_outputs, kTagsAllKey));
  if (!now || *now == before) return;
  changes.emplace(PropertyPath(kTagsAllKey),
                  resource::Change{.kind = resource::ChangeKind::kUpdate, .input = false});
}

}  // namespace

void AwsResource::Diff(const resource::DiffRequest& request, resource::Changes& changes,
                       resource::Findings& findings) const {
  cloud_.impl().markers().Recorded(request.id);
  DropAddedPlace(request, kRegionKey, changes);
  // Other packages know one account per provider; the object is where its credentials lead.
  if (!request.old_outputs.contains(kAccountIdKey)) {
    DropAddedPlace(request, kAccountKey, changes);
  }
  if (aws().tagging != Tagging::kNone) {
    if (const auto account = AccountFor(cloud_, request.settings, request.new_inputs)) {
      AddTagsAll(request, account->settings(), changes);
    }
  }
  DiffInputs(request, changes, findings);
}

PropertyMap AwsResource::Preview(const resource::PreviewRequest& request) const {
  PropertyMap known;
  if (request.old_outputs != nullptr) {
    // What an update does not touch stays. Inputs are the program's to say, also when it says
    // nothing any more.
    const auto& changing = aws().changing_outputs;
    for (const auto& [name, item] : *request.old_outputs) {
      const bool input = request.inputs.contains(name) ||
                         (request.old_inputs != nullptr && request.old_inputs->contains(name));
      if (input || std::ranges::find(changing, name) != changing.end()) continue;
      known.emplace(name, item);
    }
    known.merge(PreviewOutputs(request));
  } else {
    known = PreviewOutputs(request);
  }
  if (aws().tagging != Tagging::kNone) {
    known.erase(kTagsAllKey);
    const auto account = AccountFor(cloud_, request.settings, request.inputs);
    const auto all =
        account == nullptr ? std::nullopt : AllTags(account->settings(), request.inputs);
    if (all) known[kTagsAllKey] = TagsValue(*all);
  }
  return known;
}

}  // namespace palisade::aws

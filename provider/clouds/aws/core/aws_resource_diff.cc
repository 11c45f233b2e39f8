#include <algorithm>
#include <string>
#include <variant>

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

bool HaveTheSame(const Tags& before, const Tags& now, const PropertyPath& path) {
  if (path.steps().size() == 1) return before == now;
  const auto* key = std::get_if<std::string>(&path.steps()[1]);
  if (key == nullptr) return false;
  const auto was = before.find(*key), is = now.find(*key);
  return was != before.end() && is != now.end() && was->second == is->second;
}

// A tag that moves from the program to the default tags or back stays on the object as it is; what
// the program says of it now is written down all the same. State of aws-native holds default tags
// among the program's own.
void DropMovedTags(const Tags& before, const Tags& now, resource::Changes& changes) {
  std::erase_if(changes, [&](const auto& entry) {
    return entry.first.top() == kTagsKey && entry.second.kind != resource::ChangeKind::kUpdate &&
           HaveTheSame(before, now, entry.first);
  });
}

// Default tags belong to no input, so that the comparison of inputs cannot see them.
void CompareTags(const resource::DiffRequest& request, const AccountSettings& settings,
                 resource::Changes& changes) {
  const auto now = AllTags(settings, request.new_inputs);
  if (!now) return;
  const Tags before = TagsOfState(settings, request.old_inputs, request.old_outputs);
  DropMovedTags(before, *now, changes);
  if (!request.old_outputs.contains(kTagsAllKey) || *now == before) return;
  for (const auto& [path, unused] : changes) {
    if (path.top() == kTagsKey) return;
  }
  changes.emplace(PropertyPath(kTagsAllKey),
                  resource::Change{.kind = resource::ChangeKind::kUpdate, .input = false});
}

}  // namespace

void AwsResource::Diff(const resource::DiffRequest& request, resource::Changes& changes,
                       resource::Findings& findings) const {
  cloud_.impl().markers().Recorded({&aws(), request.id});
  DropAddedPlace(request, kRegionKey, changes);
  // Other packages know one account per provider; the object is where its credentials lead.
  if (!request.old_outputs.contains(kAccountIdKey)) {
    DropAddedPlace(request, kAccountKey, changes);
  }
  if (aws().tagging != Tagging::kNone) {
    if (const auto account = AccountFor(cloud_, request.settings, request.new_inputs)) {
      CompareTags(request, account->settings(), changes);
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

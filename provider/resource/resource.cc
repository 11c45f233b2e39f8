#include "provider/resource/resource.h"

#include <algorithm>

#include "provider/base/status.h"

namespace palisade::resource {

const Settings& NoSettings() {
  static const Settings kNone;
  return kNone;
}

bool UpdateRequest::Ignores(std::string_view output) const {
  const value::PropertyPath path(output);
  return std::ranges::any_of(ignored, [&path](const auto& each) { return each.Covers(path); });
}

absl::StatusOr<value::PropertyMap> Resource::Update(Call& call, const UpdateRequest&) const {
  return base::Unimplemented("the resource " + call.urn() +
                             " cannot be changed in place; this is a bug in palisade, because such "
                             "a change should have been planned as a replacement");
}

absl::StatusOr<ListPage> Resource::List(Call&, const ListRequest&) const {
  return base::Unimplemented(
      "resources of this type cannot be listed: nothing but Pulumi's state "
      "knows which of them exist");
}

}  // namespace palisade::resource

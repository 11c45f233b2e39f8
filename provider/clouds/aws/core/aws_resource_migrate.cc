#include "provider/clouds/aws/core/aws_resource.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

using value::PropertyMap;
using value::PropertyValue;

// aws-native's [{key, value}] to a map; the classic package has a map already.
void TagListToMap(PropertyMap& bag) {
  const auto it = bag.find(kTagsKey);
  if (it == bag.end()) return;
  const auto* list = it->second.If<value::PropertyArray>();
  if (list == nullptr) return;
  PropertyMap tags;
  for (const PropertyValue& item : *list) {
    const auto* tag = item.If<PropertyMap>();
    if (tag == nullptr) continue;
    const value::View view(*tag);
    if (const auto key = view.String("key")) tags[*key] = view.String("value").value_or("");
  }
  it->second = std::move(tags);
}

}  // namespace

void AwsResource::Migrate(int version, PropertyMap& inputs, PropertyMap& outputs) const {
  if (version == 0 && aws().tagging != Tagging::kNone) {
    TagListToMap(inputs);
    TagListToMap(outputs);
    // That package adds default tags to the list itself, so the list is all of them.
    if (const auto tags = outputs.find(kTagsKey); tags != outputs.end()) {
      outputs.emplace(kTagsAllKey, tags->second);
    }
  }
  MigrateState(version, inputs, outputs);
}

}  // namespace palisade::aws

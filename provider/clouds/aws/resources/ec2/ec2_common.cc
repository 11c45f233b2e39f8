#include "provider/clouds/aws/resources/ec2/ec2_common.h"

#include <algorithm>

#include "provider/clouds/aws/rules/cidr.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

// What every type has besides its own inputs.
constexpr std::string_view kShared[] = {names::kTags, names::kRegion, names::kAccount,
                                        names::kSkipChecks};

bool IsUnset(const PropertyValue& item) {
  const auto* text = item.If<std::string>();
  return item.IsNull() || (text != nullptr && text->empty());
}

// The bridge of the classic package keeps `__defaults` inside nested objects, tags among them.
void DropBookkeeping(PropertyValue& item) {
  if (auto* list = item.If<PropertyArray>()) {
    for (PropertyValue& each : *list) DropBookkeeping(each);
  }
  auto* object = item.If<PropertyMap>();
  if (object == nullptr) return;
  std::erase_if(*object, [](const auto& entry) { return entry.first.starts_with("__"); });
  for (auto& [name, member] : *object) DropBookkeeping(member);
}

void Rename(PropertyMap& bag, std::string_view from, std::string_view to) {
  const auto it = bag.find(from);
  if (it == bag.end()) return;
  auto node = bag.extract(it);
  if (bag.contains(to)) return;
  node.key() = std::string(to);
  bag.insert(std::move(node));
}

}  // namespace

std::string TextOf(const PropertyMap& bag, std::string_view name) {
  return value::View(bag).String(name).value_or("");
}

void PutText(PropertyMap& bag, std::string_view name, std::string text) {
  if (!text.empty()) bag.insert_or_assign(std::string(name), std::move(text));
}

PropertyArray ListOf(const std::vector<std::string>& texts) {
  return PropertyArray(texts.begin(), texts.end());
}

std::string CanonicalCidr(const std::string& text) {
  const auto cidr = rules::ParseCidr(text);
  return cidr.ok() ? cidr->Canonical().Text() : text;
}

std::string SpelledAsBefore(const PropertyMap* prior, std::string_view name,
                            const std::string& seen) {
  if (prior == nullptr) return seen;
  const std::string before = TextOf(*prior, name);
  return !before.empty() && CanonicalCidr(before) == CanonicalCidr(seen) ? before : seen;
}

void ForgetEqualCidr(const resource::DiffRequest& request, std::string_view name,
                     resource::Changes& changes) {
  const auto old_text = value::View(request.old_inputs).String(name);
  const auto new_text = value::View(request.new_inputs).String(name);
  if (old_text && new_text && CanonicalCidr(*old_text) == CanonicalCidr(*new_text)) {
    changes.erase(value::PropertyPath(name));
  }
}

std::string ArnOf(const Session& session, const std::string& owner, const std::string& resource) {
  if (owner.empty()) return "";
  return "arn:" + std::string(session.partition().id) + ":ec2:" + session.region() + ":" + owner +
         ":" + resource;
}

void ShowInputs(Found& found) { found.outputs.insert(found.inputs.begin(), found.inputs.end()); }

std::string MoveBags(const Moved& moved, PropertyMap& inputs, PropertyMap& outputs) {
  for (PropertyMap* bag : {&inputs, &outputs}) {
    std::erase_if(*bag, [](const auto& entry) { return IsUnset(entry.second); });
    for (auto& [name, item] : *bag) DropBookkeeping(item);
    for (const auto& [from, to] : moved.renamed) Rename(*bag, from, to);
  }
  std::erase_if(inputs, [&](const auto& entry) {
    const std::string_view name = entry.first;
    return std::ranges::find(moved.inputs, name) == moved.inputs.end() &&
           std::ranges::find(kShared, name) == std::ranges::end(kShared);
  });
  Rename(outputs, "ownerId", names::kAccountId);
  const std::string id = TextOf(outputs, "id");
  outputs.erase("id");
  return id;
}

}  // namespace palisade::aws::ec2

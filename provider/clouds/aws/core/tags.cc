#include "provider/clouds/aws/core/tags.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "provider/base/status.h"
#include "provider/clouds/aws/core/aws_resource_parts.h"
#include "provider/value/transform.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

using http::Idempotency;
using value::PropertyMap;
using value::PropertyPath;

constexpr std::string_view kReserved = "aws:";
// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
constexpr std::size_t kLongestKey = 128, kLongestValue = 256;

bool IsIgnored(const AccountSettings& settings, std::string_view key) {
  return std::ranges::find(settings.ignored_tag_keys, key) != settings.ignored_tag_keys.end() ||
         std::ranges::any_of(settings.ignored_tag_prefixes, [key](const std::string& prefix) {
           return !prefix.empty() && key.starts_with(prefix);
         });
}

absl::Status ChangeEc2Tags(Session& session, const std::string& id, const TagChange& change) {
  if (!change.remove.empty()) {
    Params params;
    params.Add("ResourceId.1", id);
    int number = 0;
    // Without values: a tag goes whatever it says.
    for (const std::string& key : change.remove) {
      params.Add("Tag." + std::to_string(++number) + ".Key", key);
    }
    const auto removed = session.Ec2("DeleteTags", params, Idempotency::kIdempotent);
    if (!removed.ok()) return removed.status();
  }
  if (!change.set.empty()) {
    Params params;
    params.Add("ResourceId.1", id).AddTags("Tag", change.set);
    const auto set = session.Ec2("CreateTags", params, Idempotency::kIdempotent);
    if (!set.ok()) return set.status();
  }
  return absl::OkStatus();
}

absl::Status ChangeArnTags(Session& session, const Service& service, const std::string& arn,
                           const TagChange& change) {
  using nlohmann::json;
  if (!change.remove.empty()) {
    const json input{{"ResourceArn", arn}, {"TagKeys", change.remove}};
    const auto removed = session.Json(service, "UntagResource", input, Idempotency::kIdempotent);
    if (!removed.ok()) return removed.status();
  }
  if (!change.set.empty()) {
    json list = json::array();
    for (const auto& [key, text] : change.set) list.push_back({{"Key", key}, {"Value", text}});
    const json input{{"ResourceArn", arn}, {"Tags", std::move(list)}};
    const auto set = session.Json(service, "TagResource", input, Idempotency::kIdempotent);
    if (!set.ok()) return set.status();
  }
  return absl::OkStatus();
}

// Unicode characters, as AWS counts them.
std::size_t Length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool IsReserved(std::string_view key) {
  return std::ranges::equal(key.substr(0, kReserved.size()), kReserved, [](char c, char reserved) {
    return (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) == reserved;
  });
}

struct TagToCheck {
  std::string_view key;
  const std::string* text;  ///< null when it is not known or no text
  PropertyPath path;
  std::string origin;  ///< how messages begin
};

void CheckTag(const TagToCheck& tag, resource::Findings& findings) {
  const auto fail = [&](const char* rule, const std::string& message) {
    findings.Fail(tag.path, rule, tag.origin + message);
  };
  if (IsReserved(tag.key)) {
    fail("aws.tags.reserved", "keys that begin with \"aws:\" are AWS's own; choose another key");
  } else if (tag.key == kMarkerKey) {
    fail("aws.tags.reserved", "this key marks objects that are being made; choose another key");
  } else if (tag.key.empty()) {
    fail("aws.tags.key", "a tag needs a key of at least one character");
  } else if (Length(tag.key) > kLongestKey) {
    fail("aws.tags.key", "the key has " + std::to_string(Length(tag.key)) +
                             " characters; AWS takes " + std::to_string(kLongestKey));
  }
  if (tag.text != nullptr && Length(*tag.text) > kLongestValue) {
    fail("aws.tags.value", "the value has " + std::to_string(Length(*tag.text)) +
                               " characters; AWS takes " + std::to_string(kLongestValue));
  }
}

}  // namespace

Tags TagsOf(const PropertyMap& bag, std::string_view name) {
  Tags tags;
  const PropertyMap* given = value::View(bag).Object(name);
  if (given == nullptr) return tags;
  for (const auto& [key, item] : *given) {
    if (const auto* text = item.If<std::string>()) tags.emplace(key, *text);
  }
  return tags;
}

value::PropertyValue TagsValue(const Tags& tags) {
  PropertyMap map;
  for (const auto& [key, text] : tags) map.emplace(key, text);
  return map;
}

std::optional<Tags> AllTags(const AccountSettings& settings, const PropertyMap& inputs) {
  if (value::View(inputs).IsUnknown(kTagsKey)) return std::nullopt;
  Tags all = TagsOf(inputs, kTagsKey);
  all.insert(settings.default_tags.begin(), settings.default_tags.end());
  std::erase_if(all, [&](const auto& tag) { return IsIgnored(settings, tag.first); });
  return all;
}

Tags VisibleTags(const AccountSettings& settings, const Tags& found) {
  Tags visible = found;
  std::erase_if(visible, [&](const auto& tag) {
    return tag.first.starts_with(kReserved) || tag.first == kMarkerKey ||
           IsIgnored(settings, tag.first);
  });
  return visible;
}

Tags OwnTags(const AccountSettings& settings, const Tags& visible,
             const PropertyMap* prior_inputs) {
  const Tags prior = prior_inputs == nullptr ? Tags{} : TagsOf(*prior_inputs, kTagsKey);
  Tags own = visible;
  std::erase_if(own, [&](const auto& tag) {
    if (prior.contains(tag.first)) return false;
    const auto it = settings.default_tags.find(tag.first);
    // One that differs shows in tagsAll, and the next update sets it right.
    return it != settings.default_tags.end() &&
           (prior_inputs != nullptr || it->second == tag.second);
  });
  // The program's ignored tags are as the program says: nobody looked.
  for (const auto& [key, text] : prior) {
    if (IsIgnored(settings, key)) own.emplace(key, text);
  }
  return own;
}

Tags TagsOfState(const AccountSettings& settings, const PropertyMap& inputs,
                 const PropertyMap& outputs) {
  return VisibleTags(settings, outputs.contains(kTagsAllKey) ? TagsOf(outputs, kTagsAllKey)
                                                             : TagsOf(inputs, kTagsKey));
}

void CheckTags(const PropertyMap& inputs, const AccountSettings* settings,
               resource::Findings& findings) {
  std::set<std::string> keys;
  if (const PropertyMap* tags = value::View(inputs).Object(kTagsKey)) {
    for (const auto& [key, item] : *tags) {
      CheckTag({key, item.If<std::string>(), PropertyPath(kTagsKey).Child(key), ""}, findings);
      keys.insert(key);
    }
  }
  if (settings == nullptr) return;
  for (const auto& [key, text] : settings->default_tags) {
    if (!keys.insert(key).second) continue;
    CheckTag({key, &text, PropertyPath(kTagsKey),
              "the default tag \"" + key + "\" of the configuration palisade:aws: "},
             findings);
  }
  std::erase_if(keys, [&](const auto& key) { return IsIgnored(*settings, key); });
  if (keys.size() <= kMostTags) return;
  findings.Fail(PropertyPath(kTagsKey), "aws.tags.count",
                "with the default tags these are " + std::to_string(keys.size()) + "; AWS takes " +
                    std::to_string(kMostTags) + " tags of an object; leave some out");
}

TagChange TagChangeBetween(const Tags& old_tags, const Tags& new_tags) {
  TagChange change;
  for (const auto& [key, unused] : old_tags) {
    if (!new_tags.contains(key)) change.remove.push_back(key);
  }
  for (const auto& [key, text] : new_tags) {
    const auto it = old_tags.find(key);
    if (it == old_tags.end() || it->second != text) change.set.emplace(key, text);
  }
  return change;
}

absl::Status ChangeTags(Session& session, const AwsTraits& traits, const std::string& name,
                        const TagChange& change) {
  switch (traits.tagging) {
    case Tagging::kNone:
      return absl::OkStatus();
    case Tagging::kEc2Id:
      return ChangeEc2Tags(session, name, change);
    case Tagging::kArn:
      return ChangeArnTags(session, traits.service, name, change);
  }
  return absl::OkStatus();
}

absl::Status TakeOffMarker(Session& session, const AwsTraits& traits, const std::string& name) {
  return ChangeTags(session, traits, name, {{kMarkerKey}, {}});
}

}  // namespace palisade::aws

#include "provider/clouds/aws/resources/networkfirewall/classic.h"

#include <algorithm>
#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;
using value::View;

// Objects that the aws package kept as lists of one before they became objects.
constexpr std::string_view kObjects[] = {
    names::kRuleGroup,
    names::kRulesSource,
    names::kRulesSourceList,
    names::kStatelessRulesAndCustomActions,
    names::kRuleVariables,
    names::kReferenceSets,
    names::kStatefulRuleOptions,
    names::kHeader,
    names::kRuleDefinition,
    names::kMatchAttributes,
    names::kActionDefinition,
    names::kPublishMetricAction,
    names::kFirewallPolicy,
    names::kStatefulEngineOptions,
    names::kFlowTimeouts,
    names::kPolicyVariables,
    names::kOverride,
    names::kSummaryConfiguration,
    names::kLoggingConfiguration,
};

bool IsOfOne(std::string_view name) {
  return std::ranges::find(kObjects, name) != std::end(kObjects);
}

// What the aws package writes for absent: nulls, empty texts, and the number 0 where it is none.
bool IsNothing(std::string_view name, const PropertyValue& value) {
  if (value.IsNull()) return true;
  if (const auto* text = value.If<std::string>()) return text->empty();
  const auto* number = value.If<double>();
  return number != nullptr && *number == 0 &&
         (name == names::kPriority || name == names::kTcpIdleTimeoutSeconds);
}

// Maps whose keys and values are the user's own: an empty text in them is meant.
bool IsOfUser(std::string_view name) {
  return name == names::kTags || name == names::kTagsAll || name == names::kLogDestination;
}

void Clean(PropertyValue& value);

void CleanBag(PropertyMap& bag) {
  std::erase_if(bag, [](const auto& entry) {
    return entry.first.starts_with("__") || IsNothing(entry.first, entry.second);
  });
  for (auto& [name, member] : bag) {
    // A map of variables is a list in the aws package too, and is told by its keys (below).
    if (IsOfUser(name)) {
      if (auto* map = member.If<PropertyMap>()) map->erase("__defaults");
      continue;
    }
    auto* list = member.If<PropertyArray>();
    const auto* only = list != nullptr && list->size() == 1 && IsOfOne(name)
                           ? list->front().If<PropertyMap>()
                           : nullptr;
    if (only != nullptr && !only->contains("key")) {
      PropertyValue content = std::move(list->front());
      member = std::move(content);
    }
    Clean(member);
  }
}

void Clean(PropertyValue& value) {
  if (auto* list = value.If<PropertyArray>()) {
    for (PropertyValue& item : *list) Clean(item);
  } else if (auto* object = value.If<PropertyMap>()) {
    CleanBag(*object);
  }
}

void Rename(PropertyMap& bag, const char* from, const std::string& to) {
  auto node = bag.extract(from);
  if (node.empty() || bag.contains(to)) return;
  node.key() = to;
  bag.insert(std::move(node));
}

PropertyMap* ObjectIn(PropertyMap& bag, std::string_view name) {
  const auto it = bag.find(name);
  return it == bag.end() ? nullptr : it->second.If<PropertyMap>();
}

// The object `name`, or the one item of the list `name`.
PropertyMap ContentOf(PropertyMap& entry, std::string_view name) {
  const auto it = entry.find(name);
  if (it == entry.end()) return {};
  if (auto* list = it->second.If<PropertyArray>()) {
    auto* first = list->empty() ? nullptr : list->front().If<PropertyMap>();
    return first == nullptr ? PropertyMap{} : std::move(*first);
  }
  auto* object = it->second.If<PropertyMap>();
  return object == nullptr ? PropertyMap{} : std::move(*object);
}

// [{key, <content>: {definitions}}] -> {key: {definition}}
void ListToMap(PropertyMap* owner, std::string_view name, std::string_view content) {
  const auto it = owner == nullptr ? PropertyMap::iterator{} : owner->find(name);
  if (owner == nullptr || it == owner->end()) return;
  auto* list = it->second.If<PropertyArray>();
  if (list == nullptr) return;
  PropertyMap by_key;
  for (PropertyValue& item : *list) {
    auto* entry = item.If<PropertyMap>();
    const auto key = entry == nullptr ? std::nullopt : View(*entry).String("key");
    if (!key) continue;
    PropertyMap set = ContentOf(*entry, content);
    Rename(set, "definitions", names::kDefinition);
    by_key[*key] = std::move(set);
  }
  it->second = std::move(by_key);
}

void MigrateNames(const Kind& kind, PropertyMap& bag) {
  CleanBag(bag);
  Rename(bag, "arn",
         kind.type == kRuleGroup.type  ? names::kRuleGroupArn
         : kind.type == kFirewall.type ? names::kFirewallArn
                                       : names::kFirewallPolicyArn);
  Rename(bag, "name",
         kind.type == kRuleGroup.type  ? names::kRuleGroupName
         : kind.type == kFirewall.type ? names::kFirewallName
                                       : names::kFirewallPolicyName);
  for (const char* foreign : {"id", "namePrefix", "updateToken", "encryptionConfiguration"}) {
    bag.erase(foreign);
  }
}

void MigrateReferences(PropertyMap& policy) {
  const auto it = policy.find(names::kStatefulRuleGroupReferences);
  auto* list = it == policy.end() ? nullptr : it->second.If<PropertyArray>();
  if (list == nullptr) return;
  for (PropertyValue& item : *list) {
    auto* reference = item.If<PropertyMap>();
    const auto text =
        reference == nullptr ? std::nullopt : View(*reference).String(names::kDeepThreatInspection);
    if (text) (*reference)[names::kDeepThreatInspection] = *text == "true";
  }
}

const PropertyMap* FirstObject(const PropertyMap& bag, std::string_view name) {
  const PropertyArray* list = View(bag).Array(name);
  return list == nullptr || list->empty() ? nullptr : list->front().If<PropertyMap>();
}

void ReadEndpoints(const PropertyMap& status, PropertyMap& outputs) {
  PropertyMap by_zone;
  const PropertyArray* states = View(status).Array("syncStates");
  for (std::size_t i = 0; states != nullptr && i < states->size(); ++i) {
    const auto* state = (*states)[i].If<PropertyMap>();
    const PropertyMap* attachment = state == nullptr ? nullptr : FirstObject(*state, "attachments");
    const auto zone = state == nullptr ? std::nullopt : View(*state).String("availabilityZone");
    const auto id = attachment == nullptr ? std::nullopt : View(*attachment).String("endpointId");
    if (zone && id) by_zone[*zone] = *id;
  }
  PropertyArray ids;
  for (const auto& [zone, id] : by_zone) ids.emplace_back(zone + ":" + *id.If<std::string>());
  outputs[names::kEndpointIds] = std::move(ids);
  outputs[names::kEndpointIdsByZone] = std::move(by_zone);
  if (const PropertyMap* gateway = FirstObject(status, "transitGatewayAttachmentSyncStates")) {
    if (const auto id = View(*gateway).String("attachmentId")) {
      outputs[names::kTransitGatewayAttachmentId] = *id;
    }
  }
}

void MigrateFirewallBag(PropertyMap& bag) {
  MigrateNames(kFirewall, bag);
  const auto zones = bag.find(names::kAvailabilityZoneMappings);
  auto* list = zones == bag.end() ? nullptr : zones->second.If<PropertyArray>();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (auto* mapping = (*list)[i].If<PropertyMap>()) {
      Rename(*mapping, "availabilityZoneId", names::kAvailabilityZone);
    }
  }
}

}  // namespace

void MigrateRuleGroup(PropertyMap& bag) {
  MigrateNames(kRuleGroup, bag);
  PropertyMap* group = ObjectIn(bag, names::kRuleGroup);
  if (group == nullptr) return;
  PropertyMap* variables = ObjectIn(*group, names::kRuleVariables);
  ListToMap(variables, names::kIpSets, "ipSet");
  ListToMap(variables, names::kPortSets, "portSet");
  ListToMap(ObjectIn(*group, names::kReferenceSets), names::kIpSetReferences,
            names::kIpSetReferences);
}

void MigrateFirewallPolicy(PropertyMap& bag) {
  MigrateNames(kFirewallPolicy, bag);
  PropertyMap* policy = ObjectIn(bag, names::kFirewallPolicy);
  if (policy == nullptr) return;
  ListToMap(ObjectIn(*policy, names::kPolicyVariables), names::kRuleVariables, "ipSet");
  MigrateReferences(*policy);
}

void MigrateFirewall(PropertyMap& inputs, PropertyMap& outputs) {
  MigrateFirewallBag(inputs);
  MigrateFirewallBag(outputs);
  if (const PropertyMap* status = FirstObject(outputs, "firewallStatuses")) {
    ReadEndpoints(*status, outputs);
  }
  inputs.erase("firewallStatuses");
  outputs.erase("firewallStatuses");
}

void MigrateLogging(PropertyMap& bag) {
  CleanBag(bag);
  bag.erase("id");
}

void DropForeignInputs(const Kind& kind, PropertyMap& inputs) {
  inputs.erase(kind.type == kRuleGroup.type  ? names::kRuleGroupArn
               : kind.type == kFirewall.type ? names::kFirewallArn
                                             : names::kFirewallPolicyArn);
}

}  // namespace palisade::aws::networkfirewall

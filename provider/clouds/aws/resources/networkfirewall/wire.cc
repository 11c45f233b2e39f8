#include "provider/clouds/aws/resources/networkfirewall/wire.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/value/number.h"

namespace palisade::aws::networkfirewall {
namespace {

namespace names = keys::aws::networkfirewall;

// Property -> name on the wire, where raising the first letter is not enough.
constexpr std::pair<std::string_view, std::string_view> kExceptions[] = {
    {names::kBypassDestinationValidationIpRanges, "BypassDestinationValidationIPRanges"},
    {names::kDnsExpiryExceptionPolicy, "DNSExpiryExceptionPolicy"},
    {names::kDnsFirewallRuleGroupId, "DNSFirewallRuleGroupId"},
    {names::kEnableTlsSessionHolding, "EnableTLSSessionHolding"},
    {names::kIpAddressType, "IPAddressType"},
    {names::kIpSetReferences, "IPSetReferences"},
    {names::kIpSets, "IPSets"},
    {names::kRoute53ResolvedIpValidation, "Route53ResolvedIPValidation"},
    {names::kSourceIpRanges, "SourceIPRanges"},
    {names::kTcpFlags, "TCPFlags"},
    {names::kTlsInspectionConfigurationArn, "TLSInspectionConfigurationArn"},
};

std::string PropertyName(std::string_view wire) {
  const auto found =
      std::ranges::find(kExceptions, wire, [](const auto& row) { return row.second; });
  if (found != std::end(kExceptions)) return std::string(found->first);
  std::string name(wire);
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') {
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
  }
  return name;
}

// Whether the keys of the object `name` are the user's own. `ruleVariables` is such a map in a
// policy, and an object with members of the API in a rule group.
bool HasUserKeys(std::string_view name, std::string_view parent) {
  if (name == names::kRuleVariables) return parent == names::kPolicyVariables;
  return name == names::kIpSets || name == names::kPortSets || name == names::kContextSets ||
         name == names::kIpSetReferences || name == names::kLogDestination;
}

json ToWire(const PropertyValue& value, std::string_view name, std::string_view parent) {
  if (const auto* text = value.If<std::string>()) return *text;
  if (const auto* flag = value.If<bool>()) return *flag;
  if (const auto* number = value.If<double>()) {
    if (const auto whole = value::ExactInteger(*number)) return *whole;
    return *number;
  }
  if (const auto* list = value.If<PropertyArray>()) {
    json items = json::array();
    for (const PropertyValue& item : *list) items.push_back(ToWire(item, name, parent));
    return items;
  }
  if (const auto* object = value.If<PropertyMap>()) {
    const bool user_keys = HasUserKeys(name, parent);
    json members = json::object();
    for (const auto& [key, member] : *object) {
      if (member.IsNull()) continue;
      members[user_keys ? key : WireName(key)] = ToWire(member, user_keys ? "" : key, name);
    }
    return members;
  }
  return nullptr;
}

PropertyValue FromWire(const json& wire, std::string_view name, std::string_view parent) {
  if (wire.is_string()) return wire.get<std::string>();
  if (wire.is_boolean()) return wire.get<bool>();
  if (wire.is_number()) return wire.get<double>();
  if (wire.is_array()) {
    PropertyArray items;
    for (const json& item : wire) items.push_back(FromWire(item, name, parent));
    return items;
  }
  if (wire.is_object()) {
    const bool user_keys = HasUserKeys(name, parent);
    PropertyMap members;
    for (const auto& [key, member] : wire.items()) {
      if (member.is_null()) continue;
      const std::string property = user_keys ? key : PropertyName(key);
      members[property] = FromWire(member, user_keys ? "" : property, name);
    }
    return members;
  }
  return {};
}

}  // namespace

std::string WireName(std::string_view property) {
  const auto found =
      std::ranges::find(kExceptions, property, [](const auto& row) { return row.first; });
  if (found != std::end(kExceptions)) return std::string(found->second);
  std::string name(property);
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') {
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  return name;
}

json ToWire(std::string_view name, const PropertyValue& value) { return ToWire(value, name, ""); }

PropertyValue FromWire(std::string_view name, const json& wire) { return FromWire(wire, name, ""); }

json Body(const PropertyMap& inputs, std::initializer_list<const char*> wanted) {
  json body = json::object();
  for (const char* name : wanted) {
    const auto it = inputs.find(name);
    if (it != inputs.end() && !it->second.IsNull()) body[WireName(name)] = ToWire(name, it->second);
  }
  return body;
}

PropertyMap Properties(const json& object, std::initializer_list<const char*> wanted) {
  PropertyMap properties;
  for (const char* name : wanted) {
    const json& member = Member(object, WireName(name));
    if (!member.is_null()) properties[name] = FromWire(name, member);
  }
  return properties;
}

const json& Member(const json& object, std::string_view name) {
  static const json kNull;
  if (!object.is_object()) return kNull;
  const auto it = object.find(std::string(name));
  return it == object.end() ? kNull : *it;
}

std::string Text(const json& object, std::string_view name) {
  const json& member = Member(object, name);
  return member.is_string() ? member.get<std::string>() : "";
}

bool IsTrue(const json& object, std::string_view name) {
  const json& member = Member(object, name);
  return member.is_boolean() && member.get<bool>();
}

}  // namespace palisade::aws::networkfirewall

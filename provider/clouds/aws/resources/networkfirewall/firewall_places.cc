#include "provider/clouds/aws/resources/networkfirewall/firewall_places.h"

#include <utility>

#include "keys/aws/networkfirewall.h"
#include "provider/value/view.h"

namespace palisade::aws::networkfirewall {

namespace names = keys::aws::networkfirewall;
using value::View;

const PlaceList kSubnetList{names::kSubnetMappings, "AssociateSubnets", "DisassociateSubnets",
                            names::kSubnetId};
const PlaceList kZoneList{names::kAvailabilityZoneMappings, "AssociateAvailabilityZones",
                          "DisassociateAvailabilityZones", names::kAvailabilityZone};

namespace {

bool SameType(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() || a == b;
}

json Mappings(const Places& places, const PlaceList& list) {
  json mappings = json::array();
  for (const auto& [key, type] : places) {
    json mapping{{WireName(list.key), key}};
    if (!type.empty()) mapping[WireName(names::kIpAddressType)] = type;
    mappings.push_back(std::move(mapping));
  }
  return mappings;
}

}  // namespace

Places PlacesOf(const PropertyMap& bag, const PlaceList& list) {
  Places places;
  const PropertyArray* items = View(bag).Array(list.property);
  if (items == nullptr) return places;
  for (const PropertyValue& item : *items) {
    const auto* mapping = item.If<PropertyMap>();
    if (mapping == nullptr) continue;
    const auto key = View(*mapping).String(list.key);
    if (key) places[*key] = View(*mapping).String(names::kIpAddressType).value_or("");
  }
  return places;
}

Places MeantPlaces(const PropertyMap& inputs, const PlaceList& list) {
  Places places = PlacesOf(inputs, list);
  for (auto& [key, type] : places) {
    if (type.empty()) type = kUsualType;
  }
  return places;
}

Places WantedPlaces(const PropertyMap& olds, const PropertyMap& news, const PlaceList& list) {
  const Places before = PlacesOf(olds, list);
  Places wanted = PlacesOf(news, list);
  for (auto& [key, type] : wanted) {
    const auto old = before.find(key);
    if (type.empty() && old != before.end() && !old->second.empty()) type = kUsualType;
  }
  return wanted;
}

std::set<std::string> KeysOf(const Places& places) {
  std::set<std::string> keys;
  for (const auto& [key, unused] : places) keys.insert(key);
  return keys;
}

Places Without(const Places& places, const Places& others, bool same_type) {
  Places left;
  for (const auto& [key, type] : places) {
    const auto other = others.find(key);
    const bool there = other != others.end() && (!same_type || SameType(type, other->second));
    if (!there) left.emplace(key, type);
  }
  return left;
}

json Coming(const Places& places, const PlaceList& list) {
  return {{WireName(list.property), Mappings(places, list)}};
}

json Going(const Places& places, const PlaceList& list) {
  if (list.property != kSubnetList.property) return Coming(places, list);
  return {{"SubnetIds", KeysOf(places)}};
}

}  // namespace palisade::aws::networkfirewall

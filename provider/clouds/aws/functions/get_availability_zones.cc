#include "provider/clouds/aws/functions/get_availability_zones.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "keys/aws.h"
#include "provider/value/view.h"

namespace palisade::aws {
namespace {

namespace names = keys::aws;
using value::PropertyArray;
using value::PropertyMap;
using value::View;

struct Zone {
  std::string name, id, group;
};

Params ParamsOf(const View& args) {
  Params params;
  if (args.Bool(names::kAllAvailabilityZones).value_or(false)) {
    params.Add("AllAvailabilityZones", true);
  }
  if (const auto state = args.String(names::kState)) params.AddFilter("state", {*state});
  const PropertyArray* filters = args.Array(names::kFilters);
  for (std::size_t i = 0; filters != nullptr && i < filters->size(); ++i) {
    const auto* filter = (*filters)[i].If<PropertyMap>();
    if (filter == nullptr) continue;
    const View view(*filter);
    params.AddFilter(view.String(names::kName).value_or(""),
                     view.Strings(names::kValues).value_or(std::vector<std::string>{}));
  }
  return params;
}

std::set<std::string> SetOf(const View& args, const char* name) {
  const auto texts = args.Strings(name).value_or(std::vector<std::string>{});
  return {texts.begin(), texts.end()};
}

}  // namespace

absl::StatusOr<PropertyMap> GetAvailabilityZones::Ask(Session& session,
                                                      const PropertyMap& args) const {
  const View view(args);
  const auto xml =
      session.Ec2("DescribeAvailabilityZones", ParamsOf(view), http::Idempotency::kIdempotent);
  if (!xml.ok()) return NeedsAws(xml.status(), "getAvailabilityZones");

  const std::set<std::string> no_names = SetOf(view, names::kExcludeNames);
  const std::set<std::string> no_ids = SetOf(view, names::kExcludeZoneIds);
  std::vector<Zone> zones;
  for (const pugi::xml_node item : Items(xml->root, "availabilityZoneInfo")) {
    Zone zone{Text(item, "zoneName"), Text(item, "zoneId"), Text(item, "groupName")};
    if (!no_names.contains(zone.name) && !no_ids.contains(zone.id)) {
      zones.push_back(std::move(zone));
    }
  }
  // The service's order means nothing; the names and the ids stand in the same order.
  std::ranges::sort(zones, {}, &Zone::name);

  PropertyArray zone_names, ids;
  std::set<std::string> groups;
  for (const Zone& zone : zones) {
    zone_names.emplace_back(zone.name);
    ids.emplace_back(zone.id);
    if (!zone.group.empty()) groups.insert(zone.group);
  }
  PropertyMap result;
  result[names::kId] = session.region();
  result[names::kRegion] = session.region();
  result[names::kNames] = std::move(zone_names);
  result[names::kZoneIds] = std::move(ids);
  result[names::kGroupNames] = PropertyArray(groups.begin(), groups.end());
  return result;
}

}  // namespace palisade::aws

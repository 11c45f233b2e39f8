#include "provider/clouds/aws/resources/networkfirewall/firewall_rivals.h"

#include <map>

namespace palisade::aws::networkfirewall {

absl::StatusOr<std::vector<Rival>> FindRivals(Session& session, const std::string& vpc,
                                              const std::set<std::string>& coming,
                                              const std::set<std::string>& going) {
  std::vector<std::string> ids(coming.begin(), coming.end());
  ids.insert(ids.end(), going.begin(), going.end());
  std::map<std::string, std::string> zones;
  // As filters, which pass over a subnet that is gone.
  const absl::Status asked = session.Ec2Pages(
      "DescribeSubnets", Params().AddFilter("vpc-id", {vpc}).AddFilter("subnet-id", ids),
      [&](const Xml& page) {
        for (const pugi::xml_node subnet : Items(page.root, "subnetSet")) {
          zones[aws::Text(subnet, "subnetId")] = aws::Text(subnet, "availabilityZone");
        }
      });
  if (!asked.ok()) return asked;
  std::vector<Rival> rivals;
  for (const std::string& old : going) {
    if (!zones.contains(old)) continue;
    for (const std::string& subnet : coming) {
      const auto zone = zones.find(subnet);
      if (zone == zones.end() || zone->second != zones[old]) continue;
      rivals.push_back({subnet, old});
      break;
    }
  }
  return rivals;
}

}  // namespace palisade::aws::networkfirewall

#pragma once

#include <pugixml.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/subnet_settings.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// "associating" while a range is on its way; "" when all are there. An error if EC2 could not
/// give one.
absl::StatusOr<std::string> SubnetRangesState(pugi::xml_node subnet);

/// The subnet's IPv6 ranges that hold, as texts.
value::PropertyArray SubnetRanges(pugi::xml_node subnet);

struct RangeChange {
  std::string before, after;  ///< either may be empty
  /// What was just turned off: EC2 keeps a range that these need.
  SubnetSettings off;
};
/// Takes the old IPv6 range from the subnet, once it shows what was turned off, and gives it the
/// new one. Waits until the old one is gone, not for the new one to be there.
absl::Status ChangeSubnetRange(Session& session, const std::string& id, const RangeChange& change,
                               const std::function<absl::StatusOr<Seen>()>& describe);

}  // namespace palisade::aws::ec2

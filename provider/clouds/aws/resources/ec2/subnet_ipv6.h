#pragma once

#include <pugixml.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// "associating" while a range is on its way; "" when all are there. An error if EC2 could not
/// give one.
absl::StatusOr<std::string> SubnetRangesState(pugi::xml_node subnet);

/// The subnet's IPv6 ranges that hold, as texts.
value::PropertyArray SubnetRanges(pugi::xml_node subnet);

/// Takes the IPv6 range `before` from the subnet and gives it `after`; either may be empty. Waits
/// until the old one is gone, not for the new one to be there.
absl::Status ChangeSubnetRange(Session& session, const std::string& id, const std::string& before,
                               const std::string& after,
                               const std::function<absl::StatusOr<Seen>()>& describe);

}  // namespace palisade::aws::ec2

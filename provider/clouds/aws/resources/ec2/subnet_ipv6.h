#pragma once

#include <functional>
#include <pugixml.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/clouds/aws/resources/ec2/subnet_settings.h"
#include "provider/resource/wait.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// "associating" while a range is on its way; "" when all are there. An error if EC2 could not
/// give one.
absl::StatusOr<std::string> SubnetRangesState(pugi::xml_node subnet);

/// The subnet's IPv6 ranges that hold, as texts.
value::PropertyArray SubnetRanges(pugi::xml_node subnet);

/// How it stands with the range that the inputs give and the subnet does not show.
struct RangeWait {
  std::string range;
  /// EC2 was asked for it: when the subnet was made, or later.
  bool asked = false;
  /// How long it has been looked for.
  base::SteadyTime::duration waited{0};
};
/// Done when the subnet shows it, and when it may be asked for: no other one is on its way out. A
/// subnet that has another one is done, too, after a while. An error when it does not come.
absl::StatusOr<resource::Sight> JudgeRange(const RangeWait& wait, pugi::xml_node subnet);

/// Whether the subnet has the range, or shows that it is getting it.
bool ShowsRange(pugi::xml_node subnet, const std::string& range);

/// Gives the range to a subnet that has none; does not wait until it is there.
absl::Status AssociateRange(Session& session, const std::string& id, const std::string& range,
                            const std::function<absl::StatusOr<Seen>()>& describe);

struct RangeLoss {
  std::string range;
  /// What was just turned off: EC2 keeps a range that these need.
  SubnetSettings off;
};
/// Takes an IPv6 range from the subnet, once it shows what was turned off. OK where it is gone.
absl::Status DisassociateRange(Session& session, const std::string& id, const RangeLoss& loss,
                               const std::function<absl::StatusOr<Seen>()>& describe);
absl::Status WaitUntilRangeLeft(Session& session, const std::string& id, const std::string& range,
                                const std::function<absl::StatusOr<Seen>()>& describe);

}  // namespace palisade::aws::ec2

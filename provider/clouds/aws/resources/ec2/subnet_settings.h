#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// One attribute that ModifySubnetAttribute sets, as that call names it.
struct SubnetSetting {
  std::string_view wire;
  std::string text;
  friend bool operator==(const SubnetSetting&, const SubnetSetting&) = default;
};
using SubnetSettings = std::vector<SubnetSetting>;

/// What the inputs ask for, in a fixed order.
SubnetSettings WantedSettings(const value::PropertyMap& inputs);

/// What `settings` lack of what the subnet shows.
SubnetSettings MissingSettings(const SubnetSettings& wanted, pugi::xml_node subnet);

/// What has to be set so that `news` hold where `olds` held: changed ones, and EC2's own defaults
/// for those that are no longer asked for.
SubnetSettings ChangedSettings(const value::PropertyMap& olds, const value::PropertyMap& news);

/// Whether EC2 takes it only in a subnet with an IPv6 range.
bool NeedsRange(const SubnetSetting& setting);

/// What `olds` ask for and needs an IPv6 range, turned off.
SubnetSettings RangeSettingsOff(const value::PropertyMap& olds);

/// Sets each by a call of its own.
absl::Status ApplySettings(Session& session, const std::string& id, const SubnetSettings& settings,
                           bool fresh);

/// The inputs that ask for what the subnet shows.
value::PropertyMap SettingInputs(pugi::xml_node subnet);

}  // namespace palisade::aws::ec2

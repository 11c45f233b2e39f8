#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/wait.h"
#include "provider/value/property_path.h"
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

/// What of `wanted` the subnet does not show.
SubnetSettings MissingSettings(const SubnetSettings& wanted, pugi::xml_node subnet);

/// Whether it shows all of them. An error that names one, if it is `late` and does not.
absl::StatusOr<resource::Sight> JudgeSettings(const SubnetSettings& wanted, pugi::xml_node subnet,
                                              bool late);

/// The input that asks for it.
value::PropertyPath InputOf(const SubnetSetting& setting);

/// EC2's own defaults for what `olds` ask for and `news` do not any more.
SubnetSettings ResetSettings(const value::PropertyMap& olds, const value::PropertyMap& news);

/// What `olds` ask for of the attributes in `settings`.
SubnetSettings AskedFor(const value::PropertyMap& olds, const SubnetSettings& settings);

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

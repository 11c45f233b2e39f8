#include "provider/clouds/aws/resources/ec2/subnet_settings.h"

#include <algorithm>
#include <utility>

#include "provider/base/status.h"
#include "provider/clouds/aws/resources/ec2/ec2_common.h"
#include "provider/clouds/aws/resources/ec2/ec2_common_calls.h"
#include "provider/value/view.h"

namespace palisade::aws::ec2 {
namespace {

constexpr char kOptions[] = "privateDnsNameOptionsOnLaunch";
constexpr std::string_view kHostnameWire = "PrivateDnsHostnameTypeOnLaunch";
constexpr std::string_view kLniWire = "EnableLniAtDeviceIndex";
constexpr std::string_view kNoLniWire = "DisableLniAtDeviceIndex.Value";

// Flags are false in a new subnet.
struct FlagSetting {
  const char* input;
  std::string_view wire;
  const char* reply;
  bool in_options;
  bool needs_range;
};
constexpr FlagSetting kFlags[] = {
    {names::kMapPublicIpOnLaunch, "MapPublicIpOnLaunch.Value", "mapPublicIpOnLaunch", false, false},
    {names::kAssignIpv6AddressOnCreation, "AssignIpv6AddressOnCreation.Value",
     "assignIpv6AddressOnCreation", false, true},
    {names::kEnableDns64, "EnableDns64.Value", "enableDns64", false, true},
    {names::kEnableResourceNameDnsARecord, "EnableResourceNameDnsARecordOnLaunch.Value",
     "enableResourceNameDnsARecord", true, false},
    {names::kEnableResourceNameDnsAaaaRecord, "EnableResourceNameDnsAAAARecordOnLaunch.Value",
     "enableResourceNameDnsAAAARecord", true, true},
};

const PropertyMap& OptionsOf(const PropertyMap& inputs) {
  static const PropertyMap kNone;
  const PropertyMap* options = value::View(inputs).Object(names::kPrivateDnsNameOptionsOnLaunch);
  return options == nullptr ? kNone : *options;
}

std::string SeenText(const SubnetSetting& setting, pugi::xml_node subnet) {
  for (const FlagSetting& flag : kFlags) {
    if (flag.wire != setting.wire) continue;
    const pugi::xml_node node = flag.in_options ? subnet.child(kOptions) : subnet;
    return Flag(node, flag.reply) ? "true" : "false";
  }
  if (setting.wire == kHostnameWire) return Text(subnet.child(kOptions), "hostnameType");
  const std::string index = Text(subnet, "enableLniAtDeviceIndex");
  return setting.wire == kNoLniWire && index.empty() ? "true" : index;
}

const SubnetSetting* Find(const SubnetSettings& settings, std::string_view wire) {
  const auto it = std::ranges::find(settings, wire, &SubnetSetting::wire);
  return it == settings.end() ? nullptr : &*it;
}

SubnetSetting DefaultOf(const SubnetSetting& setting, bool ipv6_only) {
  if (setting.wire == kLniWire) return {kNoLniWire, "true"};
  if (setting.wire == kHostnameWire)
    return {kHostnameWire, ipv6_only ? "resource-name" : "ip-name"};
  return {setting.wire, "false"};
}

}  // namespace

SubnetSettings WantedSettings(const PropertyMap& inputs) {
  SubnetSettings wanted;
  const PropertyMap& options = OptionsOf(inputs);
  for (const FlagSetting& flag : kFlags) {
    if (const auto on = value::View(flag.in_options ? options : inputs).Bool(flag.input)) {
      wanted.push_back({flag.wire, *on ? "true" : "false"});
    }
  }
  if (auto type = value::View(options).String(names::kHostnameType)) {
    wanted.push_back({kHostnameWire, *std::move(type)});
  }
  if (const auto index = value::View(inputs).Integer(names::kEnableLniAtDeviceIndex)) {
    wanted.push_back({kLniWire, std::to_string(*index)});
  }
  return wanted;
}

SubnetSettings MissingSettings(const SubnetSettings& wanted, pugi::xml_node subnet) {
  SubnetSettings missing;
  for (const SubnetSetting& setting : wanted) {
    if (SeenText(setting, subnet) != setting.text) missing.push_back(setting);
  }
  return missing;
}

absl::StatusOr<resource::Sight> JudgeSettings(const SubnetSettings& wanted, pugi::xml_node subnet,
                                              bool late) {
  const SubnetSettings missing = MissingSettings(wanted, subnet);
  if (missing.empty()) return resource::Sight{.done = true, .state = ""};
  if (!late) return resource::Sight{.done = false, .state = "attributes being set"};
  return base::FailedPrecondition("the subnet " + Text(subnet, "subnetId") + " does not show " +
                                  InputOf(missing.front()).Text() + " as it was asked for (" +
                                  missing.front().text +
                                  "), although EC2 took it; run `pulumi up` again, or leave it out "
                                  "where this EC2 does not know it");
}

value::PropertyPath InputOf(const SubnetSetting& setting) {
  const value::PropertyPath options(names::kPrivateDnsNameOptionsOnLaunch);
  for (const FlagSetting& flag : kFlags) {
    if (flag.wire != setting.wire) continue;
    return flag.in_options ? options.Child(flag.input) : value::PropertyPath(flag.input);
  }
  if (setting.wire == kHostnameWire) return options.Child(names::kHostnameType);
  return value::PropertyPath(names::kEnableLniAtDeviceIndex);
}

SubnetSettings ResetSettings(const PropertyMap& olds, const PropertyMap& news) {
  const bool ipv6_only = value::View(news).Bool(names::kIpv6Native) == true;
  const SubnetSettings after = WantedSettings(news);
  SubnetSettings reset;
  for (const SubnetSetting& old : WantedSettings(olds)) {
    const SubnetSetting fallback = DefaultOf(old, ipv6_only);
    if (Find(after, old.wire) == nullptr && !(fallback == old)) reset.push_back(fallback);
  }
  return reset;
}

SubnetSettings AskedFor(const PropertyMap& olds, const SubnetSettings& settings) {
  SubnetSettings asked = WantedSettings(olds);
  std::erase_if(asked, [&](const SubnetSetting& old) {
    return std::ranges::none_of(
        settings, [&](const SubnetSetting& each) { return InputOf(each) == InputOf(old); });
  });
  return asked;
}

bool NeedsRange(const SubnetSetting& setting) {
  const auto* flag = std::ranges::find(kFlags, setting.wire, &FlagSetting::wire);
  return flag != std::end(kFlags) && flag->needs_range && setting.text == "true";
}

SubnetSettings RangeSettingsOff(const PropertyMap& olds) {
  SubnetSettings off;
  for (const SubnetSetting& setting : WantedSettings(olds)) {
    if (NeedsRange(setting)) off.push_back({setting.wire, "false"});
  }
  return off;
}

absl::Status ApplySettings(Session& session, const std::string& id, const SubnetSettings& settings,
                           bool fresh) {
  for (const SubnetSetting& setting : settings) {
    Params params;
    params.Add("SubnetId", id).Add(std::string(setting.wire), setting.text);
    const auto modify = [&] {
      return session.Ec2("ModifySubnetAttribute", params, http::Idempotency::kIdempotent).status();
    };
    PALISADE_RETURN_IF_ERROR(
        fresh ? session.RetryWhile({"InvalidSubnetID.NotFound", "InvalidSubnetId.NotFound"},
                                   kParentLimit, "the subnet " + id + " to be visible", modify)
              : modify());
  }
  return absl::OkStatus();
}

PropertyMap SettingInputs(pugi::xml_node subnet) {
  PropertyMap inputs, options;
  for (const FlagSetting& flag : kFlags) {
    const pugi::xml_node node = flag.in_options ? subnet.child(kOptions) : subnet;
    if (!node.child(flag.reply)) continue;
    (flag.in_options ? options : inputs)[flag.input] = Flag(node, flag.reply);
  }
  PutText(options, names::kHostnameType, Text(subnet.child(kOptions), "hostnameType"));
  if (!options.empty()) inputs[names::kPrivateDnsNameOptionsOnLaunch] = std::move(options);
  if (const auto index = Number(subnet, "enableLniAtDeviceIndex")) {
    inputs[names::kEnableLniAtDeviceIndex] = static_cast<double>(*index);
  }
  return inputs;
}

}  // namespace palisade::aws::ec2

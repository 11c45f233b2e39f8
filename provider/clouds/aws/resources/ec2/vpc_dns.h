#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// The two DNS attributes of a VPC; nullopt is what nobody asks for, or what is not known.
struct VpcDns {
  std::optional<bool> support, hostnames;
  friend bool operator==(const VpcDns&, const VpcDns&) = default;
};

/// What EC2 gives a new VPC.
inline constexpr VpcDns kNewVpcDns{true, false};

/// What the inputs ask for.
VpcDns WantedDns(const value::PropertyMap& inputs);
/// The same, with EC2's defaults for what they leave out.
VpcDns EffectiveDns(const value::PropertyMap& inputs);

/// Reads what `seen` does not know of `wanted`, or all of it if `wanted` is null.
absl::Status ReadDns(Session& session, const std::string& id, const VpcDns* wanted, VpcDns& seen);

/// Brings the attributes from `seen` to `wanted`, each by a call of its own, in the order that EC2
/// demands (host names only while there is a resolver), and waits until each shows. `seen` is then
/// what they are, also after an error: what was sent and has not shown is not known.
absl::Status BringDns(Session& session, const std::string& id, const VpcDns& wanted, bool fresh,
                      VpcDns& seen);

}  // namespace palisade::aws::ec2

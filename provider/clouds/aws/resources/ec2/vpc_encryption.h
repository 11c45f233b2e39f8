#pragma once

#include <pugixml.hpp>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/params.h"
#include "provider/value/property_value.h"

namespace palisade::aws::ec2 {

/// The parameters of CreateVpc for the input `vpcEncryptionControl`.
void AddEncryptionControl(const value::PropertyMap& control, Params& params);

/// The input that asks for what `control`, an encryptionControl of DescribeVpcs, is; empty when
/// there is no control.
value::PropertyMap EncryptionControlInput(pugi::xml_node control);

/// The output of the same name; empty when there is no control.
value::PropertyMap EncryptionControlOutput(pugi::xml_node control);

/// Whether it has reached its mode. The error says what EC2 says of a failed one.
absl::StatusOr<bool> EncryptionControlReady(pugi::xml_node control);

}  // namespace palisade::aws::ec2

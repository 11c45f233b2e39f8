#pragma once

#include "provider/clouds/aws/functions/aws_function.h"

namespace palisade::aws {

/// `palisade:aws:getAvailabilityZones`: the zones of a region that the account may use.
class GetAvailabilityZones final : public AwsFunction {
 public:
  using AwsFunction::AwsFunction;

 protected:
  absl::StatusOr<value::PropertyMap> Ask(Session& session,
                                         const value::PropertyMap& args) const override;
};

}  // namespace palisade::aws

#pragma once

#include "provider/clouds/aws/functions/aws_function.h"

namespace palisade::aws {

/// `palisade:aws:getRegion`: the region in force, or what is known of one. Asks nothing of AWS.
class GetRegion final : public AwsFunction {
 public:
  using AwsFunction::AwsFunction;

 protected:
  absl::StatusOr<value::PropertyMap> Ask(Session& session,
                                         const value::PropertyMap& args) const override;
};

/// `palisade:aws:getPartition`: the part of AWS that the region belongs to. Asks nothing of AWS.
class GetPartition final : public AwsFunction {
 public:
  using AwsFunction::AwsFunction;

 protected:
  absl::StatusOr<value::PropertyMap> Ask(Session& session,
                                         const value::PropertyMap& args) const override;
};

}  // namespace palisade::aws

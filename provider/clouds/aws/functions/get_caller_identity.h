#pragma once

#include "provider/clouds/aws/functions/aws_function.h"

namespace palisade::aws {

/// `palisade:aws:getCallerIdentity`: whose the credentials are. Needs no permission.
class GetCallerIdentity final : public AwsFunction {
 public:
  using AwsFunction::AwsFunction;

 protected:
  absl::StatusOr<value::PropertyMap> Ask(Session& session,
                                         const value::PropertyMap& args) const override;
};

}  // namespace palisade::aws

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "provider/clouds/aws/core/cloud.h"
#include "provider/clouds/aws/core/session.h"
#include "provider/resource/resource.h"

namespace palisade::aws {

/// A function of AWS: its `region` and `account` arguments open the session. Those that ask nothing
/// of AWS work without credentials and without network.
class AwsFunction : public resource::Function {
 public:
  explicit AwsFunction(Cloud& cloud) : cloud_(cloud) {}

  absl::StatusOr<value::PropertyMap> Invoke(resource::Call& call,
                                            const resource::FunctionRequest& request) const final;

 protected:
  virtual absl::StatusOr<value::PropertyMap> Ask(Session& session,
                                                 const value::PropertyMap& args) const = 0;

 private:
  Cloud& cloud_;
};

/// `failure` with a sentence for who did not expect that this function needs AWS also in a preview,
/// when it is one of not reaching AWS or of having no credentials.
absl::Status NeedsAws(const absl::Status& failure, const std::string& function);

}  // namespace palisade::aws

#include "provider/clouds/aws/functions/aws_function.h"

#include "provider/base/status.h"
#include "provider/clouds/aws/core/placement.h"
#include "provider/value/view.h"

namespace palisade::aws {

absl::StatusOr<value::PropertyMap> AwsFunction::Invoke(
    resource::Call& call, const resource::FunctionRequest& request) const {
  const value::View args(request.args);
  Placement placement{args.String("region").value_or(""), args.String("account").value_or("")};
  const bool named = !placement.region.empty();
  PALISADE_ASSIGN_OR_RETURN(Session session, Session::Open(cloud_, call, std::move(placement)));
  if (named) PALISADE_RETURN_IF_ERROR(CheckRegionOf(session));
  return Ask(session, request.args);
}

absl::Status NeedsAws(const absl::Status& failure, const std::string& function) {
  if (failure.code() != absl::StatusCode::kUnavailable &&
      failure.code() != absl::StatusCode::kUnauthenticated) {
    return failure;
  }
  return base::Annotate(failure, function +
                                     " has to ask AWS, also in a preview, and so needs credentials "
                                     "and a network; getRegion and getPartition do not");
}

}  // namespace palisade::aws

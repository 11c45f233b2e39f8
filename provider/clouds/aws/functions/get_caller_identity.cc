#include "provider/clouds/aws/functions/get_caller_identity.h"

#include "keys/aws.h"

namespace palisade::aws {

namespace names = keys::aws;

absl::StatusOr<value::PropertyMap> GetCallerIdentity::Ask(Session& session,
                                                          const value::PropertyMap&) const {
  const auto identity = session.CallerIdentity();
  if (!identity.ok()) return NeedsAws(identity.status(), "getCallerIdentity");
  value::PropertyMap result;
  result[names::kId] = identity->account_id;
  result[names::kAccountId] = identity->account_id;
  result[names::kArn] = identity->arn;
  result[names::kUserId] = identity->user_id;
  return result;
}

}  // namespace palisade::aws

#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "nlohmann/json_fwd.hpp"
#include "provider/auth/aws_credentials.h"

namespace palisade::auth {

/// A member that is a text, or "" where it is absent or anything else.
std::string TextMember(const nlohmann::json& object, const char* name);

/// Reads AccessKeyId, SecretAccessKey, `token_name`, Expiration and AccountId, the answer of
/// processes, containers and instance metadata. `what` answered, for messages; what it said never
/// gets into them.
absl::StatusOr<AwsCredentials> ParseJsonCredentials(const nlohmann::json& reply,
                                                    const char* token_name,
                                                    const std::string& what);

}  // namespace palisade::auth

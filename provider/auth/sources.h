#pragma once

#include <string>

#include "provider/auth/source.h"

// Every source of credentials, each in the file of its name.

namespace palisade::auth {

/// accessKey, secretKey and token of the provider's configuration: both keys or neither.
Found FromSettings(Search& search);

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_CREDENTIAL_EXPIRATION.
Found FromEnvironment(Search& search);

/// aws_access_key_id and its like of a profile in the shared files.
Found FromStaticKeys(Search& search, const std::string& profile);

/// AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME.
Found FromWebIdentityEnvironment(Search& search);

/// web_identity_token_file and role_arn of a profile.
Found FromWebIdentityProfile(Search& search, const std::string& profile);

/// Whatever a profile says: a role on top of another source, web identity, SSO, keys, a process.
/// An error where the profile was named and does not exist.
Found FromProfile(Search& search, const std::string& profile);

/// IAM Identity Center: the token that `aws sso login` left, renewed where it can be.
Found FromSso(Search& search, const std::string& profile);

/// The output of the program that credential_process names.
Found FromProcess(Search& search, const std::string& profile);

/// The endpoint of ECS tasks and of EKS Pod Identity.
Found FromContainer(Search& search);

/// The EC2 instance metadata service, version 2 only.
Found FromMetadata(Search& search);

}  // namespace palisade::auth

#include "provider/clouds/aws/core/advice.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "provider/clouds/aws/core/retry_class.h"

namespace palisade::aws {
namespace {

using absl::StatusCode;

constexpr std::array<std::string_view, 4> kDenied{"UnauthorizedOperation", "AccessDenied",
                                                  "AccessDeniedException",
                                                  "Client.UnauthorizedOperation"};
constexpr std::array<std::string_view, 9> kUnauthenticated{"AuthFailure",
                                                           "InvalidClientTokenId",
                                                           "UnrecognizedClientException",
                                                           "SignatureDoesNotMatch",
                                                           "InvalidSignatureException",
                                                           "IncompleteSignature",
                                                           "MissingAuthenticationToken",
                                                           "InvalidAccessKeyId",
                                                           "IncompleteSignatureException"};
constexpr std::array<std::string_view, 18> kQuota{"AddressLimitExceeded",
                                                  "InternetGatewayLimitExceeded",
                                                  "LimitExceeded",
                                                  "LimitExceededException",
                                                  "NatGatewayLimitExceeded",
                                                  "NetworkAclLimitExceeded",
                                                  "NetworkInterfaceLimitExceeded",
                                                  "ResourceLimitExceeded",
                                                  "RouteLimitExceeded",
                                                  "RouteTableLimitExceeded",
                                                  "RulesPerSecurityGroupLimitExceeded",
                                                  "SecurityGroupLimitExceeded",
                                                  "SecurityGroupsPerInterfaceLimitExceeded",
                                                  "SecurityGroupsPerInstanceLimitExceeded",
                                                  "SubnetLimitExceeded",
                                                  "TagLimitExceeded",
                                                  "VpcEndpointLimitExceeded",
                                                  "VpcLimitExceeded"};

bool Has(const auto& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

struct Meaning {
  StatusCode code;
  std::string what_to_do;
};

Meaning MeaningOf(const Service& service, const base::CloudError& error) {
  const std::string action = std::string(service.signing_name) + ":" + error.operation;
  const bool denied_without_code = error.http_status == 403 && error.code.empty();
  if (Has(kDenied, error.code) || denied_without_code) {
    return {StatusCode::kPermissionDenied,
            "Allow " + action +
                " to these credentials, or use others (profile, assumeRoles or account)"};
  }
  if (Has(kUnauthenticated, error.code)) {
    return {StatusCode::kUnauthenticated,
            "The credentials are not valid here: the key may have been deleted, belong to another "
            "partition, or the region may not be switched on for the account"};
  }
  if (IsExpiredCredentials(error.code)) {
    return {StatusCode::kUnauthenticated,
            "The session's credentials have expired and no fresh ones could be had; sign in again "
            "(for a profile with SSO: aws sso login)"};
  }
  if (error.code == "OptInRequired") {
    return {StatusCode::kFailedPrecondition,
            "The account has not been switched on for this service or region; its owner can do so "
            "in the account's settings"};
  }
  if (Has(kQuota, error.code) && !IsThrottling(service, error.code)) {
    return {StatusCode::kResourceExhausted,
            "This is a quota of the account in this region, which no repetition lifts: remove what "
            "is no longer needed, or ask for more in Service Quotas"};
  }
  if (IsThrottling(service, error.code) || error.http_status == 429) {
    return {StatusCode::kUnavailable,
            "AWS throttled every attempt; try again later, or let fewer things happen at once "
            "(pulumi up --parallel)"};
  }
  if (error.http_status >= 500) return {StatusCode::kUnavailable, ""};
  if (error.http_status == 409) return {StatusCode::kFailedPrecondition, ""};
  if (error.http_status >= 400) return {StatusCode::kInvalidArgument, ""};
  return {StatusCode::kInternal, ""};
}

}  // namespace

absl::Status FailureOf(const Service& service, const base::CloudError& error,
                       const std::string& subject) {
  const Meaning meaning = MeaningOf(service, error);
  return base::CloudStatus(meaning.code, error, subject, meaning.what_to_do);
}

bool IsDenied(const absl::Status& status) {
  const auto error = base::CloudErrorOf(status);
  return error && Has(kDenied, error->code);
}

}  // namespace palisade::aws

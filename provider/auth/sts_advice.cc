#include "provider/auth/sts_advice.h"

namespace palisade::auth {

std::string StsAdvice(const std::string& operation, const std::string& code,
                      const std::string& who) {
  const bool by_token = operation == "AssumeRoleWithWebIdentity";
  if (code == "AccessDenied" && by_token) {
    return "The role's trust policy has to allow sts:AssumeRoleWithWebIdentity for the issuer, the "
           "audience and the subject of " +
           who;
  }
  if (code == "AccessDenied") {
    return "The role's trust policy has to name the identity behind " + who +
           ", which needs the permission sts:AssumeRole; an external id has to agree";
  }
  if (code == "ExpiredToken" || code == "ExpiredTokenException") {
    return by_token ? "Whoever issues " + who + " has to write a fresh one"
                    : "Renew the credentials of " + who;
  }
  if (code == "InvalidClientTokenId" || code == "UnrecognizedClientException") {
    return "The access key of " + who + " does not exist or is not active";
  }
  if (code == "SignatureDoesNotMatch") {
    return "The secret key of " + who + " does not belong to its access key";
  }
  if (code == "RegionDisabledException") {
    return "Switch STS on for this region in the account's IAM settings, or use another stsRegion";
  }
  if (code == "InvalidIdentityToken" || code == "IDPCommunicationError") {
    return "IAM needs an identity provider for the issuer of " + who +
           ", whose keys AWS can fetch, with the token's audience among its audiences";
  }
  return "";
}

}  // namespace palisade::auth

#include "provider/tls/resources/get_public_key.h"

#include "provider/base/status.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/resources/files.h"
#include "provider/tls/resources/inputs.h"
#include "provider/tls/resources/key_choice.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

absl::StatusOr<PrivateKey> Parse(const PropertyMap& args, const char*& name) {
  name = names::kPrivateKeyPem;
  if (const auto pem = TextOf(args, name)) return PrivateKey::Parse(*pem);
  name = names::kPrivateKeyOpenssh;
  if (const auto openssh = TextOf(args, name)) return ParseAnyKey(*openssh);
  return base::InvalidArgument("expected a private key in privateKeyPem or privateKeyOpenssh");
}

}  // namespace

void GetPublicKey::Check(const PropertyMap& args, resource::Findings& findings) const {
  resource::CheckOneOf(args, {names::kPrivateKeyPem, names::kPrivateKeyOpenssh},
                       /*optional=*/false, findings);
  const char* name = nullptr;
  const auto key = Parse(args, name);
  if (!key.ok() && TextOf(args, name)) {
    findings.Fail(PropertyPath(name), "tls.private-key", base::Message(key.status()));
  }
}

absl::StatusOr<PropertyMap> GetPublicKey::Invoke(resource::Call&,
                                                 const resource::FunctionRequest& request) const {
  const char* name = nullptr;
  const auto key = Parse(request.args, name);
  if (!key.ok()) return base::Annotate(key.status(), name);
  PropertyMap result;
  result["id"] = key->public_key().Id();
  result[names::kAlgorithm] = Name(key->algorithm());
  PutPublicKey(key->public_key(), result);
  return result;
}

}  // namespace palisade::tls

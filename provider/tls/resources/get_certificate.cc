#include "provider/tls/resources/get_certificate.h"

#include <string>
#include <utility>

#include "provider/base/status.h"
#include "provider/tls/crypto/certificate_info.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

constexpr char kNoUrl[] =
    "this version cannot read certificates from a server yet; give their PEM text as content";

PropertyMap ObjectOf(const CertificateInfo& info) {
  PropertyMap object;
  object[names::kCertPem] = info.cert_pem;
  object[names::kIsCa] = info.is_ca;
  object[names::kIssuer] = info.issuer;
  object[names::kSubject] = info.subject;
  object[names::kMaxPathLength] = info.max_path_length;
  object[names::kNotBefore] = info.not_before;
  object[names::kNotAfter] = info.not_after;
  object[names::kPublicKeyAlgorithm] = info.public_key_algorithm;
  object[names::kSignatureAlgorithm] = info.signature_algorithm;
  object[names::kSerialNumber] = info.serial_number;
  object[names::kSha1Fingerprint] = info.sha1_fingerprint;
  object[names::kVersion] = info.version;
  return object;
}

}  // namespace

void GetCertificate::Check(const PropertyMap& args, resource::Findings& findings) const {
  const value::View view(args);
  if (view.Has(names::kUrl)) {
    findings.Fail(PropertyPath(names::kUrl), "tls.url", kNoUrl);
    return;
  }
  if (view.Has(names::kVerifyChain)) {
    findings.Fail(PropertyPath(names::kVerifyChain), "dependent",
                  "verifyChain belongs to url and means nothing for content; remove it");
  }
  if (!view.Has(names::kContent)) {
    findings.Fail(PropertyPath(names::kContent), "exclusive",
                  "content has to be set: expected certificates in PEM");
  }
  if (const auto content = TextOf(args, names::kContent)) {
    if (const auto list = DescribeCertificates(*content); !list.ok()) {
      findings.Fail(PropertyPath(names::kContent), "tls.certificate", base::Message(list.status()));
    }
  }
}

absl::StatusOr<PropertyMap> GetCertificate::Invoke(resource::Call&,
                                                   const resource::FunctionRequest& request) const {
  if (value::View(request.args).Has(names::kUrl)) {
    return base::InvalidArgument(std::string("url: ") + kNoUrl);
  }
  const auto content = TextOf(request.args, names::kContent);
  if (!content) return base::InvalidArgument("content: expected certificates in PEM");
  const auto list = DescribeCertificates(*content);
  if (!list.ok()) return base::Annotate(list.status(), names::kContent);
  value::PropertyArray certificates;
  for (const CertificateInfo& info : list->certificates) certificates.push_back(ObjectOf(info));
  PropertyMap result;
  result["id"] = list->id;
  result[names::kContent] = *content;
  result[names::kCertificates] = std::move(certificates);
  return result;
}

}  // namespace palisade::tls

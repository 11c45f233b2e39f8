#include "provider/tls/crypto/recovered_inputs.h"

#include <algorithm>
#include <array>

#include "provider/tls/crypto/key_usage.h"
#include "provider/tls/crypto/name_reader.h"

namespace palisade::tls {
namespace {

/// The extensions that our inputs stand for.
constexpr std::array<int, 6> kExpressible = {NID_key_usage,
                                             NID_ext_key_usage,
                                             NID_basic_constraints,
                                             NID_subject_key_identifier,
                                             NID_authority_key_identifier,
                                             NID_subject_alt_name};

void Report(const ParsedAltNames& names, std::vector<std::string>& sentences) {
  for (const std::string& kind : names.not_expressible) {
    sentences.push_back("There is a subject alternative name of the kind " + kind +
                        ", which no input can express.");
  }
  for (const std::string& email : names.names.email_addresses) {
    sentences.push_back("There is the e-mail address " + email +
                        " among the subject alternative names, which no input can express.");
  }
}

/// `1.2.3`, and in brackets what OpenSSL calls it, if it knows it.
std::string OidText(const ASN1_OBJECT* oid) {
  std::string text = DottedOid(oid);
  const int nid = OBJ_obj2nid(oid);
  if (nid != NID_undef) text.append(" (").append(OBJ_nid2ln(nid)).append(")");
  return text;
}

template <typename List>
bool Contains(const List& nids, const ASN1_OBJECT* oid) {
  return std::find(nids.begin(), nids.end(), OBJ_obj2nid(oid)) != nids.end();
}

void ReportExtensions(const X509* x509, std::vector<std::string>& sentences) {
  for (int i = 0; i < X509_get_ext_count(x509); ++i) {
    const ASN1_OBJECT* oid = X509_EXTENSION_get_object(X509_get_ext(x509, i));
    if (Contains(kExpressible, oid)) continue;
    sentences.push_back("There is the extension " + OidText(oid) + ", which no input can express.");
  }
}

/// Names attributes without their values: a challenge password is one.
void ReportRequested(X509_REQ* request, std::vector<std::string>& sentences) {
  const ExtensionsPtr extensions(X509_REQ_get_extensions(request));
  for (int i = 0; i < sk_X509_EXTENSION_num(extensions.get()); ++i) {
    const ASN1_OBJECT* oid =
        X509_EXTENSION_get_object(sk_X509_EXTENSION_value(extensions.get(), i));
    if (OBJ_obj2nid(oid) == NID_subject_alt_name) continue;
    sentences.push_back("It asks for the extension " + OidText(oid) +
                        ", which no input can express.");
  }
  for (int i = 0; i < X509_REQ_get_attr_count(request); ++i) {
    const ASN1_OBJECT* oid = X509_ATTRIBUTE_get0_object(X509_REQ_get_attr(request, i));
    if (Contains(kExtensionRequests, oid)) continue;
    sentences.push_back("There is the attribute " + OidText(oid) + ", which no input can express.");
  }
  TakeOpensslErrors();
}

std::string AlgorithmOf(const absl::StatusOr<PublicKey>& key) {
  return key.ok() ? std::string(Name(key->algorithm())) : "";
}

}  // namespace

absl::StatusOr<RecoveredCertificate> RecoverInputs(const Certificate& certificate) {
  RecoveredCertificate result;
  PALISADE_ASSIGN_OR_RETURN(result.subject, ParseSubject(certificate.subject_der()));
  if (const std::string names = certificate.ExtensionValue(NID_subject_alt_name); !names.empty()) {
    PALISADE_ASSIGN_OR_RETURN(ParsedAltNames parsed, ParseAltNames(names));
    Report(parsed, result.not_expressible);
    result.alt_names = std::move(parsed.names);
  }
  PALISADE_ASSIGN_OR_RETURN(ParsedUsages usages,
                            ParseUsages({certificate.ExtensionValue(NID_key_usage),
                                         certificate.ExtensionValue(NID_ext_key_usage)}));
  for (const std::string& oid : usages.not_expressible) {
    result.not_expressible.push_back("There is the extended key usage " + oid +
                                     ", which no allowed use stands for.");
  }
  result.allowed_uses = std::move(usages.allowed_uses);
  result.is_ca = certificate.IsCa();
  result.max_path_length = certificate.MaxPathLength();
  result.has_subject_key_id = certificate.SubjectKeyId().has_value();
  result.has_authority_key_id = certificate.AuthorityKeyId().has_value();
  result.self_issued = certificate.subject_der() == certificate.issuer_der();
  result.serial_decimal = certificate.SerialDecimal();
  result.not_before = certificate.not_before();
  result.not_after = certificate.not_after();
  result.key_algorithm = AlgorithmOf(certificate.GetPublicKey());
  const std::int64_t seconds =
      std::max<std::int64_t>(0, (result.not_after - result.not_before).count());
  result.validity_hours = (seconds + 3599) / 3600;
  result.validity_is_whole_hours = seconds % 3600 == 0;
  if (!result.validity_is_whole_hours) {
    result.not_expressible.push_back(
        "The validity from " + TimeText(result.not_before) + " to " + TimeText(result.not_after) +
        " is no whole number of hours; validityPeriodHours is rounded up.");
  }
  ReportExtensions(certificate.x509(), result.not_expressible);
  return result;
}

absl::StatusOr<RecoveredRequest> RecoverInputs(const CertificateRequest& request) {
  RecoveredRequest result;
  PALISADE_ASSIGN_OR_RETURN(result.subject, ParseSubject(request.subject_der()));
  result.alt_names = request.alt_names();
  result.key_algorithm = std::string(Name(request.public_key().algorithm()));
  Report({request.alt_names(), request.ignored_alt_names()}, result.not_expressible);
  ReportRequested(request.x509_request(), result.not_expressible);
  return result;
}

}  // namespace palisade::tls

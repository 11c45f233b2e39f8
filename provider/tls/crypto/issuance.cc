#include "provider/tls/crypto/issuance.h"

#include "provider/tls/crypto/checks.h"
#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/extensions.h"
#include "provider/tls/crypto/key_usage.h"

namespace palisade::tls {
namespace {

/// Everything of a certificate but options and issuer.
struct Holder {
  std::string name_der;
  std::string spki_der;
  /// "" without any.
  std::string alt_names_der;
  std::string subject_key_id;
};

absl::StatusOr<Certificate> Build(const CertificateOptions& options, const Holder& holder,
                                  std::string_view issuer_der, std::string authority_key_id,
                                  const PrivateKey& signer) {
  PALISADE_ASSIGN_OR_RETURN(const Seconds not_after,
                            AddHours(options.not_before, options.validity_hours));
  PALISADE_RETURN_IF_ERROR(CheckMaxPathLength(options.max_path_length.value_or(-1), options.is_ca));
  const bool subject_is_empty = IsEmptyName(holder.name_der);
  PALISADE_RETURN_IF_ERROR(CheckCaSubject(options.is_ca, subject_is_empty));
  ExtensionContent content;
  PALISADE_ASSIGN_OR_RETURN(content.usages, EncodeAllowedUses(options.allowed_uses));
  content.is_ca = options.is_ca;
  content.max_path_length = options.max_path_length;
  if (options.is_ca || options.set_subject_key_id) {
    content.subject_key_id = holder.subject_key_id;
  }
  content.authority_key_id = std::move(authority_key_id);
  content.alt_names_der = holder.alt_names_der;
  content.subject_is_empty = subject_is_empty;

  const std::string algorithm = signer.SignatureAlgorithmDer();
  std::string tbs = der::Explicit(0, der::SmallInteger(2));
  tbs += der::Unsigned(options.serial.bytes());
  tbs += algorithm;
  tbs += issuer_der;
  tbs += der::Sequence(EncodeTime(options.not_before) + EncodeTime(not_after));
  tbs += holder.name_der;
  tbs += holder.spki_der;
  tbs += EncodeExtensions(content);
  tbs = der::Sequence(tbs);
  PALISADE_ASSIGN_OR_RETURN(const std::string signature, signer.Sign(tbs));
  return Certificate::FromDer(der::Sequence(tbs + algorithm + der::BitString(signature)));
}

}  // namespace

absl::StatusOr<Certificate> MakeSelfSigned(const SelfSignedRequest& request,
                                           const PrivateKey& key) {
  const CertificateOptions& options = request.options;
  PALISADE_RETURN_IF_ERROR(
      CheckAuthorityKeyId(request.set_authority_key_id, options.set_subject_key_id, options.is_ca));
  Holder holder;
  PALISADE_ASSIGN_OR_RETURN(holder.name_der, EncodeSubject(request.subject));
  if (!request.alt_names.empty()) {
    PALISADE_ASSIGN_OR_RETURN(holder.alt_names_der, EncodeAltNames(request.alt_names));
  }
  holder.spki_der = key.public_key().spki_der();
  holder.subject_key_id = key.public_key().SubjectKeyId();
  return Build(options, holder, holder.name_der,
               request.set_authority_key_id ? holder.subject_key_id : "", key);
}

absl::StatusOr<Certificate> SignRequest(const CertificateOptions& options,
                                        const CertificateRequest& csr, const Certificate& ca,
                                        const PrivateKey& ca_key) {
  PALISADE_RETURN_IF_ERROR(csr.VerifySignature());
  PALISADE_RETURN_IF_ERROR(CheckKeyMatches(ca_key, ca));
  Holder holder;
  holder.name_der = csr.subject_der();
  if (!csr.alt_names().empty()) {
    absl::StatusOr<std::string> alt_names = EncodeAltNames(csr.alt_names());
    if (!alt_names.ok()) return base::Annotate(alt_names.status(), "The certificate request");
    holder.alt_names_der = *std::move(alt_names);
  }
  holder.spki_der = csr.public_key().spki_der();
  holder.subject_key_id = csr.public_key().SubjectKeyId();
  const bool is_itself = ca.subject_der() == csr.subject_der();
  return Build(options, holder, ca.subject_der(), is_itself ? "" : ca.SubjectKeyId().value_or(""),
               ca_key);
}

}  // namespace palisade::tls

#include "provider/tls/crypto/checks.h"

#include "provider/tls/crypto/key_usage.h"

namespace palisade::tls {
namespace {

std::string Yes(bool value) { return value ? "true" : "false"; }

}  // namespace

absl::Status CheckPrivateKeyPem(std::string_view pem) { return PrivateKey::Check(pem); }

absl::Status CheckRequestPem(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const CertificateRequest request, CertificateRequest::Parse(pem));
  return request.VerifySignature();
}

absl::Status CheckCertificatePem(std::string_view pem) { return Certificate::Parse(pem).status(); }

absl::Status CheckKeyMatches(const PrivateKey& key, const Certificate& certificate) {
  PALISADE_ASSIGN_OR_RETURN(const PublicKey expected, certificate.GetPublicKey());
  if (key.public_key() == expected) return absl::OkStatus();
  return base::InvalidArgument("The private key (" + std::string(Name(key.algorithm())) +
                               ", public key id " + key.public_key().Id() +
                               ") is not the one of the certificate (" +
                               std::string(Name(expected.algorithm())) + ", public key id " +
                               expected.Id() + "). Give the key and the certificate of one pair.");
}

absl::Status CheckKeyMatches(const PrivateKey& key, const CertificateRequest& request) {
  if (key.public_key() == request.public_key()) return absl::OkStatus();
  return base::InvalidArgument("The private key (public key id " + key.public_key().Id() +
                               ") is not the one of the certificate request (" +
                               request.public_key().Id() + ").");
}

absl::Status CheckIsCa(const Certificate& certificate) {
  if (!certificate.IsCa()) {
    return base::InvalidArgument(
        "The certificate is not a certificate authority: its basic constraints do not say CA, so "
        "clients will refuse what it signs. Make it with isCaCertificate: true.");
  }
  const std::string usage = certificate.ExtensionValue(NID_key_usage);
  if (usage.empty()) return absl::OkStatus();
  PALISADE_ASSIGN_OR_RETURN(const ParsedUsages usages, ParseUsages({usage, ""}));
  for (const std::string& use : usages.allowed_uses) {
    if (use == "cert_signing") return absl::OkStatus();
  }
  return base::InvalidArgument(
      "The certificate authority may not sign certificates: its key usage lacks cert_signing, so "
      "clients will refuse what it signs.");
}

absl::Status CheckPathLength(const Certificate& ca, bool child_is_ca) {
  if (!child_is_ca || !ca.IsCa() || ca.MaxPathLength().value_or(1) > 0) return absl::OkStatus();
  return base::InvalidArgument(
      "The certificate authority has a maxPathLength of 0, so it may sign no further authority; "
      "clients will refuse the chain.");
}

absl::Status CheckOutlives(const Certificate& ca, Seconds not_after) {
  if (not_after <= ca.not_after()) return absl::OkStatus();
  return base::InvalidArgument("The certificate would be valid until " + TimeText(not_after) +
                               ", but its certificate authority only until " +
                               TimeText(ca.not_after()) +
                               ": clients will refuse it from then on. Lower validityPeriodHours, "
                               "or renew the authority first.");
}

absl::Status CheckValidityHours(Seconds not_before, std::int64_t hours) {
  return AddHours(not_before, hours).status();
}

absl::Status CheckMaxPathLength(std::int64_t max_path_length, bool is_ca) {
  constexpr std::int64_t kMost = 1'000'000;
  if (max_path_length < -1 || max_path_length > kMost) {
    return base::InvalidArgument("maxPathLength must be at least -1 (no limit) and at most " +
                                 std::to_string(kMost) + ", got " +
                                 std::to_string(max_path_length) + ".");
  }
  if (max_path_length > 0 && !is_ca) {
    return base::InvalidArgument("maxPathLength is " + std::to_string(max_path_length) +
                                 ", but only a certificate authority can have one. Set "
                                 "isCaCertificate, or leave maxPathLength out.");
  }
  return absl::OkStatus();
}

absl::Status CheckCaSubject(bool is_ca, bool subject_is_empty) {
  if (!is_ca || !subject_is_empty) return absl::OkStatus();
  return base::InvalidArgument(
      "A certificate authority needs a subject, at least one of its members (commonName): it is "
      "what the certificates that it signs name as their issuer.");
}

absl::Status CheckAuthorityKeyId(bool set_authority_key_id, bool set_subject_key_id, bool is_ca) {
  if (!set_authority_key_id || set_subject_key_id || is_ca) return absl::OkStatus();
  return base::InvalidArgument(
      "setAuthorityKeyId is true, but a self-signed certificate is its own authority and this one "
      "has no subject key identifier (setSubjectKeyId is " +
      Yes(set_subject_key_id) + ", isCaCertificate is " + Yes(is_ca) +
      "). Set setSubjectKeyId as well.");
}

}  // namespace palisade::tls

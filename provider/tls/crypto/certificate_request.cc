#include "provider/tls/crypto/certificate_request.h"

#include "provider/tls/crypto/der.h"
#include "provider/tls/crypto/digest.h"
#include "provider/tls/crypto/pem.h"

namespace palisade::tls {
namespace {

constexpr std::string_view kLabel = "CERTIFICATE REQUEST";
constexpr std::string_view kSubjectAltName = "2.5.29.17";
constexpr std::string_view kExtensionRequest = "1.2.840.113549.1.9.14";
constexpr std::size_t kMaxRequestDer = 1U << 20;

absl::Status Damaged() {
  TakeOpensslErrors();
  return base::InvalidArgument("The certificate request is damaged.");
}

/// The subject alternative names that the request asks for; empty without any.
absl::StatusOr<ParsedAltNames> RequestedAltNames(X509_REQ* request) {
  const ExtensionsPtr extensions(X509_REQ_get_extensions(request));
  TakeOpensslErrors();
  if (extensions == nullptr) {
    // OpenSSL answers the same for none and for some that it cannot read.
    for (const int nid : kExtensionRequests) {
      if (X509_REQ_get_attr_by_NID(request, nid, -1) >= 0) {
        return base::InvalidArgument(
            "The certificate request is damaged: the extensions that it asks for cannot be read.");
      }
    }
    return ParsedAltNames{};
  }
  const int at = X509v3_get_ext_by_NID(extensions.get(), NID_subject_alt_name, -1);
  if (at < 0) return ParsedAltNames{};
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509v3_get_ext(extensions.get(), at));
  return ParseAltNames({reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                        static_cast<std::size_t>(ASN1_STRING_length(value))});
}

}  // namespace

absl::StatusOr<CertificateRequest> CertificateRequest::Parse(std::string_view pem) {
  PALISADE_ASSIGN_OR_RETURN(const PemBlock block, FirstPemBlock(pem));
  if (block.label != kLabel && block.label != "NEW CERTIFICATE REQUEST") {
    return base::InvalidArgument("The PEM block is \"" + block.label +
                                 "\"; expected \"CERTIFICATE REQUEST\".");
  }
  return FromDer(block.der.Reveal());
}

absl::StatusOr<CertificateRequest> CertificateRequest::FromDer(std::string_view der) {
  if (der.size() > kMaxRequestDer) {
    return base::InvalidArgument("The certificate request is longer than 1 MiB.");
  }
  const unsigned char* at = Data(der);
  X509ReqPtr request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  if (request == nullptr || at != Data(der) + der.size()) return Damaged();
  const std::string spki =
      ToDer<const X509_PUBKEY*>(i2d_X509_PUBKEY, X509_REQ_get_X509_PUBKEY(request.get()));
  PALISADE_ASSIGN_OR_RETURN(PublicKey key, PublicKey::FromSpki(spki));
  CertificateRequest parsed(std::shared_ptr<X509_REQ>(std::move(request)), std::move(key));
  parsed.der_ = std::string(der);
  parsed.subject_der_ =
      ToDer<const X509_NAME*>(i2d_X509_NAME, X509_REQ_get_subject_name(parsed.request_.get()));
  PALISADE_ASSIGN_OR_RETURN(parsed.alt_names_, RequestedAltNames(parsed.request_.get()));
  return parsed;
}

absl::StatusOr<CertificateRequest> CertificateRequest::Make(const Subject& subject,
                                                            const AltNames& names,
                                                            const PrivateKey& key) {
  PALISADE_ASSIGN_OR_RETURN(const std::string name, EncodeSubject(subject));
  std::string attributes;
  if (!names.empty()) {
    PALISADE_ASSIGN_OR_RETURN(const std::string general_names, EncodeAltNames(names));
    const std::string extensions = der::Sequence(der::Sequence(
        der::ObjectId(kSubjectAltName) + der::Element(der::kOctetString, general_names)));
    attributes =
        der::Sequence(der::ObjectId(kExtensionRequest) + der::Element(der::kSet, extensions));
  }
  const std::string info = der::Sequence(der::SmallInteger(0) + name + key.public_key().spki_der() +
                                         der::Explicit(0, attributes));
  PALISADE_ASSIGN_OR_RETURN(const std::string signature, key.Sign(info));
  return FromDer(der::Sequence(info + key.SignatureAlgorithmDer() + der::BitString(signature)));
}

std::string CertificateRequest::Pem() const { return ToPem(kLabel, der_); }

std::string CertificateRequest::Id() const { return ToHex(Digest(EVP_sha1(), der_)); }

std::string CertificateRequest::InfoDer() const {
  return ToDer<X509_REQ*>(i2d_re_X509_REQ_tbs, request_.get());
}

absl::Status CertificateRequest::VerifySignature() const {
  if (X509_REQ_verify(request_.get(), public_key_.pkey()) == 1) return absl::OkStatus();
  TakeOpensslErrors();
  return base::InvalidArgument(
      "The certificate request is not signed by the key that it carries: it was changed after it "
      "was made, or its signature uses an algorithm that is not supported.");
}

}  // namespace palisade::tls

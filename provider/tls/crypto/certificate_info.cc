#include "provider/tls/crypto/certificate_info.h"

#include <algorithm>
#include <array>

#include "provider/tls/crypto/digest.h"
#include "provider/tls/crypto/pem.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/time_text.h"

namespace palisade::tls {
namespace {

struct AlgorithmName {
  int nid;
  std::string_view name;
};
constexpr std::array<AlgorithmName, 13> kSignatures = {{
    {NID_md5WithRSAEncryption, "MD5-RSA"},
    {NID_sha1WithRSAEncryption, "SHA1-RSA"},
    {NID_sha1WithRSA, "SHA1-RSA"},
    {NID_sha256WithRSAEncryption, "SHA256-RSA"},
    {NID_sha384WithRSAEncryption, "SHA384-RSA"},
    {NID_sha512WithRSAEncryption, "SHA512-RSA"},
    {NID_dsaWithSHA1, "DSA-SHA1"},
    {NID_dsa_with_SHA256, "DSA-SHA256"},
    {NID_ecdsa_with_SHA1, "ECDSA-SHA1"},
    {NID_ecdsa_with_SHA256, "ECDSA-SHA256"},
    {NID_ecdsa_with_SHA384, "ECDSA-SHA384"},
    {NID_ecdsa_with_SHA512, "ECDSA-SHA512"},
    {NID_ED25519, "Ed25519"},
}};

std::string LongName(int nid) {
  const char* name = OBJ_nid2ln(nid);
  return name == nullptr ? "" : name;
}

std::string SignatureName(const X509* x509) {
  const int nid = X509_get_signature_nid(x509);
  for (const AlgorithmName& known : kSignatures) {
    if (known.nid == nid) return std::string(known.name);
  }
  // PSS keeps its digest among the parameters.
  int digest = NID_undef;
  if (nid == NID_rsassaPss &&
      X509_get_signature_info(const_cast<X509*>(x509), &digest, nullptr, nullptr, nullptr) == 1) {
    if (digest == NID_sha256) return "SHA256-RSAPSS";
    if (digest == NID_sha384) return "SHA384-RSAPSS";
    if (digest == NID_sha512) return "SHA512-RSAPSS";
  }
  return LongName(nid);
}

std::string KeyName(const X509* x509) {
  ASN1_OBJECT* oid = nullptr;
  X509_PUBKEY_get0_param(&oid, nullptr, nullptr, nullptr, X509_get_X509_PUBKEY(x509));
  switch (OBJ_obj2nid(oid)) {
    case NID_rsaEncryption:
      return "RSA";
    case NID_X9_62_id_ecPublicKey:
      return "ECDSA";
    case NID_ED25519:
      return "Ed25519";
    case NID_dsa:
      return "DSA";
    default:
      return LongName(OBJ_obj2nid(oid));
  }
}

/// Whether each certificate is issued by the one before it.
bool IsRootFirst(const std::vector<Certificate>& chain) {
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (chain[i].issuer_der() != chain[i - 1].subject_der()) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<CertificateInfo> DescribeCertificate(const Certificate& certificate) {
  const X509* x509 = certificate.x509();
  CertificateInfo info;
  info.cert_pem = certificate.Pem();
  info.is_ca = certificate.IsCa();
  PALISADE_ASSIGN_OR_RETURN(info.issuer, DistinguishedNameText(certificate.issuer_der()));
  PALISADE_ASSIGN_OR_RETURN(info.subject, DistinguishedNameText(certificate.subject_der()));
  info.max_path_length = certificate.MaxPathLength().value_or(-1);
  info.not_before = TimeText(certificate.not_before());
  info.not_after = TimeText(certificate.not_after());
  info.public_key_algorithm = KeyName(x509);
  info.signature_algorithm = SignatureName(x509);
  info.serial_number = certificate.SerialDecimal();
  info.sha1_fingerprint = ToHex(Digest(EVP_sha1(), certificate.der()));
  info.version = static_cast<int>(X509_get_version(x509)) + 1;
  return info;
}

absl::StatusOr<CertificateList> DescribeCertificates(std::string_view content) {
  PALISADE_ASSIGN_OR_RETURN(const std::vector<PemBlock> blocks, AllPemBlocks(content));
  if (blocks.front().label != "CERTIFICATE") {
    return base::InvalidArgument("Unexpected PEM preamble: the first block is \"" +
                                 blocks.front().label + "\"; expected \"CERTIFICATE\".");
  }
  std::vector<Certificate> chain;
  for (const PemBlock& block : blocks) {
    if (block.label != "CERTIFICATE") continue;
    absl::StatusOr<Certificate> certificate = Certificate::FromDer(block.der.Reveal());
    if (!certificate.ok()) {
      return base::Annotate(certificate.status(),
                            "Certificate " + std::to_string(chain.size() + 1));
    }
    chain.push_back(*std::move(certificate));
  }
  if (!IsRootFirst(chain)) std::reverse(chain.begin(), chain.end());

  CertificateList list;
  std::string all;
  for (const Certificate& certificate : chain) {
    PALISADE_ASSIGN_OR_RETURN(CertificateInfo info, DescribeCertificate(certificate));
    list.certificates.push_back(std::move(info));
    all += certificate.der();
  }
  list.id = ToHex(Digest(EVP_sha1(), all));
  return list;
}

}  // namespace palisade::tls

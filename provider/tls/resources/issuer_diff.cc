#include "provider/tls/resources/issuer_diff.h"

#include <openssl/objects.h>

#include <algorithm>

#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/subject.h"
#include "provider/tls/crypto/text.h"
#include "provider/tls/resources/certificate_common.h"
#include "provider/tls/resources/certificate_import.h"
#include "provider/tls/resources/diff_rules.h"

namespace palisade::tls {
namespace {

namespace names = keys::tls;

template <typename T>
std::optional<T> Parsed(const PropertyMap& bag, const char* name) {
  const auto text = TextOf(bag, name);
  if (!text) return std::nullopt;
  absl::StatusOr<T> parsed = T::Parse(*text);
  return parsed.ok() ? std::optional<T>(*std::move(parsed)) : std::nullopt;
}

bool SameSubject(std::string_view a, std::string_view b) {
  if (a == b) return true;
  auto left = ParseSubject(a), right = ParseSubject(b);
  if (!left.ok() || !right.ok()) return false;
  left->subject.email_address.reset();
  right->subject.email_address.reset();
  return left->subject == right->subject;
}

std::string SubjectText(std::string_view name_der) {
  const auto text = DistinguishedNameText(name_der);
  return Quoted(text.ok() ? *text : "");
}

// All but e-mail addresses, as they stand in a certificate that is made from them.
std::vector<std::string> AltNameTexts(const AltNames& names) {
  std::vector<std::string> texts = names.dns_names;
  for (const std::string& address : names.ip_addresses) {
    const auto bytes = ParseIpAddress(address);
    texts.push_back(bytes.ok() ? IpAddressText(*bytes) : address);
  }
  for (const std::string& uri : names.uris) texts.push_back(NormalizeUri(uri).value_or(uri));
  return texts;
}

std::vector<std::string> AltNameTexts(const Certificate& certificate) {
  const std::string der = certificate.ExtensionValue(NID_subject_alt_name);
  if (der.empty()) return {};
  const auto parsed = ParseAltNames(der);
  return parsed.ok() ? AltNameTexts(parsed->names) : std::vector<std::string>{};
}

// Those of `texts` that are not among `others`, quoted, with commas between them.
std::string Missing(const std::vector<std::string>& texts, const std::vector<std::string>& others) {
  std::string missing;
  for (const std::string& text : texts) {
    if (std::ranges::find(others, text) != others.end()) continue;
    missing.append(missing.empty() ? "" : ", ").append(Quoted(text));
  }
  return missing;
}

// The state does not say what the program gives.
bool IsUntold(const resource::DiffRequest& request, const char* name) {
  return !value::View(request.old_inputs).Has(name) && value::View(request.new_inputs).Has(name);
}

// Replaces what was found, or was left out as untold, by the verdict.
void Judge(const char* name, bool belongs, resource::Changes& changes) {
  Forget(changes, name);
  if (belongs) return;
  changes[PropertyPath(name)] = {resource::ChangeKind::kAdd, /*replace=*/true, /*input=*/true};
}

// Another text around the same object: a bundle's other certificates, the label of other tools.
template <typename T>
void ForgetSame(const resource::DiffRequest& request, const char* name,
                resource::Changes& changes) {
  if (!Changed(changes, name)) return;
  const auto before = Parsed<T>(request.old_inputs, name);
  const auto now = Parsed<T>(request.new_inputs, name);
  if (before && now && before->der() == now->der()) Forget(changes, name);
}

void WarnOfDifferences(const CertificateRequest& csr, const Certificate& certificate,
                       resource::Findings& findings) {
  std::string text;
  for (const std::string& sentence : DifferencesFrom(csr, certificate)) text += " " + sentence;
  if (text.empty()) return;
  findings.Warn(
      PropertyPath(names::kCertRequestPem), "tls.csr-differs",
      "the certificate stays as it is, but one made anew from this request would differ." + text);
}

}  // namespace

bool HasKeyOf(const Certificate& certificate, const CertificateRequest& request) {
  const auto key = certificate.GetPublicKey();
  return key.ok() && *key == request.public_key();
}

std::vector<std::string> DifferencesFrom(const CertificateRequest& request,
                                         const Certificate& certificate) {
  std::vector<std::string> sentences;
  if (!SameSubject(certificate.subject_der(), request.subject_der())) {
    sentences.push_back("The certificate's subject is " + SubjectText(certificate.subject_der()) +
                        ", the request's " + SubjectText(request.subject_der()) + ".");
  }
  const std::vector<std::string> had = AltNameTexts(certificate);
  const std::vector<std::string> asked = AltNameTexts(request.alt_names());
  if (const std::string lost = Missing(had, asked); !lost.empty()) {
    sentences.push_back("The request does not ask for the alternative names " + lost +
                        " that the certificate has.");
  }
  if (const std::string added = Missing(asked, had); !added.empty()) {
    sentences.push_back("The request asks for the alternative names " + added +
                        ", which the certificate lacks.");
  }
  if (sentences.empty() && had != asked) {
    sentences.emplace_back("The alternative names have another order in the request.");
  }
  return sentences;
}

bool WasMadeFrom(const Certificate& certificate, const CertificateRequest& request) {
  return HasKeyOf(certificate, request) && DifferencesFrom(request, certificate).empty();
}

std::optional<KeyAlgorithm> SignerAlgorithm(const Certificate& certificate) {
  int key_nid = NID_undef;
  OBJ_find_sigid_algs(X509_get_signature_nid(certificate.x509()), nullptr, &key_nid);
  switch (key_nid) {
    case NID_rsaEncryption:
      return KeyAlgorithm::kRsa;
    case NID_X9_62_id_ecPublicKey:
      return KeyAlgorithm::kEcdsa;
    case NID_ED25519:
      return KeyAlgorithm::kEd25519;
    default:
      return std::nullopt;
  }
}

std::optional<PublicKey> UsedCaKey(const resource::DiffRequest& request) {
  const auto certificate = IssuedCertificate(request.old_outputs);
  const auto ca = Parsed<Certificate>(request.new_inputs, names::kCaCertPem);
  if (!certificate.ok() || !ca || !IsSignedBy(*certificate, *ca)) return std::nullopt;
  auto key = ca->GetPublicKey();
  return key.ok() ? std::optional(*std::move(key)) : std::nullopt;
}

void DiffOrigin(const resource::DiffRequest& request, resource::Changes& changes,
                resource::Findings& findings) {
  ForgetSame<CertificateRequest>(request, names::kCertRequestPem, changes);
  ForgetSame<Certificate>(request, names::kCaCertPem, changes);
  const bool untold_csr = IsUntold(request, names::kCertRequestPem);
  const bool untold_ca = IsUntold(request, names::kCaCertPem);
  if (!untold_csr && !untold_ca) return;
  const auto certificate = IssuedCertificate(request.old_outputs);
  if (!certificate.ok()) return;
  if (untold_csr) {
    if (const auto csr = Parsed<CertificateRequest>(request.new_inputs, names::kCertRequestPem)) {
      const bool belongs =
          request.just_imported ? HasKeyOf(*certificate, *csr) : WasMadeFrom(*certificate, *csr);
      Judge(names::kCertRequestPem, belongs, changes);
      if (belongs) WarnOfDifferences(*csr, *certificate, findings);
    }
  }
  if (untold_ca) {
    if (const auto ca = Parsed<Certificate>(request.new_inputs, names::kCaCertPem)) {
      Judge(names::kCaCertPem, IsSignedBy(*certificate, *ca), changes);
    }
  }
}

}  // namespace palisade::tls

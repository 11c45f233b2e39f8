#include "provider/tls/resources/issuer_diff.h"

#include <openssl/objects.h>

#include "provider/tls/crypto/alt_names.h"
#include "provider/tls/crypto/subject.h"
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

}  // namespace

bool WasMadeFrom(const Certificate& certificate, const CertificateRequest& request) {
  const auto key = certificate.GetPublicKey();
  if (!key.ok() || !(*key == request.public_key())) return false;
  if (!SameSubject(certificate.subject_der(), request.subject_der())) return false;
  const std::string names_der = certificate.ExtensionValue(NID_subject_alt_name);
  AltNames in_certificate;
  if (!names_der.empty()) {
    auto parsed = ParseAltNames(names_der);
    if (!parsed.ok()) return false;
    in_certificate = std::move(parsed->names);
  }
  AltNames in_request = request.alt_names();
  in_certificate.email_addresses.clear();
  in_request.email_addresses.clear();
  return in_certificate == in_request;
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

void DiffOrigin(const resource::DiffRequest& request, resource::Changes& changes) {
  const bool untold_csr = IsUntold(request, names::kCertRequestPem);
  const bool untold_ca = IsUntold(request, names::kCaCertPem);
  if (!untold_csr && !untold_ca) return;
  const auto certificate = IssuedCertificate(request.old_outputs);
  if (!certificate.ok()) return;
  if (untold_csr) {
    if (const auto csr = Parsed<CertificateRequest>(request.new_inputs, names::kCertRequestPem)) {
      Judge(names::kCertRequestPem, WasMadeFrom(*certificate, *csr), changes);
    }
  }
  if (untold_ca) {
    if (const auto ca = Parsed<Certificate>(request.new_inputs, names::kCaCertPem)) {
      Judge(names::kCaCertPem, IsSignedBy(*certificate, *ca), changes);
    }
  }
}

}  // namespace palisade::tls

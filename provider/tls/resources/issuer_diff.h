#pragma once

#include <optional>
#include <string>
#include <vector>

#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// A locally signed certificate against what it was made from, for states that do not tell that:
// imports of the certificate alone, and old versions that kept hashes.

/// Whether the certificate is for the key that the request carries.
bool HasKeyOf(const Certificate& certificate, const CertificateRequest& request);

/// Sentences about what another authority made of the request's subject and alternative names, and
/// a certificate made anew from it would have otherwise. E-mail addresses may be missing in the
/// certificate, because the established package drops them.
std::vector<std::string> DifferencesFrom(const CertificateRequest& request,
                                         const Certificate& certificate);

/// Whether key, subject and alternative names are those of the request.
bool WasMadeFrom(const Certificate& certificate, const CertificateRequest& request);

/// The kind of key that made the certificate's signature.
std::optional<KeyAlgorithm> SignerAlgorithm(const Certificate& certificate);

/// The public key of the authority, if it is certain that it signed the certificate that exists.
std::optional<PublicKey> UsedCaKey(const resource::DiffRequest& request);

/// Another text of certRequestPem or caCertPem that holds the same request or certificate is no
/// change. When the state lacks one of them, no change if what the program gives belongs to the
/// certificate, and a replacement if not. Right after an import a request for the certificate's key
/// belongs to it; how it differs otherwise is a warning.
void DiffOrigin(const resource::DiffRequest& request, resource::Changes& changes,
                resource::Findings& findings);

}  // namespace palisade::tls

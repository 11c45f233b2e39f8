#pragma once

#include <optional>

#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// A locally signed certificate against what it was made from, for states that do not tell that:
// imports of the certificate alone, and old versions that kept hashes.

/// Whether key, subject and alternative names are those of the request. E-mail addresses may be
/// missing in the certificate, because the established package drops them.
bool WasMadeFrom(const Certificate& certificate, const CertificateRequest& request);

/// The kind of key that made the certificate's signature.
std::optional<KeyAlgorithm> SignerAlgorithm(const Certificate& certificate);

/// The public key of the authority, if it is certain that it signed the certificate that exists.
std::optional<PublicKey> UsedCaKey(const resource::DiffRequest& request);

/// When the state lacks certRequestPem or caCertPem, no change if what the program gives belongs
/// to the certificate, and a replacement if not.
void DiffOrigin(const resource::DiffRequest& request, resource::Changes& changes);

}  // namespace palisade::tls

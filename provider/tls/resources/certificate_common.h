#pragma once

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/issuance.h"
#include "provider/tls/crypto/private_key.h"
#include "provider/tls/crypto/recovered_inputs.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// What SelfSignedCert and LocallySignedCert have in common.

/// The issuing inputs, with a fresh serial number and the present time. INVALID_ARGUMENT, naming
/// the property, for what Check was told to skip.
absl::StatusOr<CertificateOptions> OptionsOf(resource::Call& call, const PropertyMap& inputs);

/// certPem, the times and readyForRenewal of a new certificate.
PropertyMap IssuedOutputs(const Certificate& certificate, const PropertyMap& inputs);

/// The effective values of the optional inputs that both types share.
void PutEffectiveIssuance(const PropertyMap& inputs, PropertyMap& outputs);

/// The outputs of which a preview can be certain, besides the key's algorithm.
PropertyMap PreviewIssuance(const resource::PreviewRequest& request, const char* algorithm_name);

/// The outputs after a change in place: the certificate stays, and is not due (a due one would
/// have been replaced). The archive is the caller's business.
PropertyMap KeptOutputs(const PropertyMap& old_outputs, const char* algorithm_name);

/// Whether an archive that exists still fits: `names` are the inputs that go into it.
bool KeepsArchive(const PropertyMap& old_inputs, const PropertyMap& old_outputs,
                  const PropertyMap& new_inputs);

/// Adds the output `pkcs12`. The errors name pkcs12Password.
absl::Status PutArchive(const PropertyMap& inputs, const PrivateKey& key,
                        const Certificate& certificate, std::span<const Certificate> chain,
                        PropertyMap& outputs);

/// The inputs that a certificate tells about how it was issued.
PropertyMap IssuingInputs(const RecoveredCertificate& recovered);

/// Whether `ca` is the issuer that `certificate` names and its key made the signature.
bool IsSignedBy(const Certificate& certificate, const Certificate& ca);

/// Brings the state of `tls:index/selfSignedCert:SelfSignedCert` or `…:LocallySignedCert` to
/// version 1.
void MigrateCertificate(PropertyMap& inputs, PropertyMap& outputs);

}  // namespace palisade::tls

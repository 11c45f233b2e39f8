#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// Rules that several types share. Each skips what is unknown or of a wrong type.

/// `tls.subject`.
void CheckSubject(const PropertyMap& inputs, resource::Findings& findings);

/// `tls.dns-name`, `tls.ip-address`, `tls.uri`, item by item.
void CheckAltNames(const PropertyMap& inputs, resource::Findings& findings);

/// What a self-signed and a locally signed certificate share: `tls.allowed-use`, `tls.validity`,
/// `tls.max-path-length`, and the warnings `tls.renewal-window` and `tls.ca-usage`.
void CheckIssuance(const resource::CheckRequest& request, resource::Findings& findings);

/// The signing request and its own signature: `tls.csr`, `tls.csr-signature`. Before a certificate
/// is issued also whether its names can be written, and the warning `tls.csr-alt-names`.
std::optional<CertificateRequest> CheckRequestInput(const resource::CheckRequest& request,
                                                    resource::Findings& findings);

/// The authority's certificate: `tls.certificate`, `tls.not-a-ca`, `tls.path-length`, and, before
/// one is issued, the warning `tls.outlives-ca`.
std::optional<Certificate> CheckCaInput(const resource::CheckRequest& request,
                                        resource::Findings& findings);

/// Fails at `name` with the status's message unless it is OK.
void FailUnless(const absl::Status& status, std::string_view name, std::string_view rule,
                resource::Findings& findings);

}  // namespace palisade::tls

#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "provider/resource/resource.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/recovered_inputs.h"
#include "provider/tls/resources/inputs.h"

namespace palisade::tls {

// Reading certificates that exist: imports, `.get()` and refreshes of both certificate types.

/// The certificate in a state's outputs; the error names certPem.
absl::StatusOr<Certificate> IssuedCertificate(const PropertyMap& outputs);
/// Its public key, if there is one that can be read.
std::optional<PublicKey> IssuedKey(const PropertyMap& outputs);

struct ImportedCertificate {
  /// Id, the issuing inputs, the certificate's own outputs, and as unreadable what no certificate
  /// tells. Subject, names and keys are left to the type.
  resource::ReadResult result;
  RecoveredCertificate recovered;
};
/// Warns of what the inputs cannot say; `what` names the certificate in that warning.
absl::StatusOr<ImportedCertificate> ImportCertificate(const resource::Call& call,
                                                      const Certificate& certificate,
                                                      const std::string& what);
/// INVALID_ARGUMENT, naming the file, for a key of a kind that no certificate of ours can have: who
/// signed it cannot be said then, and no request for it could be signed.
absl::Status CheckImportedKey(const Certificate& certificate, const std::string& path);
void AddUnreadable(std::initializer_list<const char*> names, resource::ReadResult& result);

struct StatedCertificate {
  std::string id;
  RecoveredCertificate recovered;
  /// Outputs that the certificate gives away, the issuing inputs among them.
  PropertyMap derived;
};
/// For `.get()` with certPem among its arguments.
absl::StatusOr<StatedCertificate> CompleteStated(const resource::Call& call,
                                                 const resource::ReadRequest& request);
std::optional<resource::ReadResult> StatedResult(const resource::ReadRequest& request,
                                                 StatedCertificate stated);

/// What is in the state, with the effective values of today's inputs, and readyForRenewal set when
/// it is due.
resource::ReadResult Refreshed(const resource::Call& call, const resource::ReadRequest& request);

}  // namespace palisade::tls

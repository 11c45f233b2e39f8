#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provider/base/redacted.h"
#include "provider/base/status.h"
#include "provider/tls/crypto/certificate.h"
#include "provider/tls/crypto/certificate_request.h"
#include "provider/tls/crypto/private_key.h"

namespace palisade::tls {

// The only files that this provider reads: those that an import or a list names. Relative paths
// start at the plugin's working directory, which the engine makes the program's.

/// The largest file that is read; a PEM file with a long chain has some kilobytes.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 20;

/// The whole file, treated as secret. NOT_FOUND if there is none; INVALID_ARGUMENT if it is no
/// regular file, larger than kMaxFileBytes or may not be read. The message names the path and
/// `expected`, e.g. "a private key in PEM".
absl::StatusOr<base::Redacted> ReadSmallFile(const std::string& path, std::string_view expected);

/// Each reads one file; the error names its path and what was expected there.
absl::StatusOr<PrivateKey> ReadKeyFile(const std::string& path);
absl::StatusOr<Certificate> ReadCertificateFile(const std::string& path);
absl::StatusOr<CertificateRequest> ReadRequestFile(const std::string& path);

/// A key from PEM in any form: also OpenSSH, which PrivateKey::Parse refuses.
absl::StatusOr<PrivateKey> ParseAnyKey(std::string_view pem);

/// The comma-separated paths of an import id. INVALID_ARGUMENT unless there are `full` of them or
/// one alone; `form` says how the id should look.
absl::StatusOr<std::vector<std::string>> SplitImportId(std::string_view id, std::size_t full,
                                                       std::string_view form);

/// The error for an id that led to no file: keys and certificates live only in Pulumi's state.
/// `type` is the type's name, `form` the form of its import id.
absl::Status NoSuchFile(const absl::Status& reading, std::string_view type, std::string_view form);

}  // namespace palisade::tls

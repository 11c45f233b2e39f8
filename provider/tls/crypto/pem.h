#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/redacted.h"
#include "provider/base/status.h"

namespace palisade::tls {

/// One `-----BEGIN label-----` block. The bytes may be a private key, so they are wiped with it.
struct PemBlock {
  std::string label;
  base::Redacted der;
  /// The block has RFC 1421 headers (`Proc-Type: 4,ENCRYPTED`), i.e. an old-style encrypted key.
  bool has_headers = false;
};

/// The first block of `text`. Text before it is tolerated, but `-----BEGIN` has to start a line;
/// what follows the block is ignored. Lines may end in CR LF and have any length. Errors
/// (INVALID_ARGUMENT) say what is missing and never quote the text.
absl::StatusOr<PemBlock> FirstPemBlock(std::string_view text);

/// All blocks of `text`, in order; at least one. A broken block is an error, also after a good one.
absl::StatusOr<std::vector<PemBlock>> AllPemBlocks(std::string_view text);

/// PEM in 64 columns with "\n" line ends and one at the end.
std::string ToPem(std::string_view label, std::string_view der);
/// The same for bytes that are secret; no copy of them is left behind.
base::Redacted ToSecretPem(std::string_view label, std::string_view der);

/// Standard base64 with padding, in one line.
std::string ToBase64(std::string_view bytes);
/// The same for secret bytes (a PKCS#12 file).
base::Redacted ToSecretBase64(std::string_view bytes);

/// Lower-case hexadecimal digits.
std::string ToHex(std::string_view bytes);

}  // namespace palisade::tls

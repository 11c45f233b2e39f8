#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "provider/tls/crypto/key_usage.h"

namespace palisade::tls {

/// What stands in a certificate's extensions, already encoded where it comes from elsewhere.
struct ExtensionContent {
  UsageExtensions usages;
  bool is_ca = false;
  /// Written only for a CA.
  std::optional<std::int64_t> max_path_length;
  /// 20 bytes each; "" leaves the extension out.
  std::string subject_key_id;
  std::string authority_key_id;
  /// GeneralNames; "" leaves the extension out.
  std::string alt_names_der;
  bool subject_is_empty = false;
};

/// The `[3]` element of a TBSCertificate. Order and criticality are part of the contract: see
/// MakeSelfSigned.
std::string EncodeExtensions(const ExtensionContent& content);

}  // namespace palisade::tls

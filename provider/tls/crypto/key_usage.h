#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "provider/base/status.h"

namespace palisade::tls {

/// One of the 23 values of `allowedUses`: a bit of the key usage extension or an OID of the
/// extended one.
struct AllowedUse {
  std::string_view name;
  /// Bit number as RFC 5280 4.2.1.3 counts, or -1.
  int key_usage_bit = -1;
  /// Dotted OID, or "".
  std::string_view extended_oid;
};

/// All of them: key usages by bit, then extended ones.
std::span<const AllowedUse> AllowedUses();
/// nullptr if there is no such value; case matters.
const AllowedUse* FindAllowedUse(std::string_view name);
/// The value that was probably meant (`serverAuth` -> `server_auth`), or "".
std::string_view NearestAllowedUse(std::string_view name);
/// INVALID_ARGUMENT that quotes the value and suggests the nearest one.
absl::Status CheckAllowedUse(std::string_view name);

/// The two extension values; "" where the extension is to be left out.
struct UsageExtensions {
  std::string key_usage_der;
  std::string extended_key_usage_der;
};
/// Extended usages keep the order and the duplicates of the list.
absl::StatusOr<UsageExtensions> EncodeAllowedUses(std::span<const std::string> uses);

struct ParsedUsages {
  std::vector<std::string> allowed_uses;
  /// Dotted OIDs that no allowed use stands for.
  std::vector<std::string> not_expressible;
};
/// Either argument may be "" (extension absent).
absl::StatusOr<ParsedUsages> ParseUsages(const UsageExtensions& extensions);

}  // namespace palisade::tls
